import { html } from "./html";
import { isAnalyzed, isWhole, modelName, type Result, type Row } from "../data/result";
import type { Source } from "../data/source";

/** What every view is given. */
export interface Page {
  source: Source;
  results: Result[];
  /** Shows the page again where a layer has become known. */
  refresh(): void;
}

export interface Route {
  view: "overview" | "layer" | "models" | "model-layer" | "metrics" | "figures";
  model: number;
  /** The index of a row, or the name of a metric or layer. */
  item: string;
}

export const addressOf = {
  overview: (model: number): string => `#/model/${model}`,
  layer: (model: number, index: number): string => `#/model/${model}/layer/${index}`,
  models: "#/models",
  modelLayer: (name: string): string => `#/models/${encodeURIComponent(name)}`,
  metrics: "#/metrics",
};

/** Without an address: the model, or all of them. */
export function routeOf(hash: string, models: number): Route {
  const parts = hash.replace(/^#\/?/, "").split("/").map(part => decodeURIComponent(part));
  const model = Number(parts[1] ?? 0) || 0;
  switch (parts[0]) {
    case "models":
      return { view: parts[1] === undefined ? "models" : "model-layer", model: 0, item: parts[1] ?? "" };
    case "metrics":
      return { view: "metrics", model: 0, item: parts[1] ?? "" };
    case "figures":
      return { view: "figures", model: 0, item: "" };
    case "model":
      return parts[2] === "layer" ? { view: "layer", model, item: parts[3] ?? "" } : { view: "overview", model, item: "" };
    default:
      return { view: models > 1 ? "models" : "overview", model: 0, item: "" };
  }
}

/** The layers that figures of a whole model show. */
export const wholes = (rows: Row[]): Row[] => rows.filter(row => isAnalyzed(row) && isWhole(row));

export const nameOf = (page: Page, model: number): string => modelName(page.results[model]!, page.results);

/** A sentence in place of what cannot be shown. */
export const absent = (text: string): HTMLElement => html`<p class="absent">${text}</p>`;
