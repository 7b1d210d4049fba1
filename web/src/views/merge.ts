import { html } from "../parts/html";
import { countedWarnings, inputValue, isMerged, letterOf, modelNames, numbersWithValues, routeText, tensorRows, type Merge, type MergedTensor } from "../data/merge";
import type { Metric, Row } from "../data/result";
import { beforeAfter, changeByBlock, comparedMetrics, cosineByBlock, cosineMatrix, hasBlocks, hasChangeByBlock, hasCosines } from "../figures/mergeFigures";
import { correlationFlow, distributions, heatMap } from "../figures/overviewFigures";
import { figure, type FigureParts } from "../parts/figure";
import { bytes, fixed, number, percent, short } from "../parts/format";
import { LayerTable } from "../parts/layerTable";
import { metricChoice } from "../parts/metricText";
import { absent, addressOf } from "../parts/page";
import { verdictBar } from "../parts/verdictBar";

const shownNumbers = ["relative_change", "sign_conflicts", "rounding_loss", "alpha_before", "alpha_after", "stable_rank_before", "stable_rank_after"];
const perTensor = ["sign_conflicts", "rounding_loss"];
const compared = ["alpha", "stable_rank", "effective_rank", "log_norm"];

/** What a merge made of its models, in which tensors, and what its spectra were before and are after. */
export function mergeView(merge: Merge): HTMLElement {
  const rows = tensorRows(merge);
  const merged = mergedRows(merge);
  const metrics = numbersWithValues(merge).map(({ name, meaning }): Metric => ({ name, title: meaning, formula: "", range: "", source: "", pitfall: "" }));
  const table = new LayerTable({
    metrics,
    names: () => metrics.map(metric => metric.name),
    rows: [...rows],
    address: row => addressOf.mergedTensor(row.id),
    shown: shownNumbers,
    subject: { title: "Tensors", row: "tensor", rows: "tensors" },
    outcome: "route",
  });
  return html`<div class="overview">
    <h1>${merge.settings.merge_method} of ${modelNames(merge).filter((_, model) => model !== merge.base).join(", ") || "one model"}</h1>
    ${warnings(merge)}
    ${sentences(merge).map(sentence => html`<p>${sentence}</p>`)}
    ${models(merge)}
    ${settings(merge)}
    <p class="note" data-note="evidence">${evidence}</p>
    ${rows.length === 0 ? absent("No tensor was made, so there is nothing to draw.") : [
      verdictBar(rows, table, "What was done to each tensor. Choose one to list its tensors.", "Routes"),
      merged.length === 0 ? absent("Every tensor was copied as it is, so there is no change to draw.") : [
        change(merge),
        agreement(merge),
        losses(merged),
      ],
      spectra(merge),
      merged.length === 0 ? null : across(metrics, merged),
      table.element,
    ]}
  </div>`;
}

/** What is known of merging in general, whatever this merge shows. */
const evidence = "None of this says whether the merged model is good: no data was seen. In a published comparison plain task arithmetic was the only method that reliably improved on the base for large language models (arXiv 2511.21437); the evidence for merging by spectra is mostly from CLIP-ViT and from LoRA of T5. Evaluate before use.";

/** The rows of tensors that were merged, not copied. */
export const mergedRows = (merge: Merge): Row[] => tensorRows(merge).filter(row => isMerged(merge.tensors[row.id]!));

const open = (row: Row): void => void (location.hash = addressOf.mergedTensor(row.id));

function warnings(merge: Merge): HTMLElement | null {
  const counted = countedWarnings(merge.tensors);
  return merge.warnings.length + counted.length === 0 ? null : html`<ul class="warnings">
    ${merge.warnings.map(text => html`<li>${text}</li>`)}
    ${counted.map(({ text, tensor, tensors }) => html`<li>${text} (<a href=${addressOf.mergedTensor(tensor)}>${merge.tensors[tensor]!.name}</a>${tensors > 1 ? ` and ${tensors - 1} more tensor${tensors === 2 ? "" : "s"}` : ""})</li>`)}
  </ul>`;
}

