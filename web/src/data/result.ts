// The result of `analyze`, schema eigenscope/analysis/1, as far as the page reads it.

import type { Comparison } from "./comparison";
import type { Lesson, LessonTopic } from "./lesson";
import type { Merge } from "./merge";
import type { Trajectory } from "./trajectory";

export interface Row {
  id: number;
  name: string;
  part_of?: string;
  role: string;
  block: number | null;
  kind: string;
  dtype: string;
  rows: number | null;
  cols: number | null;
  /** Its axes as text, where it is no matrix. */
  shape?: string;
  status: "analyzed" | "skipped" | "failed" | "pending";
  reason: string | null;
  metrics: Record<string, number | null>;
  warnings: string[];
  phase?: string | null;
  tail_law?: string | null;
  verdict?: string | null;
  verdict_reason?: string | null;
  spectrum?: { route: string; floor: number; approximation?: Record<string, number> };
}

export interface Result {
  live?: boolean;
  tool: { name: string; version: string };
  model: { path: string; format: string; architecture: string | null; parameters: number; bytes: number; fingerprint: string };
  settings: Record<string, unknown>;
  layers: Row[];
  summary: Record<string, number | null>;
}

export interface Metric {
  name: string;
  title: string;
  formula: string;
  range: string;
  source: string;
  pitfall: string;
}

export interface VerdictRule {
  verdict: string;
  rule: string;
}

export interface PageData {
  metrics: Metric[];
  verdicts: VerdictRule[];
  results: Result[];
  /** What is between them; its layers are those of the results. */
  comparison?: Comparison;
  /** The training whose checkpoints the results are. */
  trajectory?: Trajectory;
  /** A merge, which has no results beside it. */
  merge?: Merge;
  /** A lesson, which has no results beside it: only in a file. */
  lesson?: Lesson;
  /** Which lessons there are, in their order. */
  lessons?: LessonTopic[];
}

/** The value of a metric; undefined where it has none. */
export const valueOf = (row: Row, metric: string): number | undefined => row.metrics[metric] ?? undefined;

export const isAnalyzed = (row: Row): boolean => row.status === "analyzed";

/** A whole counts in summaries; a part of a fused matrix and what was computed, not learned, do not. */
export const isWhole = (row: Row): boolean => row.part_of === undefined && !row.warnings.some(warning => warning.startsWith("fixed-transform"));

/** The names of the metrics that at least one row has a value of, in the order of the result. */
export function metricNames(results: Result[]): string[] {
  const names = new Set<string>();
  for (const row of results.flatMap(result => result.layers)) {
    for (const name of Object.keys(row.metrics)) {
      if (row.metrics[name] !== null) names.add(name);
    }
  }
  return [...names];
}

/** The last part of a path that tells models apart. */
export function modelName(result: Result, among: Result[]): string {
  const parts = result.model.path.replace(/[/\\]+$/, "").split(/[/\\]/);
  for (let length = 1; length <= parts.length; length++) {
    const name = parts.slice(-length).join("/");
    if (among.every(other => other === result || !other.model.path.replace(/[/\\]+$/, "").endsWith(name))) return name;
  }
  return result.model.path;
}
