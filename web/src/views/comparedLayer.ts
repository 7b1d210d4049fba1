import { html } from "../parts/html";
import { changeNumbers, changeRow, comparedModels, pairOf, rowOf, spectrumNumbers, type Comparison, type ComparedLayer, type Pair, type PairNumber, type PairView, type Subspaces } from "../data/comparison";
import { roleText } from "../data/roles";
import type { Row } from "../data/result";
import type { View } from "../data/spectrum";
import { changeSubject, overlapMap, principalAngles } from "../figures/comparisonFigures";
import { bulkDensity, logDensity } from "../figures/layerFigures";
import { overlaidDensities, overlaidSingularValues } from "../figures/modelsFigures";
import { TailFits } from "../numerics/powerLaw";
import { breadcrumb, type Neighbour } from "../parts/breadcrumb";
import { comparedChoice } from "../parts/comparedChoice";
import { figure, type FigureParts } from "../parts/figure";
import { fixed, number } from "../parts/format";
import { numberTable } from "../parts/numberTable";
import { absent, addressOf, nameOf, type Page } from "../parts/page";
import { sideBySide } from "../parts/sideBySide";
import { verdictChip } from "../parts/verdict";

/** A layer and its counterpart. */
interface Compared {
  layer: ComparedLayer;
  pair: Pair;
  model: number;
  names: [string, string];
  rows: [Row, Row];
  views: [View | undefined, View | undefined];
  drawn: PairView | undefined;
}

/** A layer of a model beside that of the reference: spectra, the change, subspaces. */
export function comparedLayerView(page: Page, comparison: Comparison, model: number, index: number): HTMLElement {
  const compared = comparedAt(page, comparison, model, index);
  if (!compared) return absent("The comparison has no such layer of this model.");
  const { layer, pair, names, rows } = compared;
  const [a] = rows;
  return html`<article class="layer">
    ${steps(comparison, model, index)}
    <h1>${layer.name}</h1>
    ${comparedChoice(page, comparison, model, other => addressOf.comparedLayer(other, index), comparedModels(comparison).filter(other => pairOf(comparison, layer, other)))}
    <div class="facts">
      <p>${roleText(layer.role)}${layer.block === null ? "" : `, block ${layer.block}`}${a.rows === null ? "" : `, ${a.rows} × ${a.cols}`}; A is ${names[0]}${a.name === layer.name ? "" : ` (${a.name})`}, B is ${names[1]}, matched by ${pair.matched_by}${pair.element_order ? `; ${pair.element_order}` : ""}.</p>
      <p class="judged">${verdictChip(pair.verdict)} ${pair.reason}.</p>
      ${layer.merge ? html`<p>If the models were merged: ${layer.merge.advice}.</p>` : null}
    </div>
    ${spectra(compared)}
    ${change(page, compared)}
    ${pair.subspaces ? subspaceSection(compared, pair.subspaces) : null}
    ${sideBySide(page, rows.map((row, place) => ({ name: names[place]!, model: place === 0 ? model : comparison.reference, row })))}
  </article>`;
}

/** The layer at an index of the comparison; undefined where the model has none. */
function comparedAt(page: Page, comparison: Comparison, model: number, index: number): Compared | undefined {
  const layer = comparison.layers[index];
  const pair = layer && pairOf(comparison, layer, model);
  const [a, b] = layer ? [rowOf(page.results, layer, model), rowOf(page.results, layer, comparison.reference)] : [];
  if (!layer || !pair || !a || !b || model === comparison.reference) return undefined;
  const view = (one: number): View | undefined => page.source.view(one, layer.rows[one]!) as View | undefined;
  return { layer, pair, model, names: [nameOf(page, model), nameOf(page, comparison.reference)], rows: [a, b], views: [view(model), view(comparison.reference)], drawn: page.source.pair!(model, index) };
}

function steps(comparison: Comparison, model: number, index: number): HTMLElement {
  const near = (step: number): Neighbour | undefined => {
    let next = index + step;
    while (comparison.layers[next] && !pairOf(comparison, comparison.layers[next]!, model)) next += step;
    return comparison.layers[next] && { address: addressOf.comparedLayer(model, next), name: comparison.layers[next]!.name };
  };
  return breadcrumb({ address: addressOf.compared(model), name: "Comparison" }, near(-1), near(1));
}

const missing = "The comparison holds no eigenvalues, so there are no figures of spectra. compare --report or --esd saves them.";

/** The figures of both spectra. */
const spectrumFigures = ({ views, names }: Compared): FigureParts[] =>
  views.some(view => view) ? [overlaidDensities(views, names, () => 0), overlaidSingularValues(views, names, () => 0)] : [];

/** The figures of the change; none where its eigenvalues are not there. */
function changeFigures(page: Page, { layer, pair, rows, model, drawn }: Compared): FigureParts[] {
  const row = changeRow(layer, pair, rows[1]);
  if (!row || !drawn?.change) return [];
  const view = drawn.change;
  const fit = typeof row.metrics.xmin === "number" ? new TailFits(view.eigenvalues, page.results[model]!.settings).at(row.metrics.xmin) : undefined;
  return [bulkDensity(row, view, changeSubject), logDensity(view, () => fit, changeSubject)];
}

