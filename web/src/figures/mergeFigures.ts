// Figures of a merge: what each model and what was made moved, how the models agree, spectra before and after.

import { cosinesOf, inputValue, isMerged, letterOf, modelNames, spectralValue, taskModels, wholeCosines, type Merge, type MergedTensor } from "../data/merge";
import { familyColors, familyOf, roleSymbols, roleText } from "../data/roles";
import { fixed, number } from "../parts/format";
import type { FigureParts } from "../parts/figure";
import { roleEntries, type LegendEntry } from "../parts/legend";
import { draw, isNarrow, logAxis, Plot, stack } from "../parts/plot";
import { modelStyles } from "./modelsFigures";

/** "A name" of each of some models. */
const labels = (merge: Merge, models: number[]): string[] => models.map(model => `${letterOf(model)} ${modelNames(merge)[model]}`);

interface ChangePoint {
  series: number;
  role: string;
  block: number;
  value: number;
}

const mostSmallMultiples = 3;
const leastPanel = 300;

/** How far each model and the merged one are from the base, in each block, a panel a role. */
export function changeByBlock(merge: Merge): FigureParts {
  const models = taskModels(merge);
  const names = [...labels(merge, models), "merged"];
  const styles: LegendEntry[] = [...modelStyles(names).slice(0, -1), { text: "merged", color: "var(--ink)" }];
  const points = changePoints(merge, models);
  const roles = [...new Set(points.map(point => point.role))];
  const blocks = points.map(point => point.block);
  const top = Math.max(...points.map(point => point.value));
  return {
    name: "merge-change",
    title: "Relative change by block and role",
    caption: "The norm of the change beside that of the base, over all tensors of a role in a block; the thick line is what was made. Tensors outside of blocks are in the table.",
    legend: styles,
    rows: () => [["role", "block", "model", "relative change"], ...points.map(point => [point.role, point.block, names[point.series], point.value])],
    draw: width => {
      const columns = Math.max(1, Math.min(mostSmallMultiples, roles.length, Math.floor(width / leastPanel)));
      return stack(width, roles.map(role => panel(points.filter(point => point.role === role), role, width / columns)), columns);
    },
  };

  function panel(own: ChangePoint[], role: string, width: number): SVGElement {
    return draw(width, {
      height: 190,
      marginTop: 34,
      marginLeft: 46,
      x: { label: "block", domain: [Math.min(...blocks) - 0.3, Math.max(...blocks) + 0.3], ticks: Math.min(8, Math.max(...blocks) - Math.min(...blocks) + 1), tickFormat: value => (Number.isInteger(value) ? String(value) : "") },
      y: { label: null, domain: [0, top], nice: true, grid: true, ticks: 4 },
      color: { type: "identity" },
      marks: [
        Plot.text([roleText(role)], { frameAnchor: "top-left", dy: -16, fontWeight: "bold", fontSize: 12 }),
        ...styles.flatMap((style, series) => {
          const line = own.filter(point => point.series === series);
          const isMade = series === styles.length - 1;
          return [
            Plot.lineY(line, { x: "block", y: "value", stroke: style.color, strokeDasharray: style.dash, strokeWidth: isMade ? 2.5 : 1.5 }),
            Plot.dot(line, { x: "block", y: "value", fill: style.color, r: isMade ? 3.5 : 2.5 }),
          ];
        }),
        Plot.tip(own, Plot.pointer({ x: "block", y: "value", title: (point: ChangePoint) => `${names[point.series]}\n${roleText(role)}, block ${point.block}\nrelative change ${number(point.value)}` })),
      ],
    });
  }
}

/** False where there is no base to change from, or no block. */
export const hasChangeByBlock = (merge: Merge): boolean => changePoints(merge, taskModels(merge)).length > 0;

function changePoints(merge: Merge, models: number[]): ChangePoint[] {
  const groups = grouped(merge.tensors.filter(tensor => isMerged(tensor) && tensor.block !== null && tensor.role !== null), tensor => `${tensor.role} ${tensor.block}`);
  return groups.flatMap(tensors => {
    const { role, block } = tensors[0]!;
    const below = norm(tensors, tensor => tensor.metrics.base_norm);
    const changes = [...models.map(model => norm(tensors, tensor => inputValue(tensor, model, "change_norm"))), norm(tensors, tensor => tensor.metrics.change_norm)];
    return below > 0 ? changes.map((change, series) => ({ series, role: role!, block: block!, value: change / below })) : [];
  }).sort((a, b) => a.block - b.block);
}

