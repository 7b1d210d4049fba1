// Figures of a training: what changes from checkpoint to checkpoint.

import { familyColors, familyOf } from "../data/roles";
import { axisName, courseOf, positions, stepText, type TrackedLayer, type Trajectory } from "../data/trajectory";
import type { Result } from "../data/result";
import type { View } from "../data/spectrum";
import { fixed, number } from "../parts/format";
import type { FigureParts } from "../parts/figure";
import type { LegendEntry } from "../parts/legend";
import { draw, logAxis, Plot } from "../parts/plot";
import { metricScale } from "./metricScale";

interface Point {
  layer: TrackedLayer;
  checkpoint: number;
  at: number;
  value: number;
}

const pointsOf = (trajectory: Trajectory, layers: TrackedLayer[], course: (layer: TrackedLayer) => (number | null)[]): Point[] => {
  const places = positions(trajectory);
  return layers.flatMap(layer => course(layer).flatMap((value, checkpoint) => (value === null ? [] : [{ layer, checkpoint, at: places[checkpoint]!, value }])));
};

const families = (layers: TrackedLayer[]): LegendEntry[] =>
  [...new Set(layers.map(layer => familyOf(layer.role)))].map(family => ({ text: family, color: familyColors[family] }));

/** Where the slider stands. */
const now = (trajectory: Trajectory, front: () => number): Plot.Markish => Plot.ruleX([positions(trajectory)[front()]!], { stroke: "var(--ink)", strokeOpacity: 0.5, strokeDasharray: "3 3" });

const timeAxis = (trajectory: Trajectory): Plot.ScaleOptions => {
  const places = positions(trajectory);
  const [first, last] = [places[0]!, places.at(-1)!];
  return { label: axisName(trajectory), domain: first === last ? [first - 1, last + 1] : [first, last] };
};

const linesOf = (data: Point[], layers: TrackedLayer[]): Plot.Markish[] =>
  layers.map(layer => Plot.lineY(data.filter(point => point.layer === layer), { x: "at", y: "value", stroke: familyColors[familyOf(layer.role)], strokeOpacity: layers.length > 60 ? 0.35 : 0.6, strokeWidth: 1.3 }));

/** Follows a click on a line to its layer. */
function opening(drawing: SVGElement, open: (layer: TrackedLayer) => void): SVGElement {
  drawing.addEventListener("click", () => {
    const point = (drawing as unknown as { value: Point | null }).value;
    if (point) open(point.layer);
  });
  return drawing;
}

/** A metric of every layer over the training, and its mean. */
export function metricCourses(trajectory: Trajectory, results: Result[], layers: TrackedLayer[], metric: string, front: () => number, open: (layer: TrackedLayer) => void): FigureParts {
  const points = pointsOf(trajectory, layers, layer => courseOf(results, layer, metric));
  const scale = metricScale(metric, points, point => `${point.layer.name} at ${stepText(trajectory, point.checkpoint)}`);
  const places = positions(trajectory);
  const mean = (trajectory.summary[metric] ?? []).flatMap((value, checkpoint) => (value === null ? [] : [{ at: places[checkpoint]!, value }]));
  return {
    name: `course-${metric}`,
    title: `${metric} over the training`,
    caption: `A line is a layer; the thick one is the mean.${metric === "alpha" ? " Dashed: alpha 2 and 6, between which trained layers usually lie." : ""}${scale.remark}`,
    legend: [...families(layers), { text: "mean", color: "var(--ink)" }],
    rows: () => [["layer", ...trajectory.checkpoints.map((_, checkpoint) => stepText(trajectory, checkpoint))], ...layers.map(layer => [layer.name, ...courseOf(results, layer, metric)]), ["mean", ...(trajectory.summary[metric] ?? [])]],
    draw: width => {
      const data = scale.shown;
      const top = Math.max(...data.map(point => point.value));
      return opening(draw(width, {
        x: timeAxis(trajectory),
        y: scale.axis,
        color: { type: "identity" },
        marks: [
          ...(metric === "alpha" ? [Plot.ruleY([2, 6].filter(border => border <= top), { stroke: "var(--faint)", strokeDasharray: "4 3" })] : []),
          now(trajectory, front),
          ...linesOf(data, layers),
          Plot.lineY(mean.filter(point => point.value <= top), { x: "at", y: "value", stroke: "var(--ink)", strokeWidth: 3 }),
          Plot.dot(data, { x: "at", y: "value", r: 1.6, fill: point => familyColors[familyOf(point.layer.role)] }),
          Plot.tip(data, Plot.pointer({ x: "at", y: "value", title: (point: Point) => `${point.layer.name}\n${stepText(trajectory, point.checkpoint)}\n${metric} ${number(point.value)}` })),
        ],
      }), open);
    },
  };
}

const sides = ["left", "right"] as const;

