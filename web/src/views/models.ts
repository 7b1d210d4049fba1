import { html } from "../parts/html";
import { matchLayers, type Match } from "../data/matching";
import { metricNames, valueOf, type Row } from "../data/result";
import type { View } from "../data/spectrum";
import { depthCurves, metricOverModels, modelDistributions, overlaidDensities, overlaidSingularValues } from "../figures/modelsFigures";
import { analyzeAll, analyzeOne } from "../parts/analysis";
import { figure } from "../parts/figure";
import { number, short } from "../parts/format";
import { metricChoice, metricLink } from "../parts/metricText";
import { absent, addressOf, nameOf, wholes, type Page } from "../parts/page";
import { csvText, saveFile } from "../parts/save";
import { sideBySide } from "../parts/sideBySide";
import { timeSlider } from "../parts/timeSlider";
import { outcome } from "../parts/verdict";

const compared = ["alpha", "alpha_weighted", "log_norm", "stable_rank", "effective_rank", "spectral_entropy", "D"];

const namesOf = (page: Page): string[] => page.results.map((_, model) => nameOf(page, model));

/** Several models side by side, layer by layer. */
export function modelsView(page: Page): HTMLElement {
  const place = html`<div></div>`;
  const show = (): void => place.replaceChildren(summaries(page, namesOf(page)), layers(page));
  show();
  return html`<div class="models"><h1>${page.results.length} models side by side</h1>
    ${analyzeAll(page, page.results.map((_, model) => model), show)}${place}</div>`;
}

function layers(page: Page): HTMLElement {
  const names = namesOf(page);
  const models = page.results.map(result => wholes(result.layers));
  const choices = metricNames(page.results);
  if (choices.length === 0) return absent("No layer is analysed, so there is nothing to draw.");
  const place = html`<div class="figures"></div>`;
  const matched = html`<div></div>`;
  let metric = choices.includes("alpha") ? "alpha" : choices[0]!;
  const show = (): void => {
    place.replaceChildren(figure(depthCurves(models, names, metric)).element, figure(modelDistributions(models, names, metric)).element);
    matched.replaceChildren(matchTable(page, names, metric));
  };
  show();
  return html`<section aria-labelledby="models-figures"><h2 id="models-figures">Layers</h2>
    <div class="tools">${metricChoice(page.source.data.metrics, choices, metric, name => { metric = name; show(); })}</div>
    ${place}${matched}</section>`;
}

function summaries(page: Page, names: string[]): HTMLElement {
  const { metrics } = page.source.data;
  const shown = compared.filter(name => page.results.some(result => typeof result.summary[name] === "number"));
  return html`<section aria-labelledby="models-summary"><h2 id="models-summary">Means over the layers</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Models"><table><thead><tr><th scope="col">model</th><th scope="col" class="number">parameters</th><th scope="col" class="number">layers</th>${shown.map(name => html`<th scope="col" class="number">${metricLink(metrics, name)}</th>`)}</tr></thead>
    <tbody>${page.results.map((result, model) => html`<tr><td><a href=${addressOf.overview(model)}>${names[model]}</a></td><td class="number">${short(result.model.parameters)}</td><td class="number">${result.summary.layers_analyzed}</td>${shown.map(name => html`<td class="number">${number(result.summary[name])}</td>`)}</tr>`)}</tbody></table></div></section>`;
}

