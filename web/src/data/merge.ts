// A merge, schema eigenscope/merge/1, as far as the page reads it, and its tensors as rows of numbers.

import { modelName, type Result, type Row } from "./result";

export type Numbers = Record<string, number | null>;

export interface MergedTensor {
  name: string;
  role: string | null;
  block: number | null;
  dtype: string;
  shape: number[];
  method: string;
  route: string;
  reason: string | null;
  note: string | null;
  metrics: Numbers;
  inputs: { model: number; metrics: Numbers }[];
  /** Between the changes of the models that are not the base: the upper triangle, row by row. */
  cosines: (number | null)[];
  before: Spectrum | null;
  after: Spectrum | null;
  warnings: string[];
}

export type Spectrum = Record<string, number | string | null> & { phase: string | null };

export interface Merge {
  tool: { name: string; version: string };
  settings: { merge_method: string; seed: number; rounding: string; spectra: string; recipe: string };
  models: Result["model"][];
  base: number | null;
  tensors: MergedTensor[];
  summary: Record<string, unknown> & { tensors: number; routes: Record<string, number>; relative_change: number | null; rounding_loss: number | null };
  warnings: string[];
}

/** A number of a tensor, and what it is. */
export interface NumberMeaning {
  name: string;
  meaning: string;
}

/** The numbers of every merged tensor. */
const common: NumberMeaning[] = [
  { name: "base_norm", meaning: "the Frobenius norm of the tensor of the base" },
  { name: "merged_norm", meaning: "the Frobenius norm of what is made, before it is rounded" },
  { name: "change_norm", meaning: "the Frobenius norm of the merged change: what is made less the base" },
  { name: "relative_change", meaning: "the norm of the merged change beside that of the base" },
  { name: "average_change_norm", meaning: "the norm of the plain average of the models' changes: what a merged change is compared with" },
  { name: "sign_conflicts", meaning: "of the elements that two models or more change, the share that they change in opposite directions" },
  { name: "rounding_error", meaning: "what rounding to the stored type loses beside what is made" },
  { name: "rounding_loss", meaning: "what rounding to the stored type loses beside the merged change: at 1 nothing of it is left" },
];

/** What methods add to the numbers of a tensor. */
const ofMethods: NumberMeaning[] = [
  { name: "average_norm", meaning: "the norm of the weighted average of the changes" },
  { name: "effective_rank", meaning: "the effective rank of what is decomposed, exp of the entropy of the singular values as shares of their sum (Roy and Vetterli 2007)" },
  { name: "rank", meaning: "how many singular values are above the guard of the rank" },
  { name: "directions", meaning: "how many singular directions the merged change has" },
  { name: "triplets", meaning: "how many singular triplets of all models together are merged" },
  { name: "common_rank", meaning: "how many directions are taken from the sum of all changes" },
  { name: "mean_singular_value", meaning: "what every singular value of the merged change is set to" },
  { name: "interference", meaning: "how far the singular vectors of the models are from orthogonal to each other" },
  { name: "shared_rank", meaning: "the dimension of the subspace that the models share" },
  { name: "dispersion", meaning: "how unlike the effective ranks of the changes are: the weighted standard deviation of their logarithms" },
  { name: "rank_variance", meaning: "the weighted variance of the effective ranks themselves" },
  { name: "overlap", meaning: "how far the leading singular subspaces of the changes coincide, 0 to 1" },
  { name: "averaged_share", meaning: "the share of the plain average in the blend: 1 for nothing else, 0 for none of it" },
  { name: "nuclear_gain", meaning: "what the merged core is multiplied by, so that the sum of singular values is not lost" },
  { name: "nuclear_gain_capped", meaning: "1 where that factor is at its limit" },
  { name: "cosine", meaning: "the cosine between the two models" },
  { name: "mean_cosine", meaning: "the mean cosine between the changes of the models" },
  { name: "ratio", meaning: "the share of the average of the models in the result; the rest is the base" },
  { name: "steps", meaning: "how many steps the mean on the sphere took" },
  { name: "share_reached", meaning: "the share of elements that reach the other model" },
];

