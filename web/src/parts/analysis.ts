import { html } from "./html";
import type { Result, Row } from "../data/result";
import type { LayerTable } from "./layerTable";
import { fixed } from "./format";
import type { Page } from "./page";

const pendingOf = (result: Result): Row[] => result.layers.filter(row => row.status === "pending");

/** Analyses all layers that are pending, one after another, until it is stopped or the view is left. */
export function analyzeAll(page: Page, model: number, table: LayerTable): HTMLElement | null {
  const result = page.results[model]!;
  const all = pendingOf(result).length;
  if (all === 0) return null;
  const said = html`<p role="status" class="note">${all} layers are not analysed yet. Open one, or analyse all.</p>`;
  const bar = html`<progress max=${all} value="0" aria-label="Layers analysed"></progress>`;
  const button = html`<button type="button" class="main">Analyse all ${all} layers</button>` as HTMLButtonElement;
  let running: AbortController | undefined;
  button.onclick = () => {
    if (running) running.abort();
    else void run();
  };
  const run = async (): Promise<void> => {
    running = new AbortController();
    leave(running);
    button.textContent = "Stop";
    try {
      for (const row of pendingOf(result)) {
        said.textContent = `${row.name} …`;
        await page.source.analyze!(model, result.layers.indexOf(row), () => undefined, running.signal);
        bar.setAttribute("value", String(all - pendingOf(result).length));
        table.refresh(row);
      }
    } catch (e) {
      if (!running.signal.aborted) said.textContent = `Stopped: ${(e as Error).message}`;
    }
    const left = running.signal.aborted;
    running = undefined;
    if (!left || said.isConnected) page.refresh();
  };
  return html`<section class="analysis" aria-label="Analysis">${button}${bar}${said}</section>`;
}

/** Analyses one pending layer while its view is open; leaving cancels it. */
export function analyzeOne(page: Page, model: number, index: number): HTMLElement {
  const said = html`<p role="status" class="loading">Asking for the spectrum …</p>`;
  const cancel = new AbortController();
  leave(cancel);
  page.source.analyze!(model, index, state => (said.textContent = state.waiting ? "Another layer is being analysed; this one is next …" : `Computing the spectrum: ${fixed(state.seconds, 1)} s …`), cancel.signal)
    .then(() => page.refresh())
    .catch((e: Error) => !cancel.signal.aborted && (said.textContent = `The layer could not be analysed: ${e.message}`));
  return said;
}

/** Ends what belongs to a view when the reader goes to another. */
function leave(work: AbortController): void {
  addEventListener("hashchange", () => work.abort(), { once: true, signal: work.signal });
}
