import { html } from "../parts/html";
import { isAnalyzed, metricNames, valueOf, type Result, type Row } from "../data/result";
import { correlationFlow, distributions, fitQuality, heatMap, histogram } from "../figures/overviewFigures";
import { analyzeAll } from "../parts/analysis";
import { figure } from "../parts/figure";
import { bytes, count, fixed, number, percent, short } from "../parts/format";
import { LayerTable } from "../parts/layerTable";
import { metricChoice, metricLink, metricTitle } from "../parts/metricText";
import { absent, addressOf, nameOf, wholes, type Page } from "../parts/page";
import { verdictBar } from "../parts/verdictBar";

const cards = ["alpha", "alpha_weighted", "log_norm", "stable_rank", "effective_rank", "spectral_entropy", "rank10_share", "D"];

/** What a model is, and how its layers compare. */
export function overview(page: Page, model: number): HTMLElement {
  const result = page.results[model]!;
  const table = new LayerTable({
    metrics: page.source.data.metrics,
    names: () => metricNames([result]),
    rows: [...result.layers],
    address: row => addressOf.layer(model, result.layers.indexOf(row)),
    view: row => page.source.view(model, result.layers.indexOf(row)),
  });
  const known = html`<div></div>`;
  const show = (): void => {
    const shown = wholes(result.layers);
    known.replaceChildren(html`<div>${facts(result)}${shown.length === 0 ? absent("No layer is analysed, so there is nothing to draw.") : [verdictBar(wholes(result.layers), table, "What the spectra show, not how good the model is: no data was seen. Choose one to list its layers."), summary(page, result), figures(page, model, shown)]}</div>`);
  };
  show();
  return html`<div class="overview">
    <h1>${nameOf(page, model)}</h1>
    ${page.source.data.comparison ? html`<p class="note">The layers that have a counterpart in the comparison.</p>` : null}
    ${analyzeAll(page, [model], () => { show(); table.refresh(); })}
    ${known}
    ${table.element}
  </div>`;
}

function facts(result: Result): HTMLElement {
  const { model, summary, settings } = result;
  const chosen = Object.entries(settings).filter(([, value]) => value !== null && value !== false && value !== 0 && !(Array.isArray(value) && value.length === 0));
  return html`<div class="facts">
    <p>${model.architecture ? `${model.architecture}, ` : ""}${model.format}, ${short(model.parameters)} parameters in ${bytes(model.bytes)}. ${summary.layers_analyzed} layers analysed, ${summary.layers_skipped} tensors skipped${summary.layers_failed ? html`<strong>, ${summary.layers_failed} failed</strong>` : ""}.</p>
    <details class="settings"><summary>Settings</summary><dl>
      <dt>path</dt><dd>${model.path}</dd><dt>fingerprint</dt><dd class="long">${model.fingerprint}</dd>
      ${chosen.map(([name, value]) => [html`<dt>${name}</dt>`, html`<dd>${String(value)}</dd>`])}
    </dl></details>
  </div>`;
}

function summary(page: Page, result: Result): HTMLElement | null {
  const { metrics } = page.source.data;
  const shown = cards.filter(name => typeof result.summary[name] === "number");
  return shown.length === 0 ? null : html`<section aria-labelledby="summary-title"><h2 id="summary-title">Means over the layers</h2>
    <div class="cards">${shown.map(name => html`<div class="card">
      <span class="value">${name === "rank10_share" ? percent(result.summary[name]!) : number(result.summary[name])}</span>
      <span>${metricLink(metrics, name)} ${metricTitle(metrics, name)}</span>
      <span class="note">${count(result.summary[`${name}_layers`] ?? 0)} layers</span>
    </div>`)}</div>
    ${depth(result)}</section>`;
}

function depth({ summary }: Result): HTMLElement | null {
  return typeof summary.alpha_early !== "number" ? null
    : html`<p class="note">alpha over depth: ${number(summary.alpha_early)} in the first third of the blocks, ${number(summary.alpha_middle)} in the middle, ${number(summary.alpha_late)} in the last; rank correlation with depth ${fixed(summary.alpha_depth_rho ?? NaN, 2)}.</p>`;
}

function figures(page: Page, model: number, rows: Row[]): HTMLElement {
  const { metrics } = page.source.data;
  const result = page.results[model]!;
  const names = metricNames([result]).filter(name => rows.some(row => valueOf(row, name) !== undefined));
  const flow = html`<div class="figures wide"></div>`;
  const place = html`<div class="figures"></div>`;
  const withParts = html`<input type="checkbox" onchange=${() => show()} />` as HTMLInputElement;
  const hasParts = result.layers.some(row => row.part_of !== undefined && isAnalyzed(row));
  let metric = names.includes("alpha") ? "alpha" : (names[0] ?? "norm");
  const open = (row: Row): void => void (location.hash = addressOf.layer(model, result.layers.indexOf(row)));
  const show = (): void => {
    const chosen = withParts.checked ? replaceByParts(result.layers) : rows;
    flow.replaceChildren(figure(correlationFlow(chosen, metric, open)).element);
    place.replaceChildren(
      figure(distributions(chosen, metric)).element,
      ...(chosen.some(row => row.block !== null) ? [figure(heatMap(chosen, metric)).element] : []),
      figure(histogram(chosen, metric)).element,
      figure(fitQuality(chosen, open)).element,
    );
  };
  show();
  return html`<section aria-labelledby="figures-title"><h2 id="figures-title">Across the layers</h2>
    <div class="tools">
      ${metricChoice(metrics, names, metric, name => { metric = name; show(); })}
      ${hasParts ? html`<label class="check">${withParts} q, k, v and other parts instead of the matrices that hold them</label>` : null}
    </div>
    ${flow}${place}</section>`;
}

/** The parts of a fused matrix in its place. */
function replaceByParts(rows: Row[]): Row[] {
  const analyzed = rows.filter(isAnalyzed);
  const fused = new Set(analyzed.map(row => row.part_of));
  return analyzed.filter(row => !fused.has(row.name) && !row.warnings.some(warning => warning.startsWith("fixed-transform")));
}
