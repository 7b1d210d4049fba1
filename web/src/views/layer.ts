import { html } from "../parts/html";
import { roleText } from "../data/roles";
import type { Result, Row } from "../data/result";
import type { Law, View } from "../data/spectrum";
import { bulkDensity, lawStyles, logDensity, survival, threePanels, xminScan } from "../figures/layerFigures";
import { lowerBound } from "../numerics/search";
import { interval, TailFits, type PowerLaw } from "../numerics/powerLaw";
import { Truncations } from "../numerics/truncation";
import { analyzeOne } from "../parts/analysis";
import { breadcrumb, type Neighbour } from "../parts/breadcrumb";
import { figure } from "../parts/figure";
import { count, fixed, number, percent } from "../parts/format";
import { metricLink, metricTitle } from "../parts/metricText";
import { numberTable } from "../parts/numberTable";
import { absent, addressOf, nameOf, type Page } from "../parts/page";
import { outcome } from "../parts/verdict";

/** One layer in depth. */
export function layerView(page: Page, model: number, index: number): HTMLElement {
  const result = page.results[model]!;
  const row = result.layers[index];
  if (!row) return absent("The model has no such layer.");
  return html`<article class="layer">
    ${steps(page, model, index)}
    <h1>${row.name}</h1>
    ${facts(row)}
    ${body(page, model, index, row)}
  </article>`;
}

function steps(page: Page, model: number, index: number): HTMLElement {
  const { layers } = page.results[model]!;
  const near = (step: number): Neighbour | undefined => {
    let next = index + step;
    while (next >= 0 && next < layers.length && layers[next]!.status !== "analyzed" && layers[next]!.status !== "pending") next += step;
    return layers[next] && { address: addressOf.layer(model, next), name: layers[next]!.name };
  };
  return breadcrumb({ address: addressOf.overview(model), name: nameOf(page, model) }, near(-1), near(1));
}

function facts(row: Row): HTMLElement {
  const shape = row.rows === null ? "" : `, ${row.rows} × ${row.cols}`;
  return html`<div class="facts">
    <p>${roleText(row.role)}${row.block === null ? "" : `, block ${row.block}`}, ${row.kind}, ${row.dtype}${shape}${row.part_of ? `, part of ${row.part_of}` : ""}.</p>
    <p class="judged">${outcome(row)} ${row.verdict_reason ?? row.reason ?? ""}</p>
    ${row.phase ? html`<p>Phase ${row.phase.replaceAll("_", " ")}${row.tail_law ? `; of the laws of the tail, ${lawStyles[row.tail_law]?.text ?? row.tail_law} fits best` : "; no law of the tail is told from the others"}.</p>` : null}
    ${row.warnings.length > 0 ? html`<ul class="warnings">${row.warnings.map(warning => html`<li>${warning}</li>`)}</ul>` : null}
  </div>`;
}

function body(page: Page, model: number, index: number, row: Row): Node {
  if (row.status === "pending" && page.source.analyze) return analyzeOne(page, model, index);
  if (row.status !== "analyzed") return absent(`This tensor was ${row.status === "failed" ? "not analysed" : row.status}: ${row.reason ?? "no reason is given"}.`);
  const place = html`<div><p class="loading">Reading the spectrum …</p></div>`;
  const fill = (view: View | undefined): void =>
    place.replaceChildren(...(view ? [spectrum(page.results[model]!, row, view)] : [absent("This result holds no eigenvalues, so there are no figures of the spectrum, the fits and the ranks. analyze --report or --esd saves them.")]), metricTable(page, row));
  const view = page.source.view(model, index);
  if (view instanceof Promise) view.then(fill).catch((e: Error) => place.replaceChildren(absent(e.message)));
  else fill(view);
  return place;
}

function spectrum(result: Result, row: Row, view: View): HTMLElement {
  return html`<div>
    ${tail(result, row, view)}
    <section aria-labelledby="bulk-title"><h2 id="bulk-title">Random part</h2>
      ${view.shuffled ? null : html`<p class="note">analyze --randomize 1 puts the spectrum of the same weights in random order beside it.</p>`}
      <div class="figures wide">${figure(bulkDensity(row, view)).element}</div></section>
    ${view.laws.length > 0 ? rivals(view.laws) : null}
    ${ranks(row, view)}
  </div>`;
}

