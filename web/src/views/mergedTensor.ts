import { html } from "../parts/html";
import { cosinesOf, isMerged, letterOf, meaningOf, modelMeaningOf, modelNames, routeText, spectral, spectralValue, type Merge, type MergedTensor } from "../data/merge";
import { roleText } from "../data/roles";
import { breadcrumb, type Neighbour } from "../parts/breadcrumb";
import { fixed, number } from "../parts/format";
import { metricLink, metricTitle } from "../parts/metricText";
import { numberTable } from "../parts/numberTable";
import { absent, addressOf, type Page } from "../parts/page";
import { verdictChip } from "../parts/verdict";

/** One tensor of a merge: what was done and why, its numbers, those of each model, its spectrum before and after. */
export function mergedTensorView(page: Page, merge: Merge, index: number): HTMLElement {
  const tensor = merge.tensors[index];
  if (!tensor) return absent("The merge made no such tensor.");
  return html`<article class="layer">
    ${steps(merge, index)}
    <h1>${tensor.name}</h1>
    <div class="facts">
      <p>${tensor.role === null ? "" : `${roleText(tensor.role)}, `}${tensor.block === null ? "" : `block ${tensor.block}, `}${tensor.shape.length === 0 ? "a scalar" : tensor.shape.join(" × ")}, stored as ${tensor.dtype}.</p>
      <p class="judged">${verdictChip(routeText(tensor.route))} ${isMerged(tensor) ? `by ${tensor.method}` : `from one model${tensor.route === "copied" ? ", byte by byte" : ""}`}${tensor.reason ? `: ${tensor.reason}` : ""}.</p>
      ${tensor.note ? html`<p>${tensor.note}.</p>` : null}
    </div>
    ${tensor.warnings.length > 0 ? html`<ul class="warnings">${tensor.warnings.map(text => html`<li>${text}</li>`)}</ul>` : null}
    ${numbers(tensor)}
    ${ofModels(merge, tensor)}
    ${cosines(merge, tensor)}
    ${spectra(page, merge, tensor)}
  </article>`;
}

function steps({ tensors }: Merge, index: number): HTMLElement {
  const near = (place: number): Neighbour | undefined => tensors[place] && { address: addressOf.mergedTensor(place), name: tensors[place]!.name };
  return breadcrumb({ address: addressOf.merge, name: "Merge" }, near(index - 1), near(index + 1));
}

function numbers(tensor: MergedTensor): HTMLElement {
  const known = Object.entries(tensor.metrics).filter(([, value]) => value !== null);
  return html`<section aria-labelledby="numbers-title"><h2 id="numbers-title">Numbers</h2>
    ${known.length === 0 ? absent(isMerged(tensor) ? "No number of the tensor has a value." : "It was copied, so nothing is measured.") : numberTable("the tensor", known.map(([name, value]) => ({ name, value, meaning: meaningOf(name) })))}</section>`;
}

function ofModels(merge: Merge, tensor: MergedTensor): HTMLElement | null {
  const names = [...new Set(tensor.inputs.flatMap(input => Object.keys(input.metrics)))];
  const all = modelNames(merge);
  return tensor.inputs.length === 0 ? null : html`<section aria-labelledby="models-title"><h2 id="models-title">Models</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: models"><table data-table="inputs"><thead><tr><th scope="col">model</th>${names.map(name => html`<th scope="col" class="number" title=${modelMeaningOf(name)}>${name}</th>`)}</tr></thead>
    <tbody>${tensor.inputs.map(({ model, metrics }) => html`<tr><td><strong>${letterOf(model)}</strong> ${all[model]}${model === merge.base ? ", the base" : ""}</td>${names.map(name => html`<td class="number">${number(metrics[name])}</td>`)}</tr>`)}</tbody></table></div>
    ${names.length === 0 ? null : html`<dl class="meanings">${names.map(name => [html`<dt>${name}</dt>`, html`<dd>${modelMeaningOf(name)}</dd>`])}</dl>`}</section>`;
}

function cosines(merge: Merge, tensor: MergedTensor): HTMLElement | null {
  const pairs = cosinesOf(tensor, merge.base);
  const models = tensor.inputs.map(input => input.model).filter(model => model !== merge.base);
  const between = (a: number, b: number): string => {
    const found = pairs.find(pair => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
    return a === b ? "1" : found ? fixed(found.cosine, 3) : "–";
  };
  return pairs.length === 0 ? null : html`<section aria-labelledby="cosines-title"><h2 id="cosines-title">Cosines between the ${merge.base === null ? "weights" : "changes"}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: cosines"><table data-table="cosines"><thead><tr><th scope="col"></th>${models.map(model => html`<th scope="col" class="number">${letterOf(model)}</th>`)}</tr></thead>
    <tbody>${models.map(a => html`<tr><th scope="row">${letterOf(a)}</th>${models.map(b => html`<td class="number">${between(a, b)}</td>`)}</tr>`)}</tbody></table></div></section>`;
}

function spectra(page: Page, merge: Merge, tensor: MergedTensor): HTMLElement {
  const metrics = spectral.filter(name => tensor.before?.[name] != null || tensor.after?.[name] != null);
  const difference = (name: string): string => {
    const [before, after] = [spectralValue(tensor, "before", name), spectralValue(tensor, "after", name)];
    return before === undefined || after === undefined ? "–" : `${after > before ? "+" : ""}${number(after - before)}`;
  };
  return html`<section aria-labelledby="spectra-title"><h2 id="spectra-title">Spectrum before and after</h2>
    ${metrics.length === 0 ? absent(merge.settings.spectra === "none" ? "The merge was done without spectra." : "Its spectrum was not computed.") : html`<div class="scroll" tabindex="0" role="region" aria-label="Table: before and after"><table data-table="before-after"><thead><tr><th scope="col">metric</th><th scope="col" class="number">before</th><th scope="col" class="number">after</th><th scope="col" class="number">difference</th><th scope="col">what it is</th></tr></thead>
      <tbody>${metrics.map(name => html`<tr><td>${metricLink(page.source.data.metrics, name)}</td><td class="number">${number(spectralValue(tensor, "before", name))}</td><td class="number">${number(spectralValue(tensor, "after", name))}</td><td class="number">${difference(name)}</td><td class="meaning">${metricTitle(page.source.data.metrics, name)}</td></tr>`)}
      <tr><td>phase</td><td class="number">${phaseOf(tensor.before?.phase)}</td><td class="number">${phaseOf(tensor.after?.phase)}</td><td></td><td class="meaning">the phase of the spectrum, of the five of Martin and Mahoney or the collapse of the rank</td></tr></tbody></table></div>`}</section>`;
}

const phaseOf = (phase: string | null | undefined): string => phase?.replaceAll("_", " ") ?? "–";
