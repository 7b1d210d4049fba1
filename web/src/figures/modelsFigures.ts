// Figures of several models together.

import { valueOf, type Row } from "../data/result";
import type { View } from "../data/spectrum";
import { logBins } from "../numerics/histogram";
import { number } from "../parts/format";
import type { FigureParts } from "../parts/figure";
import { draw, isNarrow, logAxis, Plot } from "../parts/plot";
import { metricScale, type MetricScale } from "./metricScale";

const few = ["var(--attention)", "var(--mlp)", "var(--embedding)", "var(--convolution)", "var(--stretched)", "var(--other)"];
const dashes = [undefined, "7 3", "2 3", "8 3 2 3", "4 2", "1 2"];

/** A colour and a dash for each model; many are shades in their order, as for checkpoints. */
export function modelStyles(names: string[]): { text: string; color: string; dash?: string }[] {
  if (names.length <= few.length) return names.map((text, i) => ({ text, color: few[i]!, dash: dashes[i] }));
  const shade = Plot.scale({ color: { type: "linear", scheme: "Viridis", domain: [-0.2 * names.length, 1.25 * names.length] } })!;
  return names.map((text, i) => ({ text, color: String(shade.apply(i)) }));
}

interface Point {
  model: number;
  depth: number;
  value: number;
  row: Row;
}

const pointsOf = (models: Row[][], metric: string): Point[] =>
  models.flatMap((rows, model) => rows.flatMap((row, i) => {
    const value = valueOf(row, metric);
    return value === undefined ? [] : [{ model, depth: rows.length > 1 ? i / (rows.length - 1) : 0.5, value, row }];
  }));

const scaleOf = (models: Row[][], names: string[], metric: string): MetricScale<Point> =>
  metricScale(metric, pointsOf(models, metric), point => `${point.row.name} of ${names[point.model]}`);

const table = (models: Row[][], names: string[], metric: string): (string | number | null | undefined)[][] => [
  ["model", "layer", metric],
  ...models.flatMap((rows, model) => rows.map(row => [names[model], row.name, row.metrics[metric]])),
];

export function depthCurves(models: Row[][], names: string[], metric: string): FigureParts {
  const styles = modelStyles(names);
  const scale = scaleOf(models, names, metric);
  return {
    name: `models-depth-${metric}`,
    title: `${metric} over relative depth`,
    caption: `From the first layer (0) to the last (1) of each model, so that models of different depth lie over each other.${scale.remark}`,
    legend: styles,
    rows: () => table(models, names, metric),
    draw: width => {
      const data = scale.shown;
      return draw(width, {
        x: { label: "relative depth", domain: [0, 1] },
        y: scale.axis,
        color: { type: "identity" },
        marks: [
          ...(metric === "alpha" ? [Plot.ruleY([2, 6].filter(border => data.some(point => point.value >= border)), { stroke: "var(--faint)", strokeDasharray: "4 3" })] : []),
          ...styles.flatMap((style, model) => {
            const own = data.filter(point => point.model === model);
            return [
              Plot.lineY(own, { x: "depth", y: "value", stroke: style.color, strokeDasharray: style.dash, strokeWidth: 1.5 }),
              Plot.dot(own, { x: "depth", y: "value", fill: style.color, r: 2.5 }),
            ];
          }),
          Plot.tip(data, Plot.pointer({ x: "depth", y: "value", title: (point: Point) => `${names[point.model]}\n${point.row.name}\n${metric} ${number(point.value)}` })),
        ],
      });
    },
  };
}

export function modelDistributions(models: Row[][], names: string[], metric: string): FigureParts {
  const styles = modelStyles(names);
  const scale = scaleOf(models, names, metric);
  return {
    name: `models-${metric}`,
    title: `${metric} by model`,
    caption: `Boxes hold the middle half of the layers, the line is the median; every layer is a dot.${scale.remark}`,
    rows: () => table(models, names, metric),
    draw: width => {
      const data = scale.shown;
      return draw(width, {
        marginLeft: isNarrow(width) ? 104 : 150,
        height: 70 + 34 * names.length,
        x: scale.axis,
        y: { label: null, domain: names },
        color: { type: "identity" },
        marks: [
          ...(metric === "alpha" ? [Plot.ruleX([2, 6].filter(border => data.some(point => point.value >= border)), { stroke: "var(--faint)", strokeDasharray: "4 3" })] : []),
          Plot.boxX(data, { x: "value", y: point => names[point.model], fill: "var(--band)", stroke: "var(--ink)", r: 0 }),
          Plot.dot(data, { x: "value", y: point => names[point.model], fill: point => styles[point.model]!.color, fillOpacity: 0.6, r: 3, title: point => `${point.row.name}\n${metric} ${number(point.value)}`, tip: true }),
        ],
      });
    },
  };
}

const bins = 56;

