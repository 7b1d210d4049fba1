import { html } from "../parts/html";
import { changeNumbers, spectrumNumbers, subspaceNumbers } from "../data/comparison";
import { meaningOf, modelMeaningOf, spectral, type Merge } from "../data/merge";
import type { Page } from "../parts/page";
import { verdictChip } from "../parts/verdict";

/** What every metric and verdict means, and what to beware of. */
export function metricsView(page: Page, chosen: string): HTMLElement {
  const { metrics, verdicts } = page.source.data;
  const { merge } = page.source.data;
  const present = new Set(merge ? spectral : page.results.flatMap(result => result.layers.flatMap(row => Object.keys(row.metrics))));
  const view = html`<article class="glossary"><h1>What the numbers mean</h1>
    <p>W is a weight matrix as stored, of N × M elements with N the longer side; sigma are its M singular values and lambda = sigma² the eigenvalues of WᵀW, never divided by N.</p>
    ${merge ? mergeNumbers(merge) : [
      html`<h2>Verdicts</h2>`,
      html`<p>The first rule that applies decides. A verdict says what a spectrum shows, not how good a model is.</p>`,
      html`<dl>${verdicts.map(({ verdict, rule }) => [html`<dt>${verdictChip(verdict)}</dt>`, html`<dd>${rule}</dd>`])}</dl>`,
    ]}
    <h2>Metrics of this result</h2>
    ${metrics.filter(metric => present.has(metric.name)).map(metric => html`<section class="metric-entry" id=${`metric-${metric.name}`} tabindex="-1">
      <h3>${metric.name}</h3><p>${metric.title[0]!.toUpperCase() + metric.title.slice(1)}.</p>
      <dl><dt>definition</dt><dd><code>${metric.formula}</code></dd><dt>range</dt><dd>${metric.range}</dd><dt>source</dt><dd>${metric.source}</dd><dt>beware</dt><dd>${metric.pitfall}</dd></dl></section>`)}
    ${page.source.data.comparison ? comparisonNumbers() : null}
  </article>`;
  if (chosen) requestAnimationFrame(() => {
    const entry = document.getElementById(`metric-${chosen}`);
    entry?.scrollIntoView();
    entry?.focus();
  });
  return view;
}

function mergeNumbers(merge: Merge): HTMLElement {
  const entries = (names: Iterable<string>, meaning: (name: string) => string): HTMLElement[][] => [...new Set(names)].map(name => [html`<dt>${name}</dt>`, html`<dd>${meaning(name)}</dd>`]);
  return html`<section class="metric-entry" id="merge-numbers"><h2>Numbers of a merge</h2>
    <p>A change is what a model has beyond the base, D = W − W₀; the merged change is what was made less the base. Without a base, the weights themselves take the place of changes.</p>
    <dl>${entries(merge.tensors.flatMap(tensor => Object.keys(tensor.metrics)), meaningOf)}</dl>
    <h3>Of each model</h3>
    <dl>${entries(merge.tensors.flatMap(tensor => tensor.inputs.flatMap(input => Object.keys(input.metrics))), modelMeaningOf)}</dl></section>`;
}

function comparisonNumbers(): HTMLElement {
  return html`<section class="metric-entry" id="comparison-numbers"><h2>Numbers of a comparison</h2>
    <p>A is the compared model, B the one that it is compared with, D = A − B.</p>
    <dl>${[...changeNumbers, ...subspaceNumbers, ...spectrumNumbers].map(({ name, meaning }) => [html`<dt>${name}</dt>`, html`<dd>${meaning}</dd>`])}</dl></section>`;
}
