// A comparison, schema eigenscope/comparison/1, as far as the page reads it, and its layers as rows of numbers.

import type { Result, Row } from "./result";
import type { View } from "./spectrum";

export interface Side {
  dimension: number;
  overlap: number;
  chance_overlap: number;
  diagonal: number;
  chance_diagonal: number;
  best_match: number;
  chance_best_match: number;
  grassmann: number;
  chordal: number;
  intruders: number;
  share_of_change: number | null;
  chance_share: number;
  angles: number[];
}

export interface Subspaces {
  k: number;
  looked_at: number;
  complete: boolean;
  cka: number | null;
  left: Side;
  right: Side;
}

export interface Distances {
  log: number | null;
  wasserstein: number;
  jensen_shannon: number | null;
  kolmogorov_smirnov: number;
}

/** What is between a layer of a compared model and its counterpart. */
export interface Pair {
  /** The position of the compared model; told where there are several. */
  model?: number;
  matched_by: string;
  element_order: string | null;
  /** Numbers of the change, its metrics among them. */
  change: (Record<string, number | null> & { status?: string; status_reason?: string | null }) | null;
  subspaces: Subspaces | null;
  distances: (Distances & { scale_free: Distances | null; moved_largest: number | null; moved_middle: number | null; moved_smallest: number | null; spectral_confidence: number | null }) | null;
  verdict: string;
  reason: string;
}

export interface Merge {
  layers?: number;
  rank_dispersion: number;
  overlap: number;
  cosine: number;
  interference: number;
  sign_conflict: number;
  advice: string;
}

export interface ComparedLayer extends Pair {
  name: string;
  role: string;
  block: number | null;
  /** The index of the row of each model in its result; null where it has none. */
  rows: (number | null)[];
  others?: Pair[];
  merge?: Merge;
}

export interface Distribution {
  count: number;
  lower: number;
  median: number;
  upper: number;
}

export interface Moved {
  pairs: number;
  p: number;
  rank_biserial: number;
  median_difference: number;
}

export interface Group {
  by: string;
  name: string;
  metrics: Record<string, { models: (Distribution | null)[]; moved: (Moved | null)[] }>;
}

export interface GroupTest {
  by: string;
  metric: string;
  model: number;
  test: string;
  p: number;
  cliffs_delta?: number;
  epsilon_squared?: number;
  groups: string[];
}

export interface DepthCurve {
  model: number;
  part: string;
  metric: string;
  points: { block: number; depth: number; median: number }[];
}

export interface PairSummary {
  model: number;
  adapter: boolean;
  by_depth: boolean;
  cosine: Distribution | null;
  relative_norm: Distribution | null;
  intruders: number;
  spectral_confidence: number | null;
  metrics: Record<string, { mean: number; reference_mean: number; layers: number; moved: Moved | null }>;
  verdict: string;
  reason: string;
}

export interface Comparison {
  models: Result["model"][];
  settings: Record<string, unknown>;
  reference: number;
  layers: ComparedLayer[];
  unmatched: { model: number; name: string; reason: string }[];
  groups: Group[];
  group_tests: GroupTest[];
  depth: DepthCurve[];
  summary: PairSummary & { layers_matched: number; layers_unmatched: number; others?: PairSummary[]; merge?: Merge };
}

/** What can be drawn of a pair; parts are undefined where they were not saved. */
export interface PairView {
  change?: View;
  /** |cos| between left singular vectors, those of the compared model in rows. */
  left?: number[][];
  right?: number[][];
}

/** The positions of the models that are compared with the reference. */
export const comparedModels = (comparison: Comparison): number[] => comparison.models.flatMap((_, model) => (model === comparison.reference ? [] : [model]));

export const summaryOf = ({ summary }: Comparison, model: number): PairSummary | undefined => [summary, ...(summary.others ?? [])].find(one => one.model === model);

/** What is between a model and the reference in a layer; undefined where the model has no such layer. */
export function pairOf(comparison: Comparison, layer: ComparedLayer, model: number): Pair | undefined {
  return comparison.models.length === 2 ? layer : [layer, ...(layer.others ?? [])].find(pair => pair.model === model);
}

/** A number of a pair of layers: A of the compared model, B of the reference. */
export interface PairNumber {
  name: string;
  /** What it is, in a few words. */
  meaning: string;
  value(pair: Pair, a: Row, b: Row): number | null | undefined;
}

const change = (name: string, meaning: string, field = name): PairNumber => ({ name, meaning, value: pair => pair.change?.[field] });
const distance = (name: keyof Distances, meaning: string): PairNumber[] => [
  { name: `spectra_${name}`, meaning, value: pair => pair.distances?.[name] },
  { name: `shape_${name}`, meaning: "the same by shape alone: each spectrum over its root mean square", value: pair => pair.distances?.scale_free?.[name] },
];

