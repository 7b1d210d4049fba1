import type { Row } from "../data/result";
import { fixed } from "./format";
import { html } from "./html";
import type { Page } from "./page";

/** Multiplications that take some seconds at most; so small an analysis begins by itself. */
const small = 2e11;

/** How often a view is drawn again while layers become known, in milliseconds. */
const pause = 1000;

interface Pending {
  model: number;
  index: number;
  row: Row;
}

function pendingOf(page: Page, models: number[]): Pending[] {
  return models.flatMap(model => page.results[model]!.layers.flatMap((row, index) => (row.status === "pending" ? [{ model, index, row }] : [])));
}

const workOf = ({ row }: Pending): number => (row.rows ?? 0) * (row.cols ?? 0) * Math.min(row.rows ?? 0, row.cols ?? 0);

/** Analyses all layers of some models that are pending, one after another, until it is stopped or the view is left. */
export function analyzeAll(page: Page, models: number[], changed: () => void): HTMLElement | null {
  const all = pendingOf(page, models);
  if (all.length === 0 || !page.source.analyze) return null;
  const said = html`<p role="status" class="note">${all.length} layers are not analysed yet. Open one, or analyse all.</p>`;
  const bar = html`<progress max=${all.length} value="0" aria-label="Layers analysed"></progress>`;
  const button = html`<button type="button" class="main">Analyse all ${all.length} layers</button>`;
  let running: AbortController | undefined;
  const run = async (): Promise<void> => {
    const stop = (running = new AbortController());
    endWithView(stop);
    button.textContent = "Stop";
    const outcome = await work(page, models, stop.signal, told => {
      said.textContent = told.name;
      bar.setAttribute("value", String(all.length - told.left));
    }, changed);
    running = undefined;
    const left = pendingOf(page, models).length;
    said.textContent = outcome ?? (left === 0 ? `All ${all.length} layers are analysed.` : `Stopped; ${left} layers are not analysed yet.`);
    button.textContent = `Analyse the other ${left} layers`;
    button.hidden = bar.hidden = left === 0;
  };
  button.onclick = () => (running ? running.abort() : void run());
  if (all.reduce((sum, one) => sum + workOf(one), 0) < small) void run();
  return html`<section class="analysis" aria-label="Analysis">${button}${bar}${said}</section>`;
}

/** Works until nothing is pending, it is stopped, or something fails; then what failed. */
async function work(page: Page, models: number[], stop: AbortSignal, tell: (told: { name: string; left: number }) => void, changed: () => void): Promise<string | undefined> {
  let drawn = performance.now();
  try {
    for (let left = pendingOf(page, models); left.length > 0; left = pendingOf(page, models)) {
      const { model, index, row } = left[0]!;
      tell({ name: `${row.name} …`, left: left.length });
      await page.source.analyze!(model, index, () => undefined, stop);
      if (performance.now() - drawn > pause) {
        changed();
        drawn = performance.now();
      }
    }
  } catch (e) {
    if (!stop.aborted) return `Stopped: ${(e as Error).message}`;
  } finally {
    changed();
  }
  return undefined;
}

/** Analyses one pending layer while its view is open; leaving cancels it. */
export function analyzeOne(page: Page, model: number, index: number): HTMLElement {
  const said = html`<p role="status" class="loading">Asking for the spectrum …</p>`;
  const cancel = new AbortController();
  endWithView(cancel);
  page.source.analyze!(model, index, state => (said.textContent = state.waiting ? "Another layer is being analysed; this one is next …" : `Computing the spectrum: ${fixed(state.seconds, 1)} s …`), cancel.signal)
    .then(() => page.refresh())
    .catch((e: Error) => !cancel.signal.aborted && (said.textContent = `The layer could not be analysed: ${e.message}`));
  return said;
}

/** Ends what belongs to a view when the reader goes to another. */
export function endWithView(work: AbortController): void {
  addEventListener("hashchange", () => work.abort(), { once: true, signal: work.signal });
}
