// Figures of a whole model: one mark a layer.

import { familyColors, familyOf, roleSymbols, roleText } from "../data/roles";
import { valueOf, type Row } from "../data/result";
import { number } from "../parts/format";
import type { FigureParts } from "../parts/figure";
import { roleEntries } from "../parts/legend";
import { draw, isNarrow, Plot } from "../parts/plot";
import { metricScale, type MetricScale } from "./metricScale";

interface Point {
  row: Row;
  depth: number;
  value: number;
}

const points = (rows: Row[], metric: string): Point[] =>
  rows.flatMap((row, depth) => {
    const value = valueOf(row, metric);
    return value === undefined ? [] : [{ row, depth, value }];
  });

const scaleOf = (rows: Row[], metric: string): MetricScale<Point> => metricScale(metric, points(rows, metric), point => point.row.name);

const title = (point: Point, metric: string): string => `${point.row.name}\n${metric} ${number(point.value)}${point.row.verdict ? `\n${point.row.verdict}` : ""}`;

const table = (rows: Row[], metric: string): (string | number | null)[][] => [
  ["layer", "role", "block", metric],
  ...rows.map(row => [row.name, row.role, row.block, row.metrics[metric] ?? null]),
];

export function correlationFlow(rows: Row[], metric: string, open: (row: Row) => void): FigureParts {
  const symbols = roleSymbols([...new Set(rows.map(row => row.role))]);
  const scale = scaleOf(rows, metric);
  return {
    name: `flow-${metric}`,
    title: `${metric === "alpha" ? "Correlation flow: " : ""}${metric} against depth`,
    caption: `Each mark is a layer, in the order of the model.${metric === "alpha" ? " Shaded: alpha from 2 to 6, where trained layers usually lie. A flow that drifts or jumps shows where correlations are lost." : ""}${scale.remark}`,
    legend: roleEntries(symbols),
    rows: () => table(rows, metric),
    draw: width => {
      const data = scale.shown;
      const drawing = draw(width, {
        x: { label: "layer", domain: [-0.5, Math.max(1, rows.length) - 0.5] },
        y: { ...scale.axis, ...(metric === "alpha" && { zero: true }) },
        marks: [
          ...bands(metric, data, rows.length),
          Plot.lineY(data, { x: "depth", y: "value", stroke: "var(--faint)", strokeWidth: 1 }),
          Plot.dot(data, {
            x: "depth", y: "value", r: data.length > 150 ? 3 : 4.5,
            symbol: (point: Point) => symbols.get(point.row.role)!,
            fill: point => familyColors[familyOf(point.row.role)], fillOpacity: 0.6,
            stroke: point => familyColors[familyOf(point.row.role)],
          }),
          Plot.tip(data, Plot.pointer({ x: "depth", y: "value", title: point => title(point, metric) })),
        ],
        symbol: { type: "identity" },
        color: { type: "identity" },
      });
      drawing.addEventListener("click", () => {
        const point = (drawing as unknown as { value: Point | null }).value;
        if (point) open(point.row);
      });
      return drawing;
    },
  };
}

function bands(metric: string, data: Point[], layers: number): Plot.Markish[] {
  if (metric !== "alpha") return [];
  const top = Math.max(6.5, ...data.map(point => point.value));
  return [
    Plot.rect([0], { x1: [-0.5], x2: [layers - 0.5], y1: [2], y2: [6], fill: "var(--band)", fillOpacity: 1 }),
    Plot.ruleY([2, 6].filter(border => border <= top), { stroke: "var(--faint)", strokeDasharray: "4 3" }),
    bandText(layers, 2, "over-trained below", 9),
    bandText(layers, 2, "well trained from 2 to 6", -8),
    ...(top > 6.5 ? [bandText(layers, 6, "under-trained above", -8)] : []),
  ];
}

const bandText = (layers: number, border: number, text: string, dy: number): Plot.Markish =>
  Plot.text([text], { x: [layers - 0.5], y: [border], dx: -4, dy, textAnchor: "end", fill: "var(--quiet)", stroke: "var(--paper)", strokeWidth: 2 });

export function distributions(rows: Row[], metric: string): FigureParts {
  const scale = scaleOf(rows, metric);
  return {
    name: `distributions-${metric}`,
    title: `${metric} by kind of layer`,
    caption: `Boxes hold the middle half of the layers, the line is the median, whiskers reach the last layer within 1.5 times the box; every layer is a dot.${scale.remark}`,
    rows: () => table(rows, metric),
    draw: width => {
      const data = scale.shown;
      const roles = [...new Set(rows.map(row => row.role))].sort((a, b) => familyOf(a).localeCompare(familyOf(b)) || a.localeCompare(b));
      return draw(width, {
        marginLeft: isNarrow(width) ? 104 : 130,
        height: 70 + 34 * roles.length,
        x: scale.axis,
        y: { label: null, domain: roles.map(roleText) },
        color: { type: "identity" },
        marks: [
          ...(metric === "alpha" ? [Plot.ruleX([2, 6], { stroke: "var(--faint)", strokeDasharray: "4 3" })] : []),
          Plot.boxX(data, { x: "value", y: point => roleText(point.row.role), fill: "var(--band)", stroke: "var(--ink)", r: 0 }),
          Plot.dot(data, { x: "value", y: point => roleText(point.row.role), stroke: point => familyColors[familyOf(point.row.role)], fill: point => familyColors[familyOf(point.row.role)], fillOpacity: 0.5, r: 3, title: point => title(point, metric), tip: true }),
        ],
      });
    },
  };
}

interface Cell {
  role: string;
  block: number;
  value: number;
  names: string[];
}

