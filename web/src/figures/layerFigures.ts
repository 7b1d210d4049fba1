// Figures of one layer.

import type { Row } from "../data/result";
import type { View } from "../data/spectrum";
import { linearBins, logBins, type Bin } from "../numerics/histogram";
import type { PowerLaw } from "../numerics/powerLaw";
import type { Truncations } from "../numerics/truncation";
import { number } from "../parts/format";
import type { FigureParts } from "../parts/figure";
import type { LegendEntry } from "../parts/legend";
import { draw, isNarrow, logAxis, mark, Plot, stack } from "../parts/plot";

export const lawStyles: Record<string, { text: string; color: string; dash?: string }> = {
  power_law: { text: "power law", color: "var(--power-law)" },
  truncated_power_law: { text: "truncated power law", color: "var(--truncated)", dash: "7 3" },
  exponential: { text: "exponential", color: "var(--exponential)", dash: "2 3" },
  stretched_exponential: { text: "stretched exponential", color: "var(--stretched)", dash: "8 3 2 3" },
  lognormal: { text: "lognormal", color: "var(--lognormal)", dash: "4 2" },
};

const spikeStyle = { text: "beyond the edge (spikes)", color: "var(--spike)" };
const bulkStyle = { text: "random part (Marchenko-Pastur)", color: "var(--bulk)" };
const shuffledStyle = { text: "weights in random order", color: "var(--shuffled)", dash: "3 2" };

const linearBinCount = 80;
const logBinCount = 56;
const shuffledBinCount = 20;

/** Eigenvalues below this share of the largest are zero for all that a figure shows. */
const leastShown = 1e-12;

const floorOf = (view: View): number => leastShown * view.eigenvalues[view.eigenvalues.length - 1]!;

const binRows = (bins: Bin[]): (string | number)[][] => [["from", "to", "eigenvalues", "density"], ...bins.map(bin => [bin.low, bin.high, bin.count, bin.density])];

/** The matrix whose spectrum is drawn: weights, or a change of weights. */
export interface Subject {
  symbol: string;
  /** What names of figures begin with. */
  prefix: string;
  /** What titles end with. */
  suffix: string;
}

const weights: Subject = { symbol: "W", prefix: "", suffix: "" };

/** The bulk on a linear scale, with the law of a random matrix. */
export function bulkDensity(row: Row, view: View, subject = weights): FigureParts {
  const largest = view.eigenvalues[view.eigenvalues.length - 1]!;
  const middle = view.eigenvalues[Math.floor(view.eigenvalues.length * 0.9)]!;
  const end = Math.min(largest, Math.max(view.bulk ? 1.6 * view.bulk.edge : 0, 1.5 * middle)) || 1;
  const bins = linearBins(view.eigenvalues, 0, end, linearBinCount);
  const beyond = view.eigenvalues.filter(lambda => lambda > end).length;
  const spikes = view.bulk ? view.eigenvalues.filter(lambda => lambda > view.bulk!.edge) : new Float64Array();
  const quasiNull = row.metrics.quasi_null_count ?? 0;
  return {
    name: `${subject.prefix}density`,
    title: `Spectral density of the bulk${subject.suffix}`,
    caption: `Share of eigenvalues per unit of lambda, up to ${number(end)}${beyond > 0 ? `; ${beyond} larger ones, to ${number(largest)}, lie to the right` : ""}. ${bulkWords(view, spikes.length)}${quasiNullWords(row)}`,
    legend: [
      { text: `eigenvalues of ${subject.symbol}`, color: "var(--data)", fill: true },
      ...(view.bulk ? [bulkStyle, { ...spikeStyle, fill: true }] : []),
      ...(view.shuffled ? [shuffledStyle] : []),
      ...(quasiNull > 0 ? [{ text: "quasi-null", color: "var(--quasi-null)", fill: true }] : []),
    ],
    rows: () => binRows(bins),
    draw: width => {
      const shuffled = view.shuffled ? linearBins(view.shuffled, 0, end, linearBinCount) : [];
      const top = Math.max(...bins.map(bin => bin.density)) * 1.12;
      return draw(width, {
        x: { label: "lambda", domain: [0, end] },
        y: { label: "density", domain: [0, top], grid: true, tickFormat: number },
        color: { type: "identity" },
        marks: [
          ...(quasiNull > 0 ? [Plot.rect([0], { x1: [0], x2: [view.eigenvalues[Math.min(quasiNull, view.eigenvalues.length - 1)]!], y1: [0], y2: [top], fill: "var(--quasi-null)", fillOpacity: 0.25 })] : []),
          Plot.rect(bins, { x1: "low", x2: "high", y1: 0, y2: "density", fill: bin => (view.bulk && bin.low >= view.bulk.edge ? spikeStyle.color : "var(--data)"), fillOpacity: 0.45, insetRight: 0.5 }),
          ...(view.shuffled ? [Plot.line(shuffled, { x: "low", y: "density", curve: "step-after", stroke: shuffledStyle.color, strokeDasharray: shuffledStyle.dash, clip: true })] : []),
          ...(view.bulk ? [bulkLine(view), ...mark(view.bulk.edge, "Tracy-Widom edge", spikeStyle.color, { dash: "5 3" })] : []),
          Plot.ruleX(spikes.filter(lambda => lambda <= end), { y1: 0, y2: top * 0.04, stroke: spikeStyle.color }),
          Plot.ruleY([0], { stroke: "var(--ink)" }),
        ],
      });
    },
  };
}

