import { html } from "../parts/html";
import { comparedModels, firstNumbers, pairNumbers, pairRows, summaryOf, type Comparison, type Moved, type PairSummary } from "../data/comparison";
import { isWhole, type Metric, type Row } from "../data/result";
import { depthCourse, groupQuartiles, labelOf } from "../figures/comparisonFigures";
import { correlationFlow, distributions, heatMap } from "../figures/overviewFigures";
import { comparedChoice } from "../parts/comparedChoice";
import { figure } from "../parts/figure";
import { bytes, count, fixed, number, short } from "../parts/format";
import { LayerTable } from "../parts/layerTable";
import { metricChoice, metricLink } from "../parts/metricText";
import { absent, addressOf, nameOf, type Page } from "../parts/page";
import { verdictChip } from "../parts/verdict";
import { verdictBar } from "../parts/verdictBar";

/** A model beside the reference: what became of it, in which layers, and where they lie. */
export function comparisonView(page: Page, comparison: Comparison, model: number): HTMLElement {
  const summary = summaryOf(comparison, model);
  if (!summary) return absent("This model is not compared with another.");
  const metrics = pairNumbers.map(({ name, meaning }): Metric => ({ name, title: meaning, formula: "", range: "", source: "", pitfall: "" }));
  const rows = pairRows(comparison, page.results, model);
  const counted = rows.filter(isWhole);
  const table = new LayerTable({
    metrics,
    names: () => metrics.map(metric => metric.name).filter(name => rows.some(row => typeof row.metrics[name] === "number")),
    rows: [...rows],
    address: row => addressOf.comparedLayer(model, row.id),
    view: row => page.source.pair!(model, row.id)?.change,
    shown: firstNumbers,
    spectrum: "change D",
  });
  return html`<div class="overview">
    <h1>${nameOf(page, model)} beside ${nameOf(page, comparison.reference)}</h1>
    ${comparedChoice(page, comparison, model, addressOf.compared)}
    <p class="judged">${verdictChip(summary.verdict)} ${summary.reason}.</p>
    ${models(page, comparison, model)}
    ${rows.length === 0 ? absent("No layer has a counterpart, so there is nothing to draw.") : [
      verdictBar(counted, table, "What became of the weights of B on the way to A. Choose one to list its layers."),
      cards(summary, counted),
      moved(page, summary),
      acrossLayers(model, metrics, counted),
      groups(page, comparison),
      merge(comparison),
      table.element,
    ]}
    ${unmatched(page, comparison)}
  </div>`;
}

