import { html } from "./html";
import { comparedModels } from "../data/comparison";
import { isAnalyzed, isWhole, modelName, type PageData, type Result, type Row } from "../data/result";
import type { Source } from "../data/source";

/** What every view is given. */
export interface Page {
  source: Source;
  results: Result[];
  /** Shows the page again where a layer has become known. */
  refresh(): void;
}

export interface Route {
  view: "overview" | "layer" | "models" | "model-layer" | "compared" | "compared-layer" | "trajectory" | "tracked-layer" | "merge" | "merged-tensor" | "lessons" | "lesson" | "metrics" | "figures";
  model: number;
  /** The index of a row, or the name of a metric, layer or lesson. */
  item: string;
}

export const addressOf = {
  overview: (model: number): string => `#/model/${model}`,
  layer: (model: number, index: number): string => `#/model/${model}/layer/${index}`,
  models: "#/models",
  modelLayer: (name: string): string => `#/models/${encodeURIComponent(name)}`,
  compared: (model: number): string => `#/compared/${model}`,
  comparedLayer: (model: number, layer: number): string => `#/compared/${model}/layer/${layer}`,
  trajectory: "#/training",
  trackedLayer: (name: string): string => `#/training/${encodeURIComponent(name)}`,
  merge: "#/merge",
  mergedTensor: (index: number): string => `#/merge/tensor/${index}`,
  lessons: "#/lessons",
  lesson: (name: string): string => `#/lesson/${encodeURIComponent(name)}`,
  metrics: "#/metrics",
};

/** Without an address: the comparison, the training, the merge, the lesson, the model, or all of them; where there is none of these, the lessons. */
export function routeOf(hash: string, data: PageData): Route {
  const parts = hash.replace(/^#\/?/, "").split("/").map(decoded);
  const model = Number(parts[1] ?? 0) || 0;
  switch (parts[0]) {
    case "models":
      return { view: parts[1] === undefined ? "models" : "model-layer", model: 0, item: parts[1] ?? "" };
    case "compared":
      return { view: parts[2] === "layer" ? "compared-layer" : "compared", model, item: parts[3] ?? "" };
    case "training":
      return { view: parts[1] === undefined ? "trajectory" : "tracked-layer", model: 0, item: parts[1] ?? "" };
    case "merge":
      return { view: parts[1] === "tensor" ? "merged-tensor" : "merge", model: 0, item: parts[2] ?? "" };
    case "lessons":
      return { view: "lessons", model: 0, item: "" };
    case "lesson":
      return { view: "lesson", model: 0, item: parts[1] ?? "" };
    case "metrics":
      return { view: "metrics", model: 0, item: parts[1] ?? "" };
    case "figures":
      return { view: "figures", model: 0, item: "" };
    case "model":
      return parts[2] === "layer" ? { view: "layer", model, item: parts[3] ?? "" } : { view: "overview", model, item: "" };
    default:
      if (data.merge) return { view: "merge", model: 0, item: "" };
      if (data.lesson) return { view: "lesson", model: 0, item: data.lesson.lesson.name };
      if (data.results.length === 0) return { view: "lessons", model: 0, item: "" };
      if (data.trajectory) return { view: "trajectory", model: 0, item: "" };
      return data.comparison ? { view: "compared", model: comparedModels(data.comparison)[0]!, item: "" } : { view: data.results.length > 1 ? "models" : "overview", model: 0, item: "" };
  }
}

/** A part of an address; as it is where it was never encoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The layers that figures of a whole model show. */
export const wholes = (rows: Row[]): Row[] => rows.filter(row => isAnalyzed(row) && isWhole(row));

export const nameOf = (page: Page, model: number): string => modelName(page.results[model]!, page.results);

/** A sentence in place of what cannot be shown. */
export const absent = (text: string): HTMLElement => html`<p class="absent">${text}</p>`;