function bulkWords(view: View, spikes: number): string {
  return view.bulk
    ? `The line is the Marchenko-Pastur law of a random matrix of this shape; ${spikes} eigenvalue${spikes === 1 ? " lies" : "s lie"} beyond the Tracy-Widom edge ${number(view.bulk.edge)}, which the largest of such a matrix passes once in a hundred.`
    : "No Marchenko-Pastur law was fitted: the layer has no random part, or more than one matrix.";
}

function quasiNullWords(row: Row): string {
  const found = row.metrics.quasi_null_count;
  return found === undefined ? " Quasi-null eigenvalues were not looked for (--quasi-null)."
    : found === null || found === 0 ? " No quasi-null eigenvalues."
    : ` ${found} quasi-null eigenvalues, far below those of a random matrix, are shaded.`;
}

/** The law of the random part; on a logarithmic scale its zeros at the edges lie below the frame. */
function bulkLine(view: View, least = 0): Plot.Markish {
  const bulk = view.bulk!;
  const data = bulk.x.map((x, i) => ({ x, y: Math.max(least, (bulk.density[i] ?? NaN) * bulk.share) }));
  return Plot.line(data, { x: "x", y: "y", stroke: bulkStyle.color, strokeWidth: 2, clip: true });
}

/** The whole density on logarithmic scales, with the laws of the tail. */
export function logDensity(view: View, fit: () => PowerLaw | undefined, subject = weights): FigureParts {
  const bins = logBins(view.eigenvalues, floorOf(view), logBinCount).filter(bin => bin.count > 0);
  return {
    name: `${subject.prefix}log-density`,
    title: `Spectral density, logarithmic, and the tail${subject.suffix}`,
    caption: "The same density over all eigenvalues. The straight line is the power law from xmin on; the rivals are drawn where they were fitted, from the xmin of the result on.",
    legend: lawLegend(view, true, subject),
    rows: () => binRows(bins),
    draw: width => {
      const positive = bins.map(bin => bin.density);
      const [low, high] = [Math.min(...positive) / 3, Math.max(...positive) * 2];
      const xs = [bins[0]?.low ?? 0.1, bins[bins.length - 1]?.high ?? 1] as const;
      return draw(width, {
        x: { ...logAxis("lambda", xs), grid: false },
        y: logAxis("density", [low, high]),
        marks: [
          Plot.rect(bins, { x1: "low", x2: "high", y1: low, y2: "density", fill: "var(--data)", fillOpacity: 0.4, insetRight: 0.5 }),
          ...(view.shuffled ? [Plot.line(logBins(view.shuffled, floorOf(view), shuffledBinCount).filter(bin => bin.count > 0), { x: bin => Math.sqrt(bin.low * bin.high), y: "density", stroke: shuffledStyle.color, strokeDasharray: shuffledStyle.dash, clip: true })] : []),
          ...(view.bulk ? [bulkLine(view, low / 10)] : []),
          ...rivalLines(view, "density", tailShare(view)),
          ...powerLawMarks(view, fit(), (law, x) => (law.count / view.eigenvalues.length) * ((law.alpha - 1) / law.xmin) * (x / law.xmin) ** -law.alpha),
          ...(view.bulk ? mark(view.bulk.edge, "Tracy-Widom edge", spikeStyle.color, { dash: "5 3", line: 1 }) : []),
        ],
      });
    },
  };
}