/** The spectra of one layer in several models, one of them in front. */
export function overlaidDensities(views: (View | undefined)[], names: string[], front: () => number): FigureParts {
  const styles = modelStyles(names);
  const curves = views.map(view => (view ? logBins(view.eigenvalues, 1e-9 * view.eigenvalues[view.eigenvalues.length - 1]!, bins).filter(bin => bin.count > 0) : []));
  const all = curves.flat();
  return {
    name: "models-density",
    title: "Spectral densities over each other",
    caption: "Both scales are logarithmic; bars are the one in front, lines the others.",
    legend: names.length > 12 ? [] : styles,
    rows: () => [["model", "from", "to", "density"], ...curves.flatMap((curve, model) => curve.map(bin => [names[model], bin.low, bin.high, bin.density]))],
    draw: width => {
      const low = Math.min(...all.map(bin => bin.density)) / 3;
      const chosen = front();
      return draw(width, {
        x: { ...logAxis("lambda", [Math.min(...all.map(bin => bin.low)), Math.max(...all.map(bin => bin.high))]), grid: false },
        y: logAxis("density", [low, Math.max(...all.map(bin => bin.density)) * 2]),
        marks: [
          Plot.rect(curves[chosen] ?? [], { x1: "low", x2: "high", y1: low, y2: "density", fill: styles[chosen]!.color, fillOpacity: 0.4, insetRight: 0.5 }),
          ...curves.map((curve, model) => Plot.line(curve, { x: bin => Math.sqrt(bin.low * bin.high), y: "density", stroke: styles[model]!.color, strokeDasharray: styles[model]!.dash, strokeWidth: model === chosen ? 2.5 : 1.5, strokeOpacity: model === chosen ? 1 : 0.8 })),
        ],
      });
    },
  };
}

/** The singular values of one layer in several models, largest first. */
export function overlaidSingularValues(views: (View | undefined)[], names: string[], front: () => number): FigureParts {
  const styles = modelStyles(names);
  const curves = views.map(view => (view ? descending(view.eigenvalues) : []));
  return {
    name: "models-singular-values",
    title: "Singular values over each other",
    caption: "Largest first, against the relative rank.",
    legend: names.length > 12 ? [] : styles,
    rows: () => [["model", "relative rank", "singular value"], ...curves.flatMap((curve, model) => curve.map(point => [names[model], point.rank, point.sigma]))],
    draw: width => {
      const chosen = front();
      const sigmas = curves.flat().map(point => point.sigma);
      return draw(width, {
        x: { label: "relative rank", domain: [0, 1] },
        y: logAxis("singular value", [Math.min(...sigmas), Math.max(...sigmas)]),
        marks: curves.map((curve, model) => Plot.line(curve, { x: "rank", y: "sigma", stroke: styles[model]!.color, strokeDasharray: styles[model]!.dash, strokeWidth: model === chosen ? 2.5 : 1.5, strokeOpacity: model === chosen ? 1 : 0.8 })),
      });
    },
  };
}

function descending(eigenvalues: Float64Array): { rank: number; sigma: number }[] {
  const n = eigenvalues.length;
  const step = Math.max(1, Math.floor(n / 400));
  return Array.from({ length: n }, (_, i) => ({ rank: n > 1 ? i / (n - 1) : 0, sigma: Math.sqrt(eigenvalues[n - 1 - i]!) }))
    .filter((point, i) => point.sigma > 1e-6 * Math.sqrt(eigenvalues[n - 1]!) && (i < 60 || i % step === 0));
}

/** Names without what all of them begin and end with, such as the steps of checkpoints. */
function toldApart(names: string[]): string[] {
  const first = names[0]!;
  let start = 0;
  while (start < first.length && names.every(name => name[start] === first[start])) start++;
  let end = 0;
  while (end < first.length - start && names.every(name => name.length - end > start && name.at(-1 - end) === first.at(-1 - end))) end++;
  const shortened = names.map(name => name.slice(start, name.length - end));
  return shortened.every(name => name !== "") ? shortened : names;
}

/** A metric of one layer in every model, in their order. */
export function metricOverModels(rows: (Row | undefined)[], names: string[], metric: string, front: () => number): FigureParts {
  const styles = modelStyles(names);
  const labels = toldApart(names);
  return {
    name: `models-course-${metric}`,
    title: `${metric} from model to model`,
    caption: "In the order in which the models were given.",
    rows: () => [["model", metric], ...rows.map((row, model) => [names[model], row?.metrics[metric]])],
    draw: width => {
      const data = rows.flatMap((row, model) => (row && valueOf(row, metric) !== undefined ? [{ model, value: valueOf(row, metric)! }] : []));
      return draw(width, {
        x: { label: null, domain: names.map((_, i) => i), type: "point", tickFormat: model => labels[model as number]! },
        y: { label: metric, grid: true, nice: true },
        color: { type: "identity" },
        marks: [
          Plot.line(data, { x: "model", y: "value", stroke: "var(--faint)" }),
          Plot.dot(data, { x: "model", y: "value", fill: point => styles[point.model]!.color, r: point => (point.model === front() ? 7 : 4), title: point => `${names[point.model]}\n${metric} ${number(point.value)}`, tip: true }),
        ],
        r: { type: "identity" },
      });
    },
  };
}