/** The overlaps of singular vectors; none where they were not saved. */
const overlapFigures = ({ drawn }: Compared, subspaces: Subspaces): FigureParts[] =>
  (["left", "right"] as const).flatMap(side => (drawn?.[side] ? [overlapMap(side, drawn[side], subspaces[side], ["A", "B"])] : []));

/** All figures of a layer of a comparison. */
export function comparedFigures(page: Page, comparison: Comparison, model: number, index: number): FigureParts[] {
  const compared = comparedAt(page, comparison, model, index);
  return !compared ? [] : [...spectrumFigures(compared), ...changeFigures(page, compared), ...(compared.pair.subspaces ? [...overlapFigures(compared, compared.pair.subspaces), principalAngles(compared.pair.subspaces)] : [])];
}

function spectra(compared: Compared): HTMLElement {
  const drawings = spectrumFigures(compared);
  return html`<section aria-labelledby="spectra-title"><h2 id="spectra-title">Spectra</h2>
    ${drawings.length === 0 ? absent(missing) : html`<div class="figures">${drawings.map(parts => figure(parts).element)}</div>`}
    ${compared.pair.distances ? numbers("distances of the spectra", spectrumNumbers, compared) : null}</section>`;
}

function change(page: Page, compared: Compared): HTMLElement {
  const { pair } = compared;
  const drawings = changeFigures(page, compared);
  const why = pair.change?.status === "failed" ? `The change was not analysed: ${pair.change.status_reason ?? "no reason is given"}.` : !pair.change?.status ? "" : missing;
  return html`<section aria-labelledby="change-title"><h2 id="change-title">The change D = A − B</h2>
    ${pair.change ? null : absent(`The elements of the two cannot be compared: ${pair.reason}.`)}
    ${drawings.length > 0 ? html`<div class="figures">${drawings.map(parts => figure(parts).element)}</div>` : why && pair.change ? absent(why) : null}
    ${pair.change ? numbers("the change", changeNumbers, compared) : null}</section>`;
}

/** Numbers of a pair that have a value, and what they are. */
function numbers(label: string, all: PairNumber[], { pair, rows }: Compared): HTMLElement {
  const rowsOf = all.map(({ name, meaning, value }) => ({ name, meaning, value: value(pair, rows[0], rows[1]) }));
  return numberTable(label, rowsOf.filter(({ value }) => typeof value === "number"));
}

function subspaceSection(compared: Compared, subspaces: Subspaces): HTMLElement {
  const { left, right } = subspaces;
  const line = (name: string, values: (number | null)[], meaning: string): HTMLElement =>
    html`<tr><td>${name}</td>${values.map(value => html`<td class="number">${value === null ? "" : number(value)}</td>`)}<td class="meaning">${meaning}</td></tr>`;
  return html`<section aria-labelledby="subspaces-title"><h2 id="subspaces-title">Singular subspaces</h2>
    <p class="note">The ${subspaces.k} leading singular vectors of A beside those of B. Random directions are never quite orthogonal, so each number stands beside what chance gives.</p>
    ${compared.drawn?.left ? null : absent("The comparison holds no overlaps of singular vectors, so they are not drawn. compare --report or --esd saves them.")}
    <div class="figures">${overlapFigures(compared, subspaces).map(parts => figure(parts).element)}</div>
    <div class="figures wide">${figure(principalAngles(subspaces)).element}</div>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: singular subspaces"><table class="metrics" data-table="subspaces"><thead><tr><th scope="col"></th><th scope="col" class="number">left</th><th scope="col" class="number">by chance</th><th scope="col" class="number">right</th><th scope="col" class="number">by chance</th><th scope="col">what it is</th></tr></thead><tbody>
      ${line("overlap", [left.overlap, left.chance_overlap, right.overlap, right.chance_overlap], "the share of one subspace that lies in the other: the mean squared cosine of the principal angles")}
      ${line("diagonal", [left.diagonal, left.chance_diagonal, right.diagonal, right.chance_diagonal], "mean |cos| of vectors of the same rank: the same directions in the same order")}
      ${line("best match", [left.best_match, left.chance_best_match, right.best_match, right.chance_best_match], "mean over the vectors of A of the largest |cos| with one of B: the same directions in any order")}
      ${line("share of the change", [left.share_of_change, left.chance_share, right.share_of_change, right.chance_share], "how much of the norm of D lies in the subspace of B")}
      ${line("intruders", [left.intruders, null, right.intruders, null], `leading vectors of A with no cosine of 0.5 to any of ${subspaces.complete ? "the vectors" : `the first ${subspaces.looked_at} vectors`} of B (Shuttleworth et al. 2024)`)}
      ${line("Grassmann distance", [left.grassmann, null, right.grassmann, null], "the root of the sum of squared principal angles")}
      ${line("chordal distance", [left.chordal, null, right.chordal, null], "the root of the sum of squared sines of them")}
    </tbody></table></div>
    ${subspaces.cka === null ? null : html`<p class="note">Linear centred kernel alignment of the rows: ${fixed(subspaces.cka, 3)}.</p>`}</section>`;
}