function tail(result: Result, row: Row, view: View): HTMLElement {
  const fits = new TailFits(view.eigenvalues, result.settings);
  const { candidates } = fits;
  if (candidates.length < 2) return html`<section aria-labelledby="tail-title"><h2 id="tail-title">Tail</h2>${absent("Fewer than two eigenvalues are large enough for a power law.")}</section>`;
  const fitted = row.metrics.xmin ?? undefined;
  let now: PowerLaw | undefined = fitted === undefined ? undefined : fits.at(fitted);
  const drawings = [figure(logDensity(view, () => now)), figure(survival(view, () => now)), figure(xminScan(fits.scan(), () => now))];
  const slider = html`<input type="range" id="xmin" min="0" max=${candidates.length - 2} step="1" />` as HTMLInputElement;
  const said = html`<output for="xmin" class="readout" data-readout="tail"></output>`;
  const show = (): void => {
    said.replaceChildren(...readTail(now, row, view));
    slider.setAttribute("aria-valuetext", now ? `xmin ${number(now.xmin)}, alpha ${fixed(now.alpha, 2)}` : "no fit");
    drawings.forEach(drawing => drawing.redraw());
  };
  const moveTo = (xmin: number | undefined): void => {
    now = xmin === undefined ? undefined : fits.at(xmin);
    if (xmin !== undefined) slider.value = String(lowerBound(candidates, xmin));
    show();
  };
  slider.oninput = () => moveTo(candidates[Number(slider.value)]);
  drawings.slice(0, 2).forEach(drawing => dragged(drawing.element, x => moveTo(candidates[Math.min(candidates.length - 2, lowerBound(candidates, x))])));
  moveTo(fitted ?? candidates[0]);
  return html`<section aria-labelledby="tail-title"><h2 id="tail-title">Tail</h2>
    <div class="control">
      <label for="xmin">Start of the tail, xmin (or drag in the figures)</label>
      ${slider}
      <button type="button" onclick=${() => moveTo(fitted ?? candidates[0])}>Back to the fit</button>
      ${said}
    </div>
    <div class="figures">${drawings.slice(0, 2).map(drawing => drawing.element)}</div>
    <div class="figures wide">${drawings[2]!.element}</div></section>`;
}

function readTail(now: PowerLaw | undefined, row: Row, view: View): Node[] {
  if (!now) return [html`<span>No power law from here on.</span>`];
  const [low, high] = interval(now);
  const isFit = now.xmin === row.metrics.xmin;
  const bootstrap = isFit && typeof row.metrics.alpha_low === "number" ? `; resampled with xmin, ${fixed(row.metrics.alpha_low, 2)} to ${fixed(row.metrics.alpha_high!, 2)}` : "";
  const thinned = view.exact < now.count ? ` ${count(now.count - view.exact)} of the eigenvalues lie on lines between stored ones.` : "";
  return [
    html`<span class="big">alpha <strong data-value="alpha" data-exact=${now.alpha}>${fixed(now.alpha, 3)}</strong> ± <span data-value="sigma" data-exact=${now.sigma}>${fixed(now.sigma, 3)}</span></span>`,
    html`<span>95 % interval ${fixed(low, 2)} to ${fixed(high, 2)} for this xmin${bootstrap}</span>`,
    html`<span>D <strong data-value="D" data-exact=${now.D}>${fixed(now.D, 4)}</strong></span>`,
    html`<span>xmin <strong data-value="xmin" data-exact=${now.xmin}>${number(now.xmin)}</strong>, ${count(now.count)} of ${count(view.eigenvalues.length)} eigenvalues</span>`,
    html`<span class="note">${isFit ? "The fit of the result." : "Not the fit of the result."}${thinned}</span>`,
  ];
}

/** Tells the place on a horizontal scale while the pointer is down over a drawing. */
function dragged(element: HTMLElement, moved: (x: number) => void): void {
  const area = element.querySelector<HTMLElement>(".plot-area")!;
  const at = (event: PointerEvent): void => {
    const drawing = area.querySelector("svg") as (SVGSVGElement & { scale?(name: string): { invert(x: number): number } | undefined }) | null;
    const scale = drawing?.scale?.("x");
    if (drawing && scale) moved(scale.invert(event.clientX - drawing.getBoundingClientRect().left));
  };
  area.classList.add("draggable");
  area.addEventListener("pointerdown", event => {
    area.setPointerCapture(event.pointerId);
    event.preventDefault();
    at(event);
  });
  area.addEventListener("pointermove", event => area.hasPointerCapture(event.pointerId) && at(event));
}

