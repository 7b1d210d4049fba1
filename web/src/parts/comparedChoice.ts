import { html } from "./html";
import { comparedModels, type Comparison } from "../data/comparison";
import { nameOf, type Page } from "./page";

/** Where several models are compared with the reference: the choice of one of them. */
export function comparedChoice(page: Page, comparison: Comparison, model: number, address: (model: number) => string, models = comparedModels(comparison)): HTMLElement | null {
  return comparison.models.length === 2 ? null : html`<div class="tools"><label class="choice">Compared model
    <select name="compared" onchange=${(event: Event) => (location.hash = address(Number((event.target as HTMLSelectElement).value)))}>
      ${models.map(one => html`<option value=${one} selected=${one === model}>${nameOf(page, one)}</option>`)}
    </select></label></div>`;
}
