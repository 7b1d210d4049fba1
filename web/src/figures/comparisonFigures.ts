// Figures of what is between two layers, and of groups of layers in several models.

import type { DepthCurve, Group, Side, Subspaces } from "../data/comparison";
import { fixed, number } from "../parts/format";
import type { FigureParts } from "../parts/figure";
import { draw, isNarrow, Plot, stack } from "../parts/plot";
import { modelStyles } from "./modelsFigures";
import type { Subject } from "./layerFigures";

/** The change of weights, for figures of its spectrum. */
export const changeSubject: Subject = { symbol: "D", prefix: "change-", suffix: " of the change D" };

/** Groups one below the other, in each the models: the middle half of their layers. */
export function groupQuartiles(groups: Group[], names: string[], metric: string): FigureParts {
  const styles = modelStyles(names);
  const step = names.length + 1;
  const labels = groups.map((group, place) => ({ text: labelOf(group), y: place * step + (names.length - 1) / 2 }));
  const data = groups.flatMap((group, place) => names.flatMap((name, model) => {
    const found = group.metrics[metric]?.models[model];
    return found ? [{ group, name, model, y: place * step + model, ...found }] : [];
  }));
  return {
    name: `groups-${metric}`,
    title: `${metric} by group`,
    caption: "Bars hold the middle half of the layers of a group, the mark is the median.",
    legend: styles,
    rows: () => [["by", "group", "model", "layers", "lower quartile", "median", "upper quartile"], ...data.map(one => [one.group.by, one.group.name, one.name, one.count, one.lower, one.median, one.upper])],
    draw: width =>
      draw(width, {
        marginLeft: isNarrow(width) ? 84 : 110,
        height: 70 + 15 * step * groups.length,
        x: { label: metric, grid: true, nice: true },
        y: { axis: null, domain: [groups.length * step - 1, -1] },
        color: { type: "identity" },
        marks: [
          Plot.text(labels, { y: "y", frameAnchor: "left", text: "text", dx: -8, textAnchor: "end" }),
          Plot.link(data, { x1: "lower", x2: "upper", y: "y", stroke: one => styles[one.model]!.color, strokeOpacity: 0.45, strokeWidth: 9, strokeLinecap: "butt" }),
          Plot.dot(data, { x: "median", y: "y", fill: one => styles[one.model]!.color, stroke: "var(--paper)", r: 5, title: one => `${labelOf(one.group)}, ${one.name}\n${one.count} layers\n${metric} ${number(one.median)} (${number(one.lower)} to ${number(one.upper)})`, tip: true }),
        ],
      }),
  };
}

/** Attention, early and their like tell what they are; a number of a block does not. */
export const labelOf = (group: Group): string => (group.by === "part" || group.by === "depth" ? group.name : `${group.by} ${group.name.replaceAll("_", " ")}`);

/** A metric over the depth of models, however many blocks they have. */
export function depthCourse(curves: DepthCurve[], names: string[], part: string, metric: string): FigureParts {
  const styles = modelStyles(names);
  const shown = curves.filter(curve => curve.part === part && curve.metric === metric);
  const data = shown.flatMap(({ model, points }) => points.map(point => ({ model, ...point })));
  return {
    name: `depth-${part}-${metric}`,
    title: `${metric} over relative depth: ${part}`,
    caption: "Medians of the blocks, from the first (0) to the last (1), so that models of different depth lie over each other.",
    legend: styles,
    rows: () => [["model", "block", "relative depth", metric], ...data.map(point => [names[point.model], point.block, point.depth, point.median])],
    draw: width =>
      draw(width, {
        x: { label: "relative depth", domain: [0, 1] },
        y: { label: metric, grid: true, nice: true },
        color: { type: "identity" },
        marks: [
          ...shown.flatMap(({ model, points }) => [
            Plot.lineY(points, { x: "depth", y: "median", stroke: styles[model]!.color, strokeDasharray: styles[model]!.dash, strokeWidth: 2 }),
            Plot.dot(points, { x: "depth", y: "median", fill: styles[model]!.color, r: 3 }),
          ]),
          Plot.tip(data, Plot.pointer({ x: "depth", y: "median", title: point => `${names[point.model]}\nblock ${point.block}\n${metric} ${number(point.median)}` })),
        ],
      }),
  };
}

/** Vectors of each matrix that a map shows at most; a cell of more would be smaller than a point. */
const mostMapped = 64;

/** Small cosines can be told apart on a scale of square roots. */
const cosineScale: Plot.ScaleOptions = { type: "sqrt", scheme: "Cividis", domain: [0, 1], clamp: true };