const norm = (tensors: MergedTensor[], value: (tensor: MergedTensor) => number | null | undefined): number => Math.sqrt(tensors.reduce((sum, tensor) => sum + (value(tensor) ?? 0) ** 2, 0));

/** What the numbers of the whole say. */
function sentences(merge: Merge): string[] {
  const { relative_change: change, rounding_loss: loss, routes } = merge.summary;
  const merged = merge.tensors.filter(isMerged);
  const average = norm(merged, tensor => tensor.metrics.average_change_norm);
  const took = Object.entries(routes).map(([route, tensors]) => `${tensors} ${routeText(route)}`).join(", ");
  return [
    ...(change === null ? [] : [`The merged change is ${share(change)} of the norm of the base${average > 0 ? `, ${number(norm(merged, tensor => tensor.metrics.change_norm) / average)} times as long as the plain average of the models' changes` : ""}.`]),
    ...(loss === null ? [] : [loss === 0 ? "Rounding to the stored types loses nothing of it." : `Rounding to the stored types loses ${share(loss)} of it.`]),
    ...(merge.base === null ? ["There is no base, so changes are not measured; cosines are those between the weights."] : []),
    `${merge.tensors.length} tensor${merge.tensors.length === 1 ? "" : "s"} by route: ${took || "none"}.`,
    ...means(merge),
  ];
}

const share = (value: number): string => (value < 0.001 ? `${number(100 * value)} %` : percent(value));

function means({ summary }: Merge): string[] {
  const parts = ["alpha", "stable_rank"].flatMap(metric => {
    const [before, after] = [summary[`${metric}_before`], summary[`${metric}_after`]];
    return typeof before === "number" && typeof after === "number" ? [`${metric} ${number(before)} before and ${number(after)} after`] : [];
  });
  return parts.length === 0 ? [] : [`In the mean over the tensors: ${parts.join(", ")}.`];
}

function models(merge: Merge): HTMLElement {
  const names = modelNames(merge);
  const merged = merge.tensors.filter(isMerged);
  const base = norm(merged, tensor => tensor.metrics.base_norm);
  const made = norm(merged, tensor => tensor.metrics.change_norm);
  const own = (model: number): number => norm(merged, tensor => inputValue(tensor, model, "change_norm"));
  const cosine = (model: number): number => merged.reduce((sum, tensor) => sum + (inputValue(tensor, model, "cosine_to_merged") ?? 0) * (inputValue(tensor, model, "change_norm") ?? 0) * (tensor.metrics.change_norm ?? 0), 0);
  const moved = (model: number): string => (model === merge.base || base === 0 || own(model) === 0 ? "" : share(own(model) / base));
  const along = (model: number): string => (model === merge.base || made === 0 || own(model) === 0 ? "" : fixed(cosine(model) / (own(model) * made), 3));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Models"><table data-table="models"><thead><tr><th scope="col"></th><th scope="col">model</th><th scope="col">format</th><th scope="col" class="number">parameters</th><th scope="col" class="number">size</th><th scope="col" class="number">change</th><th scope="col" class="number">cosine to merged</th></tr></thead>
    <tbody>${merge.models.map((model, place) => html`<tr><td><strong>${letterOf(place)}</strong></td><td title=${model.path}>${names[place]}${place === merge.base ? html`, <strong>the base</strong>` : ""}</td><td>${model.architecture ? `${model.architecture}, ` : ""}${model.format}</td><td class="number">${short(model.parameters)}</td><td class="number">${bytes(model.bytes)}</td><td class="number">${moved(place)}</td><td class="number">${along(place)}</td></tr>`)}</tbody></table></div>`;
}

function settings(merge: Merge): HTMLElement {
  const { merge_method: method, seed, rounding, spectra: how, recipe } = merge.settings;
  return html`<details class="settings"><summary>Recipe and settings</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Recipe"><pre class="recipe">${recipe}</pre></div>
    <dl><dt>method</dt><dd>${method}</dd><dt>seed</dt><dd>${seed}</dd><dt>rounding</dt><dd>${rounding === "stochastic" ? "at random, kept on average" : rounding}</dd><dt>spectra</dt><dd>${how}</dd></dl>
  </details>`;
}

const drawn = (parts: FigureParts[]): HTMLElement[] => parts.map(one => figure(one).element);

function change(merge: Merge): HTMLElement | null {
  return !hasChangeByBlock(merge) ? null : html`<section aria-labelledby="change-title"><h2 id="change-title">The change</h2>
    <div class="figures wide">${drawn([changeByBlock(merge)])}</div></section>`;
}

function agreement(merge: Merge): HTMLElement | null {
  return !hasCosines(merge) ? null : html`<section aria-labelledby="agreement-title"><h2 id="agreement-title">How the models agree</h2>
    <div class="figures">${drawn([cosineMatrix(merge), ...(hasBlocks(merge) ? [cosineByBlock(merge)] : [])])}</div></section>`;
}

function losses(merged: Row[]): HTMLElement | null {
  const parts = lossFigures(merged, open);
  return parts.length === 0 ? null : html`<section aria-labelledby="loss-title"><h2 id="loss-title">Conflicts and rounding</h2>
    <div class="figures">${drawn(parts)}</div></section>`;
}

const lossFigures = (merged: Row[], go: (row: Row) => void): FigureParts[] =>
  perTensor.filter(name => merged.some(row => typeof row.metrics[name] === "number")).map(name => correlationFlow(merged, name, go));

function spectra(merge: Merge): HTMLElement {
  const metrics = comparedMetrics(merge, compared);
  return html`<section aria-labelledby="spectra-title"><h2 id="spectra-title">Spectra before and after</h2>
    <p class="note">Before is ${merge.base === null ? "the first model" : "the base"}, after is what was made, as it is stored.</p>
    ${metrics.length === 0 ? absent("The merge was done without spectra, so there is nothing to tell of them before and after.") : html`<div class="figures">${drawn(metrics.map(metric => beforeAfter(merge, metric, place => (location.hash = addressOf.mergedTensor(place)))))}</div>`}</section>`;
}

/** Any number of the tensors over the model. */
function across(metrics: Metric[], rows: Row[]): HTMLElement {
  const names = metrics.map(metric => metric.name).filter(name => rows.some(row => typeof row.metrics[name] === "number"));
  const place = html`<div></div>`;
  let metric = names.includes("relative_change") ? "relative_change" : (names[0] ?? "");
  const show = (): void => place.replaceChildren(
    html`<div class="figures wide">${figure(correlationFlow(rows, metric, open)).element}</div>`,
    html`<div class="figures">${figure(distributions(rows, metric)).element}${rows.some(row => row.block !== null) ? figure(heatMap(rows, metric)).element : null}</div>`,
  );
  if (names.length > 0) show();
  return html`<section aria-labelledby="across-title"><h2 id="across-title">Across the tensors</h2>
    ${names.length === 0 ? null : html`<div class="tools">${metricChoice(metrics, names, metric, name => { metric = name; show(); })}</div>`}
    ${place}</section>`;
}

/** All figures of a merge. */
export function mergeFigures(merge: Merge): FigureParts[] {
  const merged = mergedRows(merge);
  const flows = ["relative_change"].filter(name => merged.some(row => typeof row.metrics[name] === "number"));
  return [
    ...(hasChangeByBlock(merge) ? [changeByBlock(merge)] : []),
    ...(hasCosines(merge) ? [cosineMatrix(merge), ...(hasBlocks(merge) ? [cosineByBlock(merge)] : [])] : []),
    ...flows.map(name => correlationFlow(merged, name, () => undefined)),
    ...lossFigures(merged, () => undefined),
    ...comparedMetrics(merge, compared).map(metric => beforeAfter(merge, metric, () => undefined)),
  ];
}