const norm = (tensors: MergedTensor[], value: (tensor: MergedTensor) => number | null | undefined): number => Math.sqrt(tensors.reduce((sum, tensor) => sum + (value(tensor) ?? 0) ** 2, 0));

function grouped<T>(items: T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  items.forEach(item => groups.set(key(item), [...(groups.get(key(item)) ?? []), item]));
  return [...groups.values()];
}

const leastWritten = 34;
const mostCell = 96;
const longestLabel = 18;
const labelWidth = 6.4;

/** The cosines between the changes of the models as wholes, each with each. */
export function cosineMatrix(merge: Merge): FigureParts {
  const models = taskModels(merge);
  const names = labels(merge, models);
  const cosineOf = wholeCosines(merge.tensors.filter(isMerged), merge.base);
  const what = merge.base === null ? "weights" : "changes";
  const shortened = names.map(name => (name.length > longestLabel ? `${name.slice(0, longestLabel - 1)}…` : name));
  const cells = models.flatMap((a, i) => models.flatMap((b, j) => {
    const cosine = a === b ? 1 : cosineOf(a, b);
    return cosine === undefined ? [] : [{ a: shortened[i]!, b: letterOf(b), cosine, names: `${names[i]}\n${names[j]}` }];
  }));
  return {
    name: "heat-map-cosines",
    title: `Cosines between the ${what} of the models`,
    caption: `Over all tensors that were merged, each model's ${what} as one vector: the mean of the tensors' cosines, weighted by their norms. 1 is the same direction, 0 is unrelated, below 0 two models work against each other.`,
    rows: () => [["", ...names], ...models.map((a, i) => [names[i], ...models.map(b => (a === b ? 1 : cosineOf(a, b)))])],
    draw: width => {
      const marginLeft = 16 + labelWidth * Math.max(...shortened.map(name => name.length));
      const size = Math.min(width, marginLeft + mostCell * models.length);
      const cell = (size - marginLeft) / models.length;
      const isDark = (one: { cosine: number }): boolean => Math.abs(one.cosine) > 0.6;
      const written = (some: typeof cells, fill: string): Plot.Markish => Plot.text(some, { x: "b", y: "a", text: one => fixed(one.cosine, 2), fill });
      return draw(size, {
        marginLeft,
        marginTop: 10,
        height: 50 + Math.min(cell, 56) * models.length,
        x: { type: "band", label: null, domain: models.map(letterOf), tickSize: 0, padding: 0.02 },
        y: { type: "band", label: null, domain: shortened, tickSize: 0, padding: 0.02 },
        color: { scheme: "PuOr", domain: [-1, 1], clamp: true },
        marks: [
          Plot.cell(cells, { x: "b", y: "a", fill: "cosine", inset: 0.5, title: one => `${one.names}\ncosine ${number(one.cosine)}`, tip: true }),
          ...(cell > leastWritten ? [written(cells.filter(isDark), "white"), written(cells.filter(one => !isDark(one)), "black")] : []),
        ],
      });
    },
  };
}

/** True where two models change something that both have. */
export const hasCosines = (merge: Merge): boolean => merge.tensors.some(tensor => cosinesOf(tensor, merge.base).length > 0);

