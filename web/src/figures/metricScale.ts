// A scale on which the values of a metric can be told apart: logarithmic where most of them are orders of magnitude apart; without the few that would press all others together.

import { number } from "../parts/format";
import { logAxis, type Plot } from "../parts/plot";

/** The ratio of the upper to the lower quartile from which on a scale is logarithmic. */
const wide = 20;

/** Values further out than this many times the middle half are not drawn, but told. */
const reach = 8;

const bins = 20;

export interface MetricScale<T> {
  shown: T[];
  axis: Plot.ScaleOptions;
  /** Borders of the bins of a histogram. */
  thresholds: number[];
  /** A sentence about what is not drawn; empty where everything is. */
  remark: string;
}

export function metricScale<T extends { value: number }>(metric: string, points: T[], nameOf: (point: T) => string): MetricScale<T> {
  const sorted = points.map(point => point.value).sort((a, b) => a - b);
  const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const isLog = sorted.length > 0 && sorted[0]! > 0 && high > wide * low;
  const span = reach * Math.max(high - low, 0.05 * Math.abs(high), 1e-12);
  const isNear = ({ value }: T): boolean => isLog || (value >= low - span && value <= high + span);
  const shown = points.filter(isNear);
  const beyond = points.filter(point => !isNear(point));
  const ends = [Math.min(...shown.map(point => point.value)), Math.max(...shown.map(point => point.value))] as const;
  return {
    shown,
    axis: isLog ? logAxis(metric, ends) : { label: metric, grid: true, nice: true },
    thresholds: Array.from({ length: bins + 1 }, (_, i) => (isLog ? ends[0] * (ends[1] / ends[0]) ** (i / bins) : ends[0] + ((ends[1] - ends[0]) * i) / bins)),
    remark: beyond.length === 0 ? "" : ` Not drawn, since far out: ${beyond.slice(0, 3).map(point => `${nameOf(point)} (${number(point.value)})`).join(", ")}${beyond.length > 3 ? ` and ${beyond.length - 3} more` : ""}.`,
  };
}

const quantile = (sorted: number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
