// The unit circle beside what a matrix makes of it.

import type { EllipseFigure } from "../data/lesson";
import { apply, axesOf, circle, matrixAt, stepAt, type Axes, type Matrix, type Point } from "../numerics/ellipse";
import type { FigureParts } from "../parts/figure";
import { number } from "../parts/format";
import { draw, isNarrow, Plot, stack } from "../parts/plot";

const outlinePoints = 180;
const markedPoints = 12;
const colors = ["var(--power-law)", "var(--data)"] as const;
const widestPanel = 400;

/** A panel whose largest radius is between these shows the circle and the ellipse in one scale. */
const [leastSize, mostSize] = [0.2, 8];
const room = 1.22;

/** The circle at the left, and at the right where it has come to at a place from 0 to 1. */
export function ellipseFigure(figure: EllipseFigure, place: () => number): FigureParts {
  const axes = axesOf(figure);
  const outline = circle(outlinePoints);
  return {
    name: figure.name,
    title: figure.title,
    caption: figure.caption,
    legend: [{ text: "v₁, which becomes σ₁u₁", color: colors[0] }, { text: "v₂, which becomes σ₂u₂", color: colors[1], dash: dashes[1] }],
    rows: () => {
      const matrix = matrixAt(axes, place(), figure.is_section);
      return [["x1", "x2", "image1", "image2"], ...outline.map(point => [...point, ...apply(matrix, point)])];
    },
    draw: width => {
      const columns = isNarrow(width) ? 1 : 2;
      const size = Math.min(width / columns, widestPanel);
      const matrix = matrixAt(axes, place(), figure.is_section);
      const vectors = [column(axes.right, 0), column(axes.right, 1)] as const;
      const names = stepAt(place(), figure.is_section).name === "ellipse" ? ["σ₁u₁", "σ₂u₂"] : ["v₁", "v₂"];
      const before = panel(size, 1, "unit circle", outline, circle(markedPoints), vectors, ["v₁", "v₂"]);
      const after = panel(size, largest(axes, matrix), "its image", outline.map(point => apply(matrix, point)), circle(markedPoints).map(point => apply(matrix, point)), vectors.map(vector => apply(matrix, vector)), names);
      return stack(size * columns, [before, after], columns);
    },
  };
}

const dashes = [undefined, "6 3"] as const;

const column = (matrix: Matrix, j: 0 | 1): Point => [matrix[0][j], matrix[1][j]];

/** The radius that the second panel shows: one for all places, unless the circle or the ellipse would be a dot in it. */
function largest({ sizes }: Axes, matrix: Matrix): number {
  if (sizes[0] === 0 || (sizes[0] >= leastSize && sizes[0] <= mostSize)) return Math.max(1, sizes[0]);
  return Math.max(...circle(outlinePoints).map(point => Math.hypot(...apply(matrix, point))));
}

function panel(size: number, radius: number, title: string, outline: Point[], marked: Point[], vectors: readonly Point[], names: string[]): SVGElement {
  const end = room * radius;
  const closed = [...outline, outline[0]!];
  const shown = vectors.map((vector, k) => ({ vector, name: names[k]!, k })).filter(({ vector }) => Math.hypot(...vector) > 1e-6 * radius);
  const scale = { domain: [-end, end], ticks: 5, tickFormat: number, grid: true };
  const drawing = draw(size, {
    height: size,
    marginLeft: 44,
    marginRight: 12,
    marginTop: 24,
    marginBottom: 32,
    x: { ...scale, label: null },
    y: { ...scale, label: title, labelAnchor: "top", labelArrow: "none" },
    marks: [
      Plot.ruleX([0], { stroke: "var(--faint)" }),
      Plot.ruleY([0], { stroke: "var(--faint)" }),
      Plot.line(closed, { x: "0", y: "1", curve: "linear", stroke: "var(--ink)", strokeWidth: 1.5, fill: "var(--data)", fillOpacity: 0.1, className: "outline" }),
      ...shown.flatMap(({ vector, name, k }) => [
        Plot.arrow([vector], { x1: 0, y1: 0, x2: "0", y2: "1", stroke: colors[k], strokeWidth: 2.5, strokeDasharray: dashes[k], headLength: 7, insetEnd: 0 }),
        Plot.text([vector], { x: (at: Point) => at[0], y: (at: Point) => at[1], text: () => name, ...beyond(vector), fontSize: 13, fontWeight: 600, fill: colors[k], stroke: "var(--paper)", strokeWidth: 4 }),
      ]),
      Plot.dot(marked, { x: "0", y: "1", r: 4.5, fill: (_: Point, k: number) => hue(k), stroke: "var(--paper)", strokeWidth: 1 }),
    ],
    color: { type: "identity" },
  });
  drawing.setAttribute("data-panel", title);
  return drawing;
}

/** The place of a name beside the end of its vector. */
function beyond([x, y]: Point): { dx: number; dy: number } {
  const length = Math.hypot(x, y);
  return { dx: (24 * x) / length, dy: (-16 * y) / length };
}

const hues = Plot.scale({ color: { type: "cyclical", scheme: "Rainbow", domain: [0, markedPoints] } })!;

/** The colour of a marked point, by its angle on the circle. */
const hue = (k: number): string => String(hues.apply(k));
