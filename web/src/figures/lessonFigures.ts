// Curves of lessons.

import type { Curve, CurveFigure } from "../data/lesson";
import type { FigureParts } from "../parts/figure";
import { number } from "../parts/format";
import type { LegendEntry } from "../parts/legend";
import { draw, logAxis, Plot } from "../parts/plot";
import { modelStyles } from "./modelsFigures";

interface Place {
  x: number;
  y: number;
}

interface Bar {
  low: number;
  high: number;
  y: number;
}

/** How far a logarithmic axis reaches beyond what it shows. */
const beyond = 1.25;

export function curveFigure(figure: CurveFigure): FigureParts {
  const styles = modelStyles(figure.curves.map(curve => curve.name));
  const shown = figure.curves.map(curve => placesOf(curve, figure));
  return {
    name: figure.name,
    title: figure.title,
    caption: figure.caption,
    legend: figure.curves.map((curve, i) => legendEntry(curve, styles[i]!.color)),
    rows: () => [["curve", figure.x, figure.y], ...figure.curves.flatMap(curve => curve.x.map((x, i) => [curve.name, x, curve.y[i]]))],
    draw: width => {
      const bars = figure.curves.map((curve, i) => (curve.kind === "bars" ? barsOf(shown[i]!, figure.log_x) : []));
      const xs = [...shown.flat().map(place => place.x), ...bars.flat().flatMap(bar => [bar.low, bar.high])];
      const ys = shown.flat().map(place => place.y);
      const low = figure.log_y ? domainOf(ys)[0] : 0;
      return draw(width, {
        x: figure.log_x ? { ...logAxis(figure.x, domainOf(xs)), grid: false } : { label: figure.x, tickFormat: number },
        y: figure.log_y ? logAxis(figure.y, domainOf(ys)) : { label: figure.y, grid: true, tickFormat: number, ...(bars.some(some => some.length > 0) && { zero: true }) },
        color: { type: "identity" },
        marks: [
          ...figure.curves.flatMap((curve, i) => marksOf(curve, shown[i]!, bars[i]!, styles[i]!.color, low)),
          ...(figure.log_y ? [] : [Plot.ruleY([0], { stroke: "var(--ink)", strokeOpacity: ys.some(y => y < 0) || bars.flat().length > 0 ? 1 : 0 })]),
          Plot.tip(shown.flatMap((places, i) => places.map(place => ({ ...place, name: figure.curves[i]!.name }))), Plot.pointer({ x: "x", y: "y", maxRadius: 24, title: place => `${place.name}\n${figure.x} ${number(place.x)}\n${figure.y} ${number(place.y)}` })),
        ],
      });
    },
  };
}

/** What an axis can show: on a logarithmic one, what is positive. */
const placesOf = (curve: Curve, { log_x, log_y }: CurveFigure): Place[] =>
  curve.x.map((x, i) => ({ x: x ?? NaN, y: curve.y[i] ?? NaN })).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y) && (!log_x || x > 0) && (!log_y || y > 0));

/** All bars are as wide as the first two places are apart. */
function barsOf(places: Place[], isLog: boolean): Bar[] {
  const [first, second] = [places[0]?.x ?? 1, places[1]?.x];
  const ratio = Math.sqrt(second === undefined ? beyond : second / first);
  const half = (second === undefined ? 1 : second - first) / 2;
  return places.map(({ x, y }) => (isLog ? { low: x / ratio, high: x * ratio, y } : { low: x - half, high: x + half, y }));
}

const domainOf = (values: number[]): [number, number] => (values.length === 0 ? [0.1, 1] : [Math.min(...values) / beyond, Math.max(...values) * beyond]);

function marksOf({ kind }: Curve, places: Place[], bars: Bar[], color: string, low: number): Plot.Markish[] {
  switch (kind) {
    case "bars":
      return [Plot.rect(bars, { x1: "low", x2: "high", y1: low, y2: "y", fill: color, fillOpacity: 0.45, insetRight: 0.5 })];
    case "points":
      return [Plot.dot(places, { x: "x", y: "y", r: 3, fill: color, fillOpacity: 0.8 })];
    default:
      return [Plot.line(places, { x: "x", y: "y", stroke: color, strokeWidth: 2, strokeDasharray: kind === "dashed" ? dash : undefined })];
  }
}

const dash = "7 4";

const legendEntry = ({ name, kind }: Curve, color: string): LegendEntry => ({
  text: name,
  color,
  ...(kind === "bars" && { fill: true }),
  ...(kind === "points" && { symbol: "circle" as const }),
  ...(kind === "dashed" && { dash }),
});