/** The numbers of one model in a tensor. */
const ofModels: NumberMeaning[] = [
  { name: "change_norm", meaning: "the norm of the model's change from the base; of the weights themselves where there is no base" },
  { name: "relative_change", meaning: "the same beside the norm of the base" },
  { name: "cosine_to_merged", meaning: "the cosine of the model's change and the merged one" },
  { name: "weight", meaning: "the weight of the model" },
  { name: "kept_density", meaning: "the share of the elements of the change that is kept" },
  { name: "kept_energy", meaning: "the share of the squared norm of the change that is kept" },
  { name: "kept_rank", meaning: "how many singular values of the change are kept" },
  { name: "rescale_factor", meaning: "what the kept elements are multiplied by" },
  { name: "effective_rank", meaning: "the effective rank of the change, exp of the entropy of its singular values as shares of their sum (Roy and Vetterli 2007)" },
  { name: "energy_rank", meaning: "how many singular values hold the energy that is compared between models" },
  { name: "norm_in_basis", meaning: "the norm of the change in the common basis" },
  { name: "unique", meaning: "the share of the elements that this model alone changes" },
  { name: "shared", meaning: "the share of the elements that other models change too" },
  { name: "strength", meaning: "what the elements that this model alone changes are multiplied by" },
];

const unknown = "a number of the method";

export const meaningOf = (name: string): string => [...common, ...ofMethods].find(one => one.name === name)?.meaning ?? unknown;

export const modelMeaningOf = (name: string): string => ofModels.find(one => one.name === name)?.meaning ?? unknown;

/** The metrics that are told before and after. */
export const spectral = ["alpha", "stable_rank", "effective_rank", "hard_rank", "log_norm", "log_spectral_norm", "spectral_entropy"];

/** A, B, C, ... in the order of the models. */
export const letterOf = (model: number): string => (model < 26 ? String.fromCharCode(65 + model) : `M${model}`);

/** The last parts of the paths that tell the models apart. */
export function modelNames({ models }: Merge): string[] {
  const results = models.map(model => ({ model }) as Result);
  return results.map(result => modelName(result, results));
}

/** The models that something was taken from, beside the base. */
export const taskModels = (merge: Merge): number[] =>
  [...new Set(merge.tensors.filter(isMerged).flatMap(tensor => tensor.inputs.map(input => input.model)))].filter(model => model !== merge.base).sort((a, b) => a - b);

/** False for a tensor that was copied, if in another type. */
export const isMerged = (tensor: MergedTensor): boolean => tensor.method !== "copy";

/** A number of one model in a tensor; undefined where it has none. */
export const inputValue = (tensor: MergedTensor, model: number, name: string): number | undefined => tensor.inputs.find(input => input.model === model)?.metrics[name] ?? undefined;

/** A metric before or after; undefined where it has none. */
export function spectralValue(tensor: MergedTensor, side: "before" | "after", name: string): number | undefined {
  const value = tensor[side]?.[name];
  return typeof value === "number" ? value : undefined;
}

/** The cosine between the changes of two models in a tensor, with the product of their norms. */
export interface PairCosine {
  a: number;
  b: number;
  cosine: number;
  weight: number;
}

/** The cosines of a tensor that have a value. */
export function cosinesOf(tensor: MergedTensor, base: number | null): PairCosine[] {
  const inputs = tensor.inputs.filter(input => input.model !== base);
  const found: PairCosine[] = [];
  let place = 0;
  inputs.forEach((a, i) => inputs.slice(i + 1).forEach(b => {
    const cosine = tensor.cosines[place++];
    if (typeof cosine === "number") found.push({ a: a.model, b: b.model, cosine, weight: (a.metrics.change_norm ?? 0) * (b.metrics.change_norm ?? 0) });
  }));
  return found;
}