function models(page: Page, comparison: Comparison, chosen: number): HTMLElement {
  const note = (model: number): string => {
    if (model === comparison.reference) return "the reference";
    const summary = summaryOf(comparison, model);
    return ["compared", summary?.adapter ? "an adapter, taken on top of B" : "", summary?.by_depth ? "paired by relative depth, since the numbers of blocks differ" : ""].filter(Boolean).join("; ");
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Models"><table><thead><tr><th scope="col"></th><th scope="col">model</th><th scope="col">format</th><th scope="col" class="number">parameters</th><th scope="col" class="number">size</th><th scope="col"></th></tr></thead>
    <tbody>${comparison.models.map((model, place) => html`<tr><td><strong>${place === chosen ? "A" : place === comparison.reference ? "B" : ""}</strong></td><td><a href=${addressOf.overview(place)}>${nameOf(page, place)}</a></td><td>${model.architecture ? `${model.architecture}, ` : ""}${model.format}</td><td class="number">${short(model.parameters)}</td><td class="number">${bytes(model.bytes)}</td><td>${note(place)}</td></tr>`)}</tbody></table></div>`;
}

const layerCount = (layers: number): string => `${layers} layer${layers === 1 ? "" : "s"}`;

function cards(summary: PairSummary, rows: Row[]): HTMLElement {
  const card = (value: string, text: string, note: string): HTMLElement => html`<div class="card"><span class="value">${value}</span><span>${text}</span><span class="note">${note}</span></div>`;
  const { cosine, relative_norm: norm, spectral_confidence: confidence } = summary;
  return html`<section aria-labelledby="change-title"><h2 id="change-title">The change</h2><div class="cards">
    ${cosine ? card(fixed(cosine.median, 4), "median cosine of the weights", `middle half ${fixed(cosine.lower, 4)} to ${fixed(cosine.upper, 4)}, ${layerCount(cosine.count)}`) : null}
    ${norm ? card(`${number(100 * norm.median)} %`, "median size of the change, of the norm", `middle half ${number(100 * norm.lower)} to ${number(100 * norm.upper)} %`) : null}
    ${card(count(summary.intruders), "intruder dimensions", `leading left singular vectors without a counterpart, in ${layerCount(rows.length)}`)}
    ${confidence === null ? null : card(fixed(confidence, 3), "spectral confidence", "mean ratio of the largest singular values; it sees scale alone")}
  </div></section>`;
}

const level = 0.05;

/** Whether a paired test saw a move, and where to. */
const direction = (test: Moved | null): string => (!test ? "moved in none" : test.p >= level ? "no clear move" : test.rank_biserial > 0 ? "higher" : "lower");

function moved(page: Page, summary: PairSummary): HTMLElement {
  return html`<section aria-labelledby="moved-title"><h2 id="moved-title">Means over the layers</h2>
    <p class="note">p is the chance of so one-sided a move if up and down were equally likely (Wilcoxon signed-rank test over pairs of layers); effect is the rank-biserial correlation, -1 where all went down, 1 where all went up.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: means over the layers"><table data-table="moved"><thead><tr><th scope="col">metric</th><th scope="col" class="number">A</th><th scope="col" class="number">B</th><th scope="col" class="number">median difference</th><th scope="col" class="number">p</th><th scope="col" class="number">effect</th><th scope="col" class="number">layers</th><th scope="col">A is</th></tr></thead>
    <tbody>${Object.entries(summary.metrics).map(([name, metric]) => html`<tr><td>${metricLink(page.source.data.metrics, name)}</td><td class="number">${number(metric.mean)}</td><td class="number">${number(metric.reference_mean)}</td><td class="number">${number(metric.moved?.median_difference)}</td><td class="number">${number(metric.moved?.p)}</td><td class="number">${metric.moved ? fixed(metric.moved.rank_biserial, 2) : "–"}</td><td class="number">${metric.layers}</td><td>${direction(metric.moved)}</td></tr>`)}</tbody></table></div></section>`;
}

/** The change of the weights, and any other number, over the layers. */
function acrossLayers(model: number, metrics: Metric[], rows: Row[]): HTMLElement {
  const open = (row: Row): void => void (location.hash = addressOf.comparedLayer(model, row.id));
  const has = (name: string): boolean => rows.some(row => typeof row.metrics[name] === "number");
  const fixedOnes = ["cosine", "change_percent"].filter(has);
  const names = metrics.map(metric => metric.name).filter(name => has(name) && !fixedOnes.includes(name));
  let metric = names.includes("left_overlap") ? "left_overlap" : names.includes("alpha_A") ? "alpha_A" : (names[0] ?? "");
  const place = html`<div></div>`;
  const show = (): void => place.replaceChildren(
    html`<div class="figures wide">${figure(correlationFlow(rows, metric, open)).element}</div>`,
    html`<div class="figures">${figure(distributions(rows, metric)).element}${rows.some(row => row.block !== null) ? figure(heatMap(rows, metric)).element : null}</div>`,
  );
  if (names.length > 0) show();
  return html`<section aria-labelledby="across-title"><h2 id="across-title">Across the layers</h2>
    <div class="figures">${fixedOnes.map(name => figure(correlationFlow(rows, name, open)).element)}</div>
    ${names.length === 0 ? null : html`<div class="tools">${metricChoice(metrics, names, metric, name => { metric = name; show(); })}</div>`}
    ${place}</section>`;
}

function groups(page: Page, comparison: Comparison): HTMLElement | null {
  const names = comparison.models.map((_, model) => nameOf(page, model));
  const metrics = [...new Set(comparison.groups.flatMap(group => Object.keys(group.metrics)))];
  if (metrics.length === 0) return null;
  const parts = [...new Set(comparison.depth.map(curve => curve.part))];
  let metric = metrics[0]!;
  const place = html`<div></div>`;
  const show = (): void => place.replaceChildren(
    html`<div class="figures wide">${figure(groupQuartiles(comparison.groups, names, metric)).element}</div>`,
    html`<div class="figures">${parts.filter(part => comparison.depth.some(curve => curve.part === part && curve.metric === metric)).map(part => figure(depthCourse(comparison.depth, names, part, metric)).element)}</div>`,
    groupTable(comparison, names, metric),
    differences(comparison, names, metric),
  );
  show();
  return html`<section aria-labelledby="groups-title"><h2 id="groups-title">Groups of layers</h2>
    <div class="tools">${metricChoice(page.source.data.metrics, metrics, metric, name => { metric = name; show(); })}</div>
    ${place}</section>`;
}

function groupTable(comparison: Comparison, names: string[], metric: string): HTMLElement {
  const others = comparedModels(comparison);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table: groups"><table><thead><tr><th scope="col">median of group</th>${names.map(name => html`<th scope="col" class="number">${name}</th>`)}${others.map(model => [html`<th scope="col" class="number">p</th>`, html`<th scope="col" class="number">effect</th>`, html`<th scope="col">${names[model]} is</th>`])}</tr></thead>
    <tbody>${comparison.groups.map(group => {
      const found = group.metrics[metric];
      return html`<tr><td>${labelOf(group)}</td>${names.map((_, model) => html`<td class="number">${number(found?.models[model]?.median)}</td>`)}${others.map(model => {
        const test = found?.moved[model] ?? null;
        return [html`<td class="number">${number(test?.p)}</td>`, html`<td class="number">${test ? fixed(test.rank_biserial, 2) : "–"}</td>`, html`<td>${direction(test)}</td>`];
      })}</tr>`;
    })}</tbody></table></div>`;
}

/** Whether groups differ within a model. */
function differences(comparison: Comparison, names: string[], metric: string): HTMLElement {
  const tests = comparison.group_tests.filter(test => test.metric === metric);
  return html`<ul class="said">${tests.map(test => html`<li>${names[test.model]}: ${metric} ${test.p < level ? "differs" : "does not clearly differ"} between ${test.groups.join(", ")} (${test.test === "rank_sum" ? "rank-sum test" : "Kruskal-Wallis test"}, p ${number(test.p)}, ${test.cliffs_delta === undefined ? `epsilon² ${fixed(test.epsilon_squared!, 2)}` : `Cliff's delta ${fixed(test.cliffs_delta, 2)}`})</li>`)}</ul>`;
}

function merge({ summary }: Comparison): HTMLElement | null {
  const outlook = summary.merge;
  return !outlook ? null : html`<section aria-labelledby="merge-title"><h2 id="merge-title">If the models were merged</h2>
    <p>${outlook.advice[0]!.toUpperCase() + outlook.advice.slice(1)}.</p>
    <p class="note">Medians over ${layerCount(outlook.layers!)}: overlap of the changes ${fixed(outlook.overlap, 3)}, cosine ${fixed(outlook.cosine, 3)}, interference ${fixed(outlook.interference, 3)}, spread of their effective ranks ${fixed(outlook.rank_dispersion, 3)}, elements pulled both ways ${number(100 * outlook.sign_conflict)} %.</p></section>`;
}

function unmatched(page: Page, comparison: Comparison): HTMLElement | null {
  const { unmatched: layers } = comparison;
  return layers.length === 0 ? null : html`<section aria-labelledby="unmatched-title"><h2 id="unmatched-title">Layers without a counterpart</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: layers without a counterpart"><table data-table="unmatched"><thead><tr><th scope="col">model</th><th scope="col">layer</th><th scope="col">why</th></tr></thead>
    <tbody>${layers.map(layer => html`<tr><td>${nameOf(page, layer.model)}</td><td>${layer.name}</td><td>${layer.reason}</td></tr>`)}</tbody></table></div></section>`;
}