/** How many eigenvalues are larger than x, against x, on logarithmic scales: a power law is a straight line. */
export function survival(view: View, fit: () => PowerLaw | undefined): FigureParts {
  const n = view.eigenvalues.length;
  const first = view.eigenvalues.findIndex(lambda => lambda > floorOf(view));
  const steps = Array.from(view.eigenvalues.subarray(first), (lambda, i) => ({ lambda, share: (n - first - i) / n }));
  return {
    name: "survival",
    title: "Share of eigenvalues from lambda on",
    caption: "Nothing is binned here, so the tail can be read best. A power law of exponent alpha falls with the slope 1 - alpha.",
    legend: lawLegend(view, false),
    rows: () => [["lambda", "share"], ...steps.map(step => [step.lambda, step.share])],
    draw: width =>
      draw(width, {
        x: { ...logAxis("lambda", [steps[0]!.lambda, steps[steps.length - 1]!.lambda]), grid: false },
        y: logAxis("share", [0.5 / n, 1.2]),
        marks: [
          Plot.dot(steps.length > 1500 ? thin(steps) : steps, { x: "lambda", y: "share", r: 2, fill: "var(--data)" }),
          ...rivalLines(view, "survival", tailShare(view)),
          ...powerLawMarks(view, fit(), (law, x) => (law.count / n) * (x / law.xmin) ** (1 - law.alpha)),
        ],
      }),
  };
}

/** Points that are apart on a logarithmic scale, and all of the last ones. */
function thin<T>(steps: T[]): T[] {
  const exact = 600;
  const step = Math.ceil((steps.length - exact) / 600);
  return steps.filter((_, i) => i % step === 0 || i >= steps.length - exact);
}

/** The share of all eigenvalues in the tail to which the rivals were fitted. */
function tailShare(view: View): number {
  const xmin = view.laws[0]?.x[0] ?? Infinity;
  return view.eigenvalues.filter(lambda => lambda >= xmin * (1 - 1e-5)).length / view.eigenvalues.length;
}

function rivalLines(view: View, what: "density" | "survival", share: number): Plot.Markish[] {
  return view.laws.filter(law => law.law !== "power_law").map(law => {
    const style = lawStyles[law.law]!;
    const data = law.x.map((x, i) => ({ x, y: (law[what][i] ?? 0) * share })).filter(point => point.y > 0);
    return Plot.line(data, { x: "x", y: "y", stroke: style.color, strokeWidth: 1.5, strokeDasharray: style.dash, clip: true });
  });
}

function powerLawMarks(view: View, law: PowerLaw | undefined, curve: (law: PowerLaw, x: number) => number): Plot.Markish[] {
  if (!law) return [];
  const ends = [law.xmin, view.eigenvalues[view.eigenvalues.length - 1]!];
  return [
    Plot.line(ends.map(x => ({ x, y: curve(law, x) })), { x: "x", y: "y", stroke: lawStyles.power_law!.color, strokeWidth: 2.5, clip: true }),
    ...mark(law.xmin, `xmin ${number(law.xmin)}`, lawStyles.power_law!.color, { dash: "1 3" }),
  ];
}

/** The laws, and what else a density shows. */
function lawLegend(view: View, isDensity: boolean, subject = weights): LegendEntry[] {
  return [
    { text: `eigenvalues of ${subject.symbol}`, color: "var(--data)", fill: true },
    lawStyles.power_law!,
    ...view.laws.filter(law => law.law !== "power_law").map(law => lawStyles[law.law]!),
    ...(isDensity && view.bulk ? [bulkStyle] : []),
    ...(isDensity && view.shuffled ? [shuffledStyle] : []),
  ];
}