/** Cells brighter than this, from darkest to brightest, are written on in black. */
const bright = 0.55;
const leastWritten = 34;

export function heatMap(rows: Row[], metric: string): FigureParts {
  const placed = rows.filter(row => row.block !== null);
  return {
    name: `heat-map-${metric}`,
    title: `${metric} by role and block`,
    caption: "A cell is a layer, or the mean of several in one block with one role. Lighter is larger.",
    rows: () => table(placed, metric),
    draw: width => {
      const cells = cellsOf(points(placed, metric));
      const roles = [...new Set(placed.map(row => roleText(row.role)))];
      const blocks = [...new Set(placed.map(row => row.block!))].sort((a, b) => a - b);
      const cellWidth = (width - 150) / Math.max(1, blocks.length);
      const { shown } = metricScale(metric, cells, cell => cell.role);
      const [low, high] = [Math.min(...shown.map(cell => cell.value)), Math.max(...shown.map(cell => cell.value))];
      const isBright = (cell: Cell): boolean => cell.value - low > bright * (high - low);
      const written = (some: Cell[], fill: string): Plot.Markish => Plot.text(some, { x: "block", y: "role", text: cell => number(cell.value), fill });
      return draw(width, {
        marginLeft: isNarrow(width) ? 104 : 130,
        marginTop: 10,
        height: 60 + 28 * roles.length,
        x: { type: "band", label: "block", domain: blocks, tickFormat: block => (cellWidth < 18 && (block as number) % 5 ? "" : String(block)) },
        y: { type: "band", label: null, domain: roles },
        color: { scheme: "Cividis", domain: [low, high], clamp: true },
        marks: [
          Plot.cell(cells, { x: "block", y: "role", fill: "value", inset: 0.5, title: cell => `${cell.names.join("\n")}\n${metric} ${number(cell.value)}`, tip: true }),
          ...(cellWidth > leastWritten ? [written(cells.filter(isBright), "black"), written(cells.filter(cell => !isBright(cell)), "white")] : []),
        ],
      });
    },
  };
}

function cellsOf(data: Point[]): Cell[] {
  const groups = new Map<string, Point[]>();
  data.forEach(point => groups.set(`${point.row.role} ${point.row.block}`, [...(groups.get(`${point.row.role} ${point.row.block}`) ?? []), point]));
  return [...groups.values()].map(group => ({
    role: roleText(group[0]!.row.role),
    block: group[0]!.row.block!,
    value: group.reduce((sum, point) => sum + point.value, 0) / group.length,
    names: group.map(point => point.row.name),
  }));
}

export function histogram(rows: Row[], metric: string): FigureParts {
  const scale = scaleOf(rows, metric);
  return {
    name: `histogram-${metric}`,
    title: `Histogram of ${metric}`,
    caption: `How many layers have which ${metric}.${metric === "alpha" ? " Trained models peak between 2 and 4." : ""}${scale.remark}`,
    rows: () => table(rows, metric),
    draw: width => {
      const data = scale.shown;
      return draw(width, {
        x: { ...scale.axis, grid: false },
        y: { label: "layers", grid: true, tickFormat: value => (Number.isInteger(value) ? String(value) : "") },
        color: { type: "identity" },
        marks: [
          Plot.rectY(data, Plot.binX<Plot.RectYOptions>({ y: "count" }, { x: "value", thresholds: scale.thresholds, fill: (point: Point) => familyColors[familyOf(point.row.role)], fillOpacity: 0.75, insetLeft: 0.5, insetRight: 0.5 })),
          Plot.ruleY([0], { stroke: "var(--ink)" }),
          ...(metric === "alpha" ? [Plot.ruleX([2, 6], { stroke: "var(--ink)", strokeDasharray: "4 3" })] : []),
        ],
      });
    },
  };
}

export function fitQuality(rows: Row[], open: (row: Row) => void): FigureParts {
  const symbols = roleSymbols([...new Set(rows.map(row => row.role))]);
  const scale = scaleOf(rows.filter(row => valueOf(row, "D") !== undefined), "alpha");
  return {
    name: "D-against-alpha",
    title: "D against alpha",
    caption: `D is the largest distance of the tail from its power law. Exponents with a large D, or from a short tail (small marks), are not to be relied on.${scale.remark}`,
    rows: () => [["layer", "alpha", "D", "num_pl_spikes"], ...rows.map(row => [row.name, row.metrics.alpha, row.metrics.D, row.metrics.num_pl_spikes])],
    draw: width => {
      const data = scale.shown.map(point => point.row);
      const color = (row: Row): string => familyColors[familyOf(row.role)];
      const drawing = draw(width, {
        x: scale.axis,
        y: { label: "D", grid: true, nice: true, zero: true },
        r: { range: [2, 7] },
        symbol: { type: "identity" },
        color: { type: "identity" },
        marks: [
          Plot.ruleX([2, 6], { stroke: "var(--faint)", strokeDasharray: "4 3" }),
          Plot.dot(data, { x: row => row.metrics.alpha, y: row => row.metrics.D, r: row => row.metrics.num_pl_spikes ?? 1, symbol: (row: Row) => symbols.get(row.role)!, fill: color, fillOpacity: 0.5, stroke: color }),
          Plot.tip(data, Plot.pointer({ x: row => row.metrics.alpha, y: row => row.metrics.D, title: (row: Row) => `${row.name}\nalpha ${number(row.metrics.alpha)}, D ${number(row.metrics.D)}, ${number(row.metrics.num_pl_spikes)} eigenvalues` })),
        ],
      });
      drawing.addEventListener("click", () => {
        const row = (drawing as unknown as { value: Row | null }).value;
        if (row) open(row);
      });
      return drawing;
    },
  };
}
