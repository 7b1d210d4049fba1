// A trajectory, schema eigenscope/trajectory/1, as far as the page reads it; what was found at each checkpoint is a result of its own.

import { isAnalyzed, isWhole, valueOf, type Result, type Row } from "./result";

type Course = (number | null)[];

export interface SideRotation {
  overlap: Course;
  chance_overlap: Course;
  largest_angle: Course;
  leading_cosine: Course;
}

export interface TrackedLayer {
  name: string;
  part_of?: string;
  role: string;
  block: number | null;
  kind: string;
  rotation: { rank: Course; since_previous: { left: SideRotation; right: SideRotation }; since_first: { left: SideRotation; right: SideRotation } };
  /** The index of its row in the result of each checkpoint; null where that has none. */
  rows: (number | null)[];
}

export interface Trajectory {
  unit: string;
  settings: Record<string, unknown> & { top: number };
  checkpoints: { step: number | null; step_from: string; path: string; status: string; reason: string | null }[];
  layers: TrackedLayer[];
  rules: { rule: string; first_met: number | null; value: number | null }[];
  untracked: { name: string; reason: string }[];
  summary: Record<string, Course>;
}

/** The row of a layer at a checkpoint; undefined where it has none. */
export function rowAt(results: Result[], layer: TrackedLayer, checkpoint: number): Row | undefined {
  const place = layer.rows[checkpoint];
  return place === null || place === undefined ? undefined : results[checkpoint]!.layers[place];
}

/** How far the training was at each checkpoint, for an axis: the steps, or places where these are not known. */
export const positions = ({ checkpoints }: Trajectory): number[] =>
  checkpoints.every(checkpoint => checkpoint.step !== null) ? checkpoints.map(checkpoint => checkpoint.step!) : checkpoints.map((_, place) => place);

export const axisName = (trajectory: Trajectory): string => (trajectory.checkpoints.every(checkpoint => checkpoint.step !== null) ? trajectory.unit : "checkpoint");

/** What a checkpoint is called. */
export const stepText = (trajectory: Trajectory, checkpoint: number): string => {
  const { step, path } = trajectory.checkpoints[checkpoint]!;
  return step === null ? path.replace(/[/\\]+$/, "").split(/[/\\]/).at(-1)! : `${trajectory.unit} ${step}`;
};

/** The values of a metric over the checkpoints; null where it is undefined. */
export const courseOf = (results: Result[], layer: TrackedLayer, metric: string): Course =>
  layer.rows.map((_, checkpoint) => {
    const row = rowAt(results, layer, checkpoint);
    return (row && valueOf(row, metric)) ?? null;
  });

/** The layers that figures of the whole training show. */
export const countedLayers = (results: Result[], { layers }: Trajectory): TrackedLayer[] =>
  layers.filter(layer => layer.rows.some((_, checkpoint) => {
    const row = rowAt(results, layer, checkpoint);
    return row !== undefined && isAnalyzed(row) && isWhole(row);
  }));
