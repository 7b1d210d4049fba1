import { html } from "./html";
import type { Row } from "../data/result";
import type { LayerTable } from "./layerTable";
import { verdictChip } from "./verdict";

/** How many rows have each verdict; a choice of one shows these in a table. */
export function verdictBar(rows: Row[], table: LayerTable, note: string, title = "Verdicts"): HTMLElement {
  const counts = new Map<string, number>();
  rows.forEach(row => row.verdict && counts.set(row.verdict, (counts.get(row.verdict) ?? 0) + 1));
  const all = [...counts.values()].reduce((sum, value) => sum + value, 0);
  const entries = [...counts].sort((a, b) => b[1] - a[1]);
  return html`<section aria-labelledby="verdict-title"><h2 id="verdict-title">${title}</h2>
    <p class="note">${note}</p>
    <div class="verdicts">${entries.map(([verdict, layers]) => html`<button type="button" style=${{ flexGrow: layers }} data-verdict=${verdict} onclick=${() => {
      table.choose(verdict);
      table.element.scrollIntoView({ block: "start" });
    }}>${verdictChip(verdict)}<span class="share">${layers} of ${all}</span></button>`)}</div></section>`;
}