const judgements: Record<string, string> = {
  power_law: "the power law fits better",
  rival: "this law fits better than the power law",
  undecided: "not told apart",
  indistinguishable: "has become the power law",
};

/** A rival that has become the power law has no test. */
const told = (law: Law): boolean => law.verdict !== undefined && law.verdict !== "indistinguishable";

function rivals(laws: Law[]): HTMLElement {
  return html`<section aria-labelledby="rivals-title"><h2 id="rivals-title">Laws of the tail</h2>
    <p class="note">All are fitted to the eigenvalues from the xmin of the result on. R is the log-likelihood ratio in standard deviations, above 0 where the power law is likelier; p is the chance of one as large if both were equally near (Vuong 1989; for the truncated law Wilks).</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: laws of the tail"><table><thead><tr><th scope="col">law</th><th scope="col">parameters</th><th scope="col" class="number">R</th><th scope="col" class="number">p</th><th scope="col">so</th></tr></thead>
    <tbody>${laws.map(law => html`<tr><td>${lawStyles[law.law]?.text ?? law.law}</td><td>${law.parameters}</td><td class="number">${told(law) ? fixed(law.ratio!, 2) : ""}</td><td class="number">${told(law) ? number(law.p) : ""}</td><td>${law.verdict ? judgements[law.verdict] : ""}</td></tr>`)}</tbody></table></div></section>`;
}

function ranks(row: Row, view: View): HTMLElement {
  const rows = row.rows ?? 0;
  const cols = row.cols ?? 0;
  const truncations = new Truncations(view.eigenvalues, rows, cols);
  const isMatrix = truncations.order === Math.min(rows, cols);
  let rank = Math.max(1, truncations.rankFor(0.9));
  const panels = figure(threePanels(view, truncations, () => rank));
  const slider = html`<input type="range" id="rank" min="0" max=${truncations.order} step="1" />` as HTMLInputElement;
  const said = html`<output for="rank" class="readout" data-readout="rank"></output>`;
  const moveTo = (next: number): void => {
    rank = next;
    slider.value = String(rank);
    const at = truncations.at(rank);
    slider.setAttribute("aria-valuetext", `rank ${rank}, keeps ${percent(at.share)}`);
    said.replaceChildren(
      html`<span class="big">rank <strong data-value="rank" data-exact=${rank}>${count(rank)}</strong> of ${count(truncations.order)}</span>`,
      html`<span>keeps <strong data-value="share" data-exact=${at.share}>${percent(at.share)}</strong> of the squared norm</span>`,
      html`<span>error <strong data-value="error" data-exact=${at.error}>${fixed(100 * at.error, 2)} %</strong> of the norm, <strong data-value="spectralError" data-exact=${at.spectralError}>${fixed(100 * at.spectralError, 2)} %</strong> of the largest singular value</span>`,
      html`<span>${isMatrix ? size(at.elements, at.denseElements, truncations.breakEven) : "The layer is several matrices, so a rank tells no size."}</span>`,
    );
    panels.redraw();
  };
  slider.oninput = () => moveTo(Number(slider.value));
  moveTo(rank);
  return html`<section aria-labelledby="rank-title"><h2 id="rank-title">Rank</h2>
    <div class="control"><label for="rank">Largest singular values that are kept</label>${slider}
      <span class="buttons" role="group" aria-label="Rank that keeps a share">${[0.5, 0.9, 0.99].map(share => html`<button type="button" onclick=${() => moveTo(truncations.rankFor(share))}>${100 * share} %</button>`)}</span>
      ${said}</div>
    <div class="figures wide">${panels.element}</div></section>`;
}

function size(elements: number, dense: number, breakEven: number): Node {
  return html`<span>two factors of <strong data-value="elements" data-exact=${elements}>${count(elements)}</strong> numbers instead of ${count(dense)} (${percent(elements / dense)}); smaller up to rank ${count(breakEven)}</span>`;
}

function metricTable(page: Page, row: Row): HTMLElement {
  const { metrics } = page.source.data;
  return html`<section aria-labelledby="metrics-title"><h2 id="metrics-title">All metrics</h2>
    ${numberTable("all metrics", Object.entries(row.metrics).map(([name, value]) => ({ name: metricLink(metrics, name), value, meaning: metricTitle(metrics, name) })))}
    ${row.spectrum ? html`<p class="note">Singular values by the ${row.spectrum.route} route, resolved down to ${number(row.spectrum.floor)}.</p>` : null}</section>`;
}