/** |cos| between each leading singular vector of A and each of B. */
export function overlapMap(name: "left" | "right", cosines: number[][], side: Side, [a, b]: readonly [string, string]): FigureParts {
  const shown = Math.min(cosines.length, mostMapped);
  const cells = cosines.slice(0, shown).flatMap((row, i) => row.slice(0, shown).map((cosine, j) => ({ i: i + 1, j: j + 1, cosine })));
  const ramp = Array.from({ length: 100 }, (_, i) => ({ from: i / 100, to: (i + 1) / 100 }));
  return {
    name: `overlap-${name}`,
    title: `Overlap of ${name} singular vectors`,
    caption: `Each cell is |cos| between a ${name} singular vector of ${a} (rows) and one of ${b} (columns), the largest singular values first; lighter is larger, and a light diagonal means the same vectors in the same order. Two random directions of ${side.dimension} have ${fixed(side.chance_diagonal, 3)} on average: by chance; the diagonal here has ${fixed(side.diagonal, 3)}.${shown < cosines.length ? ` Of ${cosines.length} vectors the first ${shown} are drawn.` : ""}`,
    rows: () => [["", ...cosines.map((_, j) => `${b} ${j + 1}`)], ...cosines.map((row, i) => [`${a} ${i + 1}`, ...row])],
    draw: width => {
      const margins = { marginLeft: 44, marginRight: 12 };
      const ticks = Array.from({ length: shown }, (_, i) => i + 1).filter(i => i === 1 || i % (shown > 20 ? 8 : 4) === 0);
      const size = Math.min(width, 480);
      const map = draw(size, {
        ...margins,
        marginTop: 26,
        height: size,
        x: { type: "band", label: `vector of ${b}`, tickSize: 0, ticks, padding: 0 },
        y: { type: "band", label: `vector of ${a}`, tickSize: 0, ticks, padding: 0 },
        color: cosineScale,
        marks: [Plot.cell(cells, { x: "j", y: "i", fill: "cosine", inset: shown > 32 ? 0 : 0.5, title: cell => `${name} vector ${cell.i} of ${a}, ${cell.j} of ${b}\n|cos| ${number(cell.cosine)}`, tip: true })],
      });
      const scale = draw(size, {
        ...margins,
        marginTop: 18,
        marginBottom: 30,
        height: 62,
        x: { type: "sqrt", label: "|cos|", domain: [0, 1], ticks: [0, 0.05, 0.1, 0.2, 0.4, 0.7, 1], tickFormat: String },
        y: { axis: null, domain: [0, 1] },
        color: cosineScale,
        marks: [
          Plot.rect(ramp, { x1: "from", x2: "to", y1: 0, y2: 1, fill: step => (step.from + step.to) / 2, shapeRendering: "crispEdges" }),
          Plot.ruleX([side.chance_diagonal], { stroke: "var(--ink)", strokeWidth: 2 }),
          Plot.text([side.chance_diagonal], { x: value => value as number, frameAnchor: "top", dy: -12, text: () => "by chance" }),
        ],
      });
      return stack(size, [map, scale], 1);
    },
  };
}

const angleStyles = { left: { text: "left", color: "var(--attention)", symbol: "circle" }, right: { text: "right", color: "var(--mlp)", symbol: "square2" } } as const;
const degrees = (radians: number): number => (180 / Math.PI) * radians;

interface Angle {
  side: "left" | "right";
  index: number;
  angle: number;
}

/** The principal angles between the leading subspaces, on both sides. */
export function principalAngles(subspaces: Subspaces): FigureParts {
  const data = (["left", "right"] as const).flatMap((side): Angle[] => subspaces[side].angles.map((angle, i) => ({ side, index: i + 1, angle: degrees(angle) })));
  return {
    name: "principal-angles",
    title: "Principal angles",
    caption: `Between the spaces of the ${subspaces.k} leading singular vectors, the smallest first: 0° for a direction that both spaces have, 90° for one that the other lacks.`,
    legend: Object.values(angleStyles),
    rows: () => [["side", "angle", "degrees"], ...data.map(point => [point.side, point.index, point.angle])],
    draw: width =>
      draw(width, {
        x: { label: "angle", domain: [0.5, subspaces.k + 0.5], tickFormat: value => (Number.isInteger(value) ? String(value) : "") },
        y: { label: "degrees", domain: [0, 90], ticks: [0, 30, 60, 90], grid: true },
        color: { type: "identity" },
        symbol: { type: "identity" },
        marks: [
          ...(["left", "right"] as const).map(side => Plot.lineY(data.filter(point => point.side === side), { x: "index", y: "angle", stroke: angleStyles[side].color, strokeOpacity: 0.5 })),
          Plot.dot(data, { x: "index", y: "angle", symbol: (point: Angle) => angleStyles[point.side].symbol, stroke: (point: Angle) => angleStyles[point.side].color, fill: (point: Angle) => angleStyles[point.side].color, fillOpacity: 0.6, r: 4, title: (point: Angle) => `${point.side} angle ${point.index}\n${fixed(point.angle, 1)}°`, tip: true }),
        ],
      }),
  };
}