/** How far leading subspaces turned: against the checkpoint before, or against the first. */
export function rotationCourses(trajectory: Trajectory, layers: TrackedLayer[], since: "since_previous" | "since_first", front: () => number, open: (layer: TrackedLayer) => void): FigureParts {
  const data = pointsOf(trajectory, layers, layer => layer.rotation[since].left.overlap);
  const before = since === "since_previous" ? "the checkpoint before" : "the first checkpoint";
  return {
    name: `rotation-${since.replace("_", "-")}`,
    title: `Overlap of leading subspaces with ${before}`,
    caption: `Which part of the space of the ${trajectory.settings.top} leading left singular vectors was in that of ${before}: 1 where nothing turned. By chance it is the number of vectors over the number of rows.`,
    legend: families(layers),
    rows: () => [["layer", "side", ...trajectory.checkpoints.map((_, checkpoint) => stepText(trajectory, checkpoint))], ...layers.flatMap(layer => sides.map(side => [layer.name, side, ...layer.rotation[since][side].overlap]))],
    draw: width =>
      opening(draw(width, {
        x: timeAxis(trajectory),
        y: { label: "overlap", domain: [0, 1], grid: true },
        color: { type: "identity" },
        marks: [
          now(trajectory, front),
          ...linesOf(data, layers),
          Plot.dot(data, { x: "at", y: "value", r: 1.6, fill: point => familyColors[familyOf(point.layer.role)] }),
          Plot.tip(data, Plot.pointer({ x: "at", y: "value", title: (point: Point) => `${point.layer.name}\n${stepText(trajectory, point.checkpoint)}\noverlap ${fixed(point.value, 3)}, by chance ${fixed(point.layer.rotation[since].left.chance_overlap[point.checkpoint]!, 3)}` })),
        ],
      }), open),
  };
}

/** The phases in their order, from random to collapsed. */
const phases = ["random_like", "bleeding_out", "bulk_spikes", "bulk_decay", "heavy_tailed", "rank_collapse"];
const shades = ["var(--other)", "var(--embedding)", "var(--attention)", "var(--stretched)", "var(--mlp)", "var(--convolution)"];
const phaseText = (phase: string): string => phase.replaceAll("_", " ");

/** How many layers are in each phase, checkpoint by checkpoint. */
export function phaseCourse(trajectory: Trajectory, front: () => number): FigureParts {
  const shown = phases.filter(phase => trajectory.summary[`phase_${phase}`]);
  const labels = trajectory.checkpoints.map((checkpoint, place) => (checkpoint.step === null ? String(place + 1) : String(checkpoint.step)));
  const data = shown.flatMap(phase => trajectory.summary[`phase_${phase}`]!.map((layers, checkpoint) => ({ phase, checkpoint, layers: layers ?? 0 })));
  return {
    name: "phases",
    title: "Phases over the training",
    caption: "How many layers are in each of the phases of Martin and Mahoney; layers too small to tell are in none.",
    legend: shown.map(phase => ({ text: phaseText(phase), color: shades[phases.indexOf(phase)]!, fill: true })),
    rows: () => [["phase", ...trajectory.checkpoints.map((_, checkpoint) => stepText(trajectory, checkpoint))], ...shown.map(phase => [phaseText(phase), ...trajectory.summary[`phase_${phase}`]!])],
    draw: width =>
      draw(width, {
        x: { type: "band", label: axisName(trajectory), domain: trajectory.checkpoints.map((_, checkpoint) => checkpoint), tickFormat: checkpoint => (labels.length * 44 < width || (checkpoint as number) % Math.ceil((labels.length * 44) / width) === 0 ? labels[checkpoint as number]! : "") },
        y: { label: "layers", grid: true },
        color: { type: "identity" },
        marks: [
          Plot.barY(data, { x: "checkpoint", y: "layers", fill: (point: (typeof data)[number]) => shades[phases.indexOf(point.phase)]!, fillOpacity: (point: (typeof data)[number]) => (point.checkpoint === front() ? 0.85 : 0.45), title: (point: (typeof data)[number]) => `${stepText(trajectory, point.checkpoint)}\n${phaseText(point.phase)}: ${point.layers} layers`, tip: true, order: shown }),
          Plot.ruleY([0]),
        ],
      }),
  };
}

const followed = 16;