/** alpha and D for every start of the tail. */
export function xminScan(scan: PowerLaw[], fit: () => PowerLaw | undefined): FigureParts {
  return {
    name: "xmin-scan",
    title: "alpha and D against xmin",
    caption: "The fit takes the xmin with the smallest D. An exponent that stays level over a range of xmin can be trusted more than one that does not.",
    legend: [{ text: "alpha, with its standard error", color: lawStyles.power_law!.color }, { text: "D", color: "var(--data)", dash: "5 3" }],
    rows: () => [["xmin", "alpha", "sigma", "D", "eigenvalues"], ...scan.map(at => [at.xmin, at.alpha, at.sigma, at.D, at.count])],
    draw: width => {
      const now = fit();
      const shown = scan.filter(at => at.count >= 5);
      const ends = [Math.min(...scan.map(at => at.xmin)), Math.max(...scan.map(at => at.xmin))] as const;
      const columns = isNarrow(width) ? 1 : 2;
      const cell = width / columns;
      const top = Math.min(10, Math.max(...shown.map(at => at.alpha), 3));
      const exponents = draw(cell, {
        x: logAxis("xmin", ends),
        y: { label: "alpha", domain: [1, top], grid: true },
        marks: [
          Plot.areaY(shown, { x: "xmin", y1: at => at.alpha - at.sigma, y2: at => at.alpha + at.sigma, fill: lawStyles.power_law!.color, fillOpacity: 0.15, clip: true }),
          Plot.line(shown, { x: "xmin", y: "alpha", stroke: lawStyles.power_law!.color, strokeWidth: 2, clip: true }),
          ...(now ? [Plot.ruleX([now.xmin], { stroke: "var(--ink)", strokeDasharray: "1 3" }), Plot.dot([now], { x: "xmin", y: "alpha", fill: lawStyles.power_law!.color, r: 4, clip: true })] : []),
        ],
      });
      const distances = draw(cell, {
        x: logAxis("xmin", ends),
        y: { label: "D", grid: true, zero: true },
        marks: [
          Plot.line(shown, { x: "xmin", y: "D", stroke: "var(--data)", strokeWidth: 2, strokeDasharray: "5 3" }),
          ...(now ? [Plot.ruleX([now.xmin], { stroke: "var(--ink)", strokeDasharray: "1 3" }), Plot.dot([now], { x: "xmin", y: "D", fill: "var(--data)", r: 4 })] : []),
        ],
      });
      return stack(width, [exponents, distances], columns);
    },
  };
}

/** Singular values, the share of the squared norm, eigenvalues: each against the rank, with the rank that is kept. */
export function threePanels(view: View, truncations: Truncations, rank: () => number): FigureParts {
  const n = view.eigenvalues.length;
  const step = Math.max(1, Math.floor(n / 500));
  const ranks = Array.from({ length: n }, (_, i) => i + 1).filter(k => k <= 100 || k % step === 0 || k === n);
  const data = ranks.map(k => ({ rank: k, lambda: view.eigenvalues[n - k]!, sigma: Math.sqrt(view.eigenvalues[n - k]!), share: truncations.at(k).share })).filter(point => point.lambda > floorOf(view));
  return {
    name: "three-panels",
    title: "Singular values, share of the squared norm, eigenvalues",
    caption: "Largest first. The dotted line is the rank chosen below.",
    rows: () => [["rank", "singular value", "cumulative share", "eigenvalue"], ...data.map(point => [point.rank, point.sigma, point.share, point.lambda])],
    draw: width => {
      const columns = isNarrow(width) ? 1 : 3;
      const cell = width / columns;
      const cursor = (): Plot.Markish => Plot.ruleX([rank()], { stroke: "var(--power-law)", strokeDasharray: "2 2", strokeWidth: 1.5 });
      const last = data[data.length - 1]!;
      const panel = (y: string, label: string, scale: Plot.ScaleOptions): SVGElement =>
        draw(cell, {
          height: 220,
          x: { label: "rank", domain: [0, n], ticks: 4 },
          y: { grid: true, ...scale, label },
          marks: [Plot.line(data, { x: "rank", y, stroke: "var(--data)", strokeWidth: 2 }), cursor()],
        });
      return stack(width, [
        panel("sigma", "singular value", logAxis("singular value", [last.sigma, data[0]!.sigma])),
        panel("share", "cumulative share", { domain: [0, 1] }),
        panel("lambda", "eigenvalue", logAxis("eigenvalue", [last.lambda, data[0]!.lambda])),
      ], columns);
    },
  };
}