/** The cosines between the changes of the models over several tensors, each change taken as one vector; undefined where one does not change. */
export function wholeCosines(tensors: MergedTensor[], base: number | null): (a: number, b: number) => number | undefined {
  const squares = new Map<number, number>();
  const products = new Map<string, number>();
  const key = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`;
  for (const tensor of tensors) {
    for (const { model, metrics } of tensor.inputs) squares.set(model, (squares.get(model) ?? 0) + (metrics.change_norm ?? 0) ** 2);
    for (const { a, b, cosine, weight } of cosinesOf(tensor, base)) products.set(key(a, b), (products.get(key(a, b)) ?? 0) + cosine * weight);
  }
  return (a, b) => {
    const length = Math.sqrt((squares.get(a) ?? 0) * (squares.get(b) ?? 0));
    return length > 0 ? (products.get(key(a, b)) ?? 0) / length : undefined;
  };
}

/** Every number of a tensor by one name each: its own, those of each model behind the model's letter, spectra before and after. */
function numbersOf(tensor: MergedTensor): Numbers {
  return Object.fromEntries([
    ...Object.entries(tensor.metrics),
    ...tensor.inputs.flatMap(input => Object.entries(input.metrics).map(([name, value]) => [`${name}_${letterOf(input.model)}`, value] as const)),
    ...spectral.flatMap(name => (["before", "after"] as const).map(side => [`${name}_${side}`, spectralValue(tensor, side, name) ?? null] as const)),
  ]);
}

/** The names of the numbers that tensors have, and what each is. */
export function numbersWithValues(merge: Merge): NumberMeaning[] {
  const meanings = new Map<string, string>();
  const note = (name: string, value: number | null | undefined, meaning: string): void => void (typeof value === "number" && !meanings.has(name) && meanings.set(name, meaning));
  for (const tensor of merge.tensors) Object.entries(tensor.metrics).forEach(([name, value]) => note(name, value, meaningOf(name)));
  for (const tensor of merge.tensors) tensor.inputs.forEach(input => Object.entries(input.metrics).forEach(([name, value]) => note(`${name}_${letterOf(input.model)}`, value, `${letterOf(input.model)}: ${modelMeaningOf(name)}`)));
  for (const name of spectral) {
    for (const side of ["before", "after"] as const) merge.tensors.forEach(tensor => note(`${name}_${side}`, spectralValue(tensor, side, name), `${name} ${side === "before" ? "of the base, or the first model" : "of what was made, as it is stored"}`));
  }
  return [...meanings].map(([name, meaning]) => ({ name, meaning }));
}

/** What a route is called. */
export const routeText = (route: string): string => route.replaceAll("_", " ");

/** The tensors as rows whose outcome is the route; the id is the index of the tensor. */
export const tensorRows = ({ tensors }: Merge): Row[] =>
  tensors.map((tensor, id): Row => ({
    id,
    name: tensor.name,
    role: tensor.role ?? "other",
    block: tensor.block,
    kind: tensor.method,
    dtype: tensor.dtype,
    rows: tensor.shape[0] ?? 1,
    cols: tensor.shape.slice(1).reduce((product, size) => product * size, 1),
    shape: tensor.shape.length === 0 ? "scalar" : tensor.shape.join(" × "),
    status: "analyzed",
    reason: null,
    metrics: numbersOf(tensor),
    warnings: tensor.warnings,
    verdict: routeText(tensor.route),
    verdict_reason: [tensor.reason, tensor.note, ...tensor.warnings].filter(Boolean).join("; ") || null,
  }));

/** A warning, where it is first given, and how many tensors have one like it. */
export interface CountedWarning {
  text: string;
  tensor: number;
  tensors: number;
}

/** Warnings of tensors, those that differ in numbers alone told once. */
export function countedWarnings(tensors: MergedTensor[]): CountedWarning[] {
  const counted = new Map<string, CountedWarning>();
  tensors.forEach((tensor, place) => tensor.warnings.forEach(text => {
    const kind = text.replace(/(?<![\p{L}\p{N}_])\d[\d.,]*/gu, "#");
    const known = counted.get(kind);
    if (known) known.tensors++;
    else counted.set(kind, { text, tensor: place, tensors: 1 });
  }));
  return [...counted.values()];
}