/** The leading singular values of one layer over the training. */
export function leadingValues(trajectory: Trajectory, views: (View | undefined)[], front: () => number): FigureParts {
  const places = positions(trajectory);
  const columns = views.map(view => (view ? Array.from(view.eigenvalues.slice(-followed), lambda => Math.sqrt(lambda)).reverse() : []));
  const count = Math.max(...columns.map(column => column.length));
  const data = columns.flatMap((column, checkpoint) => column.map((sigma, rank) => ({ checkpoint, at: places[checkpoint]!, rank: rank + 1, sigma })));
  return {
    name: "leading-values",
    title: "Leading singular values",
    caption: `The ${count} largest singular values at each checkpoint, by rank: lines are ranks, so where two directions overtake each other their lines touch and part again.`,
    rows: () => [["rank", ...trajectory.checkpoints.map((_, checkpoint) => stepText(trajectory, checkpoint))], ...Array.from({ length: count }, (_, rank) => [rank + 1, ...columns.map(column => column[rank])])],
    draw: width =>
      draw(width, {
        x: timeAxis(trajectory),
        y: { label: "singular value", grid: true, nice: true },
        marks: [
          now(trajectory, front),
          Plot.lineY(data, { x: "at", y: "sigma", z: "rank", stroke: "var(--attention)", strokeOpacity: point => 1 - (0.7 * (point.rank - 1)) / Math.max(1, count - 1) }),
          Plot.dot(data, { x: "at", y: "sigma", r: 2, fill: "var(--attention)" }),
          Plot.tip(data, Plot.pointer({ x: "at", y: "sigma", title: (point: (typeof data)[number]) => `${stepText(trajectory, point.checkpoint)}\nrank ${point.rank}\nsingular value ${number(point.sigma)}` })),
        ],
      }),
  };
}

const rotationStyles = [
  { since: "since_previous", side: "left", text: "left, with the checkpoint before", color: "var(--attention)", dash: undefined },
  { since: "since_previous", side: "right", text: "right, with the checkpoint before", color: "var(--mlp)", dash: undefined },
  { since: "since_first", side: "left", text: "left, with the first", color: "var(--attention)", dash: "5 3" },
  { since: "since_first", side: "right", text: "right, with the first", color: "var(--mlp)", dash: "5 3" },
] as const;

/** How the leading subspaces of one layer turned, on both sides. */
export function layerRotation(trajectory: Trajectory, layer: TrackedLayer, front: () => number): FigureParts {
  const places = positions(trajectory);
  const curves = rotationStyles.map(style => ({ style, points: layer.rotation[style.since][style.side].overlap.flatMap((value, checkpoint) => (value === null ? [] : [{ at: places[checkpoint]!, checkpoint, value, style }])) }));
  const rank = layer.rotation.rank.find(value => value !== null) ?? trajectory.settings.top;
  return {
    name: "rotation",
    title: "Rotation of the leading subspaces",
    caption: `The share of the space of the ${rank} leading singular vectors that was in that of another checkpoint: 1 where nothing turned.`,
    legend: [...rotationStyles],
    rows: () => [["side", "with", ...trajectory.checkpoints.map((_, checkpoint) => stepText(trajectory, checkpoint))], ...rotationStyles.map(style => [style.side, style.since === "since_first" ? "first" : "before", ...layer.rotation[style.since][style.side].overlap])],
    draw: width =>
      draw(width, {
        x: timeAxis(trajectory),
        y: { label: "overlap", domain: [0, 1], grid: true },
        color: { type: "identity" },
        marks: [
          now(trajectory, front),
          ...curves.flatMap(({ style, points }) => [
            Plot.lineY(points, { x: "at", y: "value", stroke: style.color, strokeDasharray: style.dash, strokeWidth: 2 }),
            Plot.dot(points, { x: "at", y: "value", fill: style.color, r: 3 }),
          ]),
          Plot.tip(curves.flatMap(curve => curve.points), Plot.pointer({ x: "at", y: "value", title: (point: (typeof curves)[number]["points"][number]) => `${stepText(trajectory, point.checkpoint)}\n${point.style.text}\noverlap ${fixed(point.value, 3)}` })),
        ],
      }),
  };
}

/** A metric of one layer over the training. */
export function layerCourse(trajectory: Trajectory, results: Result[], layer: TrackedLayer, metric: string, front: () => number): FigureParts {
  const data = pointsOf(trajectory, [layer], one => courseOf(results, one, metric));
  const ends = [Math.min(...data.map(point => point.value)), Math.max(...data.map(point => point.value))] as const;
  return {
    name: `course-${metric}`,
    title: `${metric} over the training`,
    caption: "One mark a checkpoint.",
    rows: () => [[axisName(trajectory), metric], ...data.map(point => [point.at, point.value])],
    draw: width =>
      draw(width, {
        x: timeAxis(trajectory),
        y: ends[0] > 0 && ends[1] > 50 * ends[0] ? logAxis(metric, ends) : { label: metric, grid: true, nice: true },
        r: { type: "identity" },
        marks: [
          now(trajectory, front),
          Plot.lineY(data, { x: "at", y: "value", stroke: "var(--faint)", strokeWidth: 1.5 }),
          Plot.dot(data, { x: "at", y: "value", fill: familyColors[familyOf(layer.role)], r: point => (point.checkpoint === front() ? 6 : 3.5), title: point => `${stepText(trajectory, point.checkpoint)}\n${metric} ${number(point.value)}`, tip: true }),
        ],
      }),
  };
}