/** The numbers of the weights, D = A - B. */
export const changeNumbers: PairNumber[] = [
  change("cosine", "of the weights of A and B as vectors; 1 where one is a multiple of the other"),
  { name: "change_percent", meaning: "the Frobenius norm of D in percent of that of B", value: pair => (typeof pair.change?.relative_norm === "number" ? 100 * pair.change.relative_norm : null) },
  change("correlation", "of the elements of A and B"),
  change("scale", "the factor of B that comes nearest to A"),
  change("relative_residual", "the norm of A less that multiple of B, relative to the norm of A"),
  change("change_cosine", "the cosine of D and B: below 0 where B was partly undone"),
  change("change_kurtosis", "the fourth moment of the elements of D over their squared second: 3 for a normal law, 1.8 for rounding errors, more where few elements moved far"),
  change("sign_agreement", "the share of equal signs among elements that are zero in neither"),
  change("changed", "the share of elements that differ at all"),
  change("new_zeros", "the share of elements that are zero in A and not in B"),
  change("lost_zeros", "the share of elements that are zero in B and not in A"),
  change("energy_rank_90", "the fewest singular values of D with 90 % of its squared norm"),
  change("energy_rank_99", "the fewest with 99 %"),
  change("edge_rank", "those of D beyond the edge of a random matrix"),
  change("suggested_rank", "the rank that an adapter of D needs"),
  change("adapter_rank", "the rank of the adapter, where A is one"),
];

/** The numbers of the spectra. */
export const spectrumNumbers: PairNumber[] = [
  ...distance("log", "the root mean square difference of ln sigma, rank by rank"),
  ...distance("wasserstein", "Wasserstein-1: the mean distance by which singular values must be moved"),
  ...distance("jensen_shannon", "the Jensen-Shannon divergence of singular values as shares of their sum, in nats, up to ln 2"),
  ...distance("kolmogorov_smirnov", "the largest difference of the two distribution functions, 0 to 1"),
  { name: "moved_largest", meaning: "the median of |sigma_A / sigma_B - 1| over the largest tenth, rank by rank", value: pair => pair.distances?.moved_largest },
  { name: "moved_middle", meaning: "the same over what lies between", value: pair => pair.distances?.moved_middle },
  { name: "moved_smallest", meaning: "the same over the smallest tenth", value: pair => pair.distances?.moved_smallest },
  { name: "spectral_confidence", meaning: "the ratio of the largest singular values, turned to be below 1; it sees scale alone", value: pair => pair.distances?.spectral_confidence },
];

const side = (name: "left" | "right"): PairNumber[] => [
  { name: `${name}_overlap`, meaning: `the share of the ${name} subspace of A that lies in that of B`, value: pair => pair.subspaces?.[name].overlap },
  { name: `${name}_chance`, meaning: "the same for two random subspaces", value: pair => pair.subspaces?.[name].chance_overlap },
  { name: `${name}_intruders`, meaning: `leading ${name} vectors of A that no vector of B is like (cosine 0.5)`, value: pair => pair.subspaces?.[name].intruders },
];

/** The numbers of the subspaces. */
export const subspaceNumbers: PairNumber[] = [
  ...side("left"),
  ...side("right"),
  { name: "cka", meaning: "linear centred kernel alignment of the rows, 0 to 1", value: pair => pair.subspaces?.cka },
];

/** Metrics that are told of both layers. */
const beside = ["alpha", "stable_rank", "effective_rank"];

/** All numbers of a pair. */
export const pairNumbers: PairNumber[] = [
  ...changeNumbers,
  ...beside.flatMap((metric): PairNumber[] => [
    { name: `${metric}_A`, meaning: `${metric} of A`, value: (_, a) => a.metrics[metric] },
    { name: `${metric}_B`, meaning: `${metric} of B`, value: (_, __, b) => b.metrics[metric] },
  ]),
  ...subspaceNumbers,
  ...spectrumNumbers,
];

/** The columns that a table of layers has at first. */
export const firstNumbers = ["cosine", "change_percent", "energy_rank_99", "suggested_rank", "alpha_A", "alpha_B", "effective_rank_A", "effective_rank_B", "left_overlap", "left_chance", "left_intruders"];

/** A layer of a model and its counterpart, as a row whose metrics are the numbers of the pair; its id is the index of the layer. */
export function pairRows(comparison: Comparison, results: Result[], model: number): Row[] {
  return comparison.layers.flatMap((layer, id): Row[] => {
    const pair = pairOf(comparison, layer, model);
    const [a, b] = [rowOf(results, layer, model), rowOf(results, layer, comparison.reference)];
    return !pair || !a || !b ? [] : [{
      ...b,
      id,
      name: layer.name,
      part_of: a.part_of ?? b.part_of,
      role: layer.role,
      block: layer.block,
      status: "analyzed",
      reason: null,
      metrics: Object.fromEntries(pairNumbers.map(({ name, value }) => [name, value(pair, a, b) ?? null])),
      verdict: pair.verdict,
      verdict_reason: pair.reason,
    }];
  });
}

/** The row of a model in a layer; undefined where it has none. */
export function rowOf(results: Result[], layer: ComparedLayer, model: number): Row | undefined {
  const place = layer.rows[model];
  return place === null || place === undefined ? undefined : results[model]!.layers[place];
}

/** The change as a row, for figures of spectra; undefined where it was not analysed. */
export function changeRow(layer: ComparedLayer, pair: Pair, b: Row): Row | undefined {
  return pair.change?.status === "analyzed" ? { ...b, name: `the change of ${layer.name}`, metrics: pair.change as Record<string, number | null>, warnings: [] } : undefined;
}