/** The cosines of each pair of models, block by block. */
export function cosineByBlock(merge: Merge): FigureParts {
  const models = taskModels(merge);
  const pairs = models.flatMap((a, i) => models.slice(i + 1).map(b => ({ a, b, text: `${letterOf(a)} and ${letterOf(b)}` })));
  const styles = modelStyles(pairs.map(pair => pair.text));
  const blocks = grouped(merge.tensors.filter(tensor => isMerged(tensor) && tensor.block !== null), tensor => String(tensor.block));
  const points = blocks.flatMap(tensors => {
    const cosineOf = wholeCosines(tensors, merge.base);
    return pairs.flatMap(({ a, b }, place) => {
      const cosine = cosineOf(a, b);
      return cosine === undefined ? [] : [{ place, block: tensors[0]!.block!, cosine }];
    });
  }).sort((a, b) => a.block - b.block);
  const values = points.map(point => point.cosine);
  return {
    name: "merge-cosines",
    title: "Cosines by block",
    caption: "Of all tensors of a block that were merged, as one vector each. Models that were trained for unlike tasks are near 0; where two pull against each other, the line is below.",
    legend: pairs.length > 12 ? [] : styles,
    rows: () => [["pair", "block", "cosine"], ...points.map(point => [pairs[point.place]!.text, point.block, point.cosine])],
    draw: width =>
      draw(width, {
        x: { label: "block", tickFormat: value => (Number.isInteger(value) ? String(value) : "") },
        y: { label: "cosine", domain: [Math.min(0, ...values), Math.max(0.1, ...values)], nice: true, grid: true },
        color: { type: "identity" },
        marks: [
          Plot.ruleY([0], { stroke: "var(--ink)" }),
          ...styles.flatMap((style, place) => {
            const line = points.filter(point => point.place === place);
            return [Plot.lineY(line, { x: "block", y: "cosine", stroke: style.color, strokeDasharray: style.dash, strokeWidth: 2 }), Plot.dot(line, { x: "block", y: "cosine", fill: style.color, r: 3 })];
          }),
          Plot.tip(points, Plot.pointer({ x: "block", y: "cosine", title: point => `${pairs[point.place]!.text}\nblock ${point.block}\ncosine ${number(point.cosine)}` })),
        ],
      }),
  };
}

export const hasBlocks = (merge: Merge): boolean => merge.tensors.some(tensor => isMerged(tensor) && tensor.block !== null);

interface SpectralPoint {
  tensor: MergedTensor;
  place: number;
  before: number;
  after: number;
}

function spectralPoints(merge: Merge, metric: string): SpectralPoint[] {
  return merge.tensors.flatMap((tensor, place) => {
    const [before, after] = [spectralValue(tensor, "before", metric), spectralValue(tensor, "after", metric)];
    return before === undefined || after === undefined ? [] : [{ tensor, place, before, after }];
  });
}

/** The metrics that at least one tensor has on both sides. */
export const comparedMetrics = (merge: Merge, metrics: string[]): string[] => metrics.filter(metric => spectralPoints(merge, metric).length > 0);

const wide = 20;

/** A metric of each tensor before the merge and after it. */
export function beforeAfter(merge: Merge, metric: string, open: (place: number) => void): FigureParts {
  const points = spectralPoints(merge, metric);
  const symbols = roleSymbols([...new Set(points.map(point => point.tensor.role ?? "other"))]);
  const color = (point: SpectralPoint): string => familyColors[familyOf(point.tensor.role ?? "other")];
  const all = points.flatMap(point => [point.before, point.after]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const margin = Math.max(0.05 * (high - low), 1e-12 * Math.abs(high), 1e-12);
  const isLog = low > 0 && high > wide * low;
  const domain: [number, number] = isLog ? [low / 1.1, high * 1.1] : [low - margin, high + margin];
  const [above, below] = [points.filter(point => point.after > point.before).length, points.filter(point => point.after < point.before).length];
  return {
    name: `before-after-${metric}`,
    title: `${metric} before and after`,
    caption: `Each mark is a tensor; on the line nothing has changed. Higher after in ${above}, lower in ${below} of ${points.length}.`,
    legend: roleEntries(symbols),
    rows: () => [["tensor", "role", "before", "after"], ...points.map(point => [point.tensor.name, point.tensor.role, point.before, point.after])],
    draw: width => {
      const axis = (label: string): Plot.ScaleOptions => (isLog ? logAxis(label, domain) : { label, domain, grid: true });
      const drawing = draw(width, {
        height: Math.round(Math.min(width, isNarrow(width) ? 320 : 380)),
        x: axis(`${metric} before`),
        y: axis(`${metric} after`),
        symbol: { type: "identity" },
        color: { type: "identity" },
        marks: [
          Plot.line([domain[0], domain[1]], { x: value => value as number, y: value => value as number, stroke: "var(--faint)", strokeDasharray: "4 3" }),
          Plot.dot(points, { x: "before", y: "after", r: 4.5, symbol: (point: SpectralPoint) => symbols.get(point.tensor.role ?? "other")!, fill: color, fillOpacity: 0.6, stroke: color }),
          Plot.tip(points, Plot.pointer({ x: "before", y: "after", title: (point: SpectralPoint) => `${point.tensor.name}\n${metric} ${number(point.before)} before, ${number(point.after)} after` })),
        ],
      });
      drawing.addEventListener("click", () => {
        const point = (drawing as unknown as { value: SpectralPoint | null }).value;
        if (point) open(point.place);
      });
      return drawing;
    },
  };
}
