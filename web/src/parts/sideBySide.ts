import { html } from "./html";
import { metricNames, type Row } from "../data/result";
import { number } from "./format";
import { metricLink } from "./metricText";
import { addressOf, type Page } from "./page";
import { outcome } from "./verdict";

/** All metrics of one layer in several models, each of which leads to the layer there. */
export function sideBySide(page: Page, columns: { name: string; model: number; row: Row | undefined }[]): HTMLElement {
  const metrics = metricNames([{ ...page.results[0]!, layers: columns.flatMap(({ row }) => row ?? []) }]);
  return html`<section aria-labelledby="side-title"><h2 id="side-title">All metrics side by side</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: all metrics side by side"><table><thead><tr><th scope="col">metric</th>${columns.map(({ name, model, row }) => html`<th scope="col" class="number">${row ? html`<a href=${addressOf.layer(model, page.results[model]!.layers.indexOf(row))}>${name}</a>` : name}</th>`)}</tr></thead>
    <tbody><tr><td>verdict</td>${columns.map(({ row }) => html`<td class="number">${row ? outcome(row) : "–"}</td>`)}</tr>
    ${metrics.map(metric => html`<tr><td>${metricLink(page.source.data.metrics, metric)}</td>${columns.map(({ row }) => html`<td class="number">${number(row?.metrics[metric])}</td>`)}</tr>`)}</tbody></table></div></section>`;
}