function matchTable(page: Page, names: string[], metric: string): HTMLElement {
  const { by, matches } = matchLayers(page.results);
  const last = page.results.length - 1;
  const change = (match: Match): number | undefined => {
    const [a, b] = [match.rows[0], match.rows[last]].map(row => row && valueOf(row, metric));
    return a === undefined || b === undefined ? undefined : b - a;
  };
  const ordered = matches.map(match => ({ match, change: change(match) })).sort((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0));
  const rows = (): (string | number | null | undefined)[][] => [
    ["layer", ...names, "last less first"],
    ...ordered.map(one => [one.match.key, ...one.match.rows.map(row => row?.metrics[metric]), one.change]),
  ];
  return html`<section aria-labelledby="matched-title"><h2 id="matched-title">${metric}, layer by layer</h2>
    <p class="note">Matched by ${by}; the largest change from the first to the last model comes first. A layer that a model does not have is a dash. <button type="button" onclick=${() => saveFile(`models-${metric}.csv`, csvText(rows()), "text/csv")}>Save as CSV</button></p>
    <div class="scroll" tabindex="0" role="region" aria-label="Matched layers"><table><thead><tr><th scope="col">layer</th>${names.map(name => html`<th scope="col" class="number">${name}</th>`)}<th scope="col" class="number">last less first</th></tr></thead>
    <tbody>${ordered.map(one => html`<tr><td><a href=${addressOf.modelLayer(one.match.key)}>${one.match.key}</a></td>${one.match.rows.map(row => html`<td class="number">${row ? number(row.metrics[metric]) : "–"}</td>`)}<td class="number">${one.change === undefined ? "–" : `${one.change > 0 ? "+" : ""}${number(one.change)}`}</td></tr>`)}</tbody></table></div></section>`;
}

/** One layer in all models, with a slider over them. */
export function modelLayerView(page: Page, key: string): HTMLElement {
  const match = matchLayers(page.results).matches.find(one => one.key === key);
  if (!match) return absent("No model has such a layer.");
  const place = html`<div></div>`;
  const pending = match.rows.findIndex(row => row?.status === "pending");
  if (pending >= 0 && page.source.analyze) {
    place.append(analyzeOne(page, pending, page.results[pending]!.layers.indexOf(match.rows[pending]!)));
  } else {
    const views = match.rows.map((row, model) => (row ? page.source.view(model, page.results[model]!.layers.indexOf(row)) : undefined));
    if (views.some(view => view instanceof Promise)) void Promise.all(views).then(known => place.replaceChildren(overlaid(page, match, known)));
    else place.append(overlaid(page, match, views as (View | undefined)[]));
  }
  return html`<article class="layer"><nav class="breadcrumb" aria-label="Models"><a href=${addressOf.models}>All models</a></nav><h1>${key}</h1>${place}</article>`;
}

function overlaid(page: Page, match: Match, views: (View | undefined)[]): HTMLElement {
  const names = namesOf(page);
  const known = views.flatMap((view, model) => (view ? [model] : []));
  let front = known[0] ?? 0;
  const drawings = known.length === 0 ? [] : [
    figure(overlaidDensities(views, names, () => front)),
    figure(overlaidSingularValues(views, names, () => front)),
    ...["alpha", "stable_rank"].filter(metric => match.rows.some(row => row && valueOf(row, metric) !== undefined)).map(metric => figure(metricOverModels(match.rows, names, metric, () => front))),
  ];
  if (known.length === 0) return absent("The results hold no eigenvalues of this layer. analyze --report or --esd saves them.");
  const slider = timeSlider({
    id: "model",
    label: "Model",
    places: known.map(model => names[model]!),
    start: 0,
    read: place => readModel(names[known[place]!]!, match.rows[known[place]!]!),
    moved: place => {
      front = known[place]!;
      drawings.forEach(drawing => drawing.redraw());
    },
  });
  return html`<div>
    ${slider}
    <h2>Spectra over each other</h2>
    <div class="figures">${drawings.map(drawing => drawing.element)}</div>
    ${sideBySide(page, match.rows.map((row, model) => ({ name: names[model]!, model, row })))}</div>`;
}

function readModel(name: string, row: Row): Node[] {
  return [
    html`<strong class="big">${name}</strong>`,
    html`<span>alpha <strong data-value="alpha">${number(row.metrics.alpha)}</strong></span>`,
    html`<span>lambda_max <strong>${number(row.metrics.lambda_max)}</strong></span>`,
    html`<span>${outcome(row)}</span>`,
  ];
}
