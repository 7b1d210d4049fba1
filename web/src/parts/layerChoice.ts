import type { Result, Row } from "../data/result";
import { endWithView } from "./analysis";
import { fixed } from "./format";
import { html } from "./html";
import { nameOf, type Page } from "./page";

interface LayerPlace {
  model: number;
  index: number;
  row: Row;
}

/** Kinds of which a row may be one whole matrix. */
const matrixKinds = ["dense", "embedding", "recurrent", "low_rank"];

/** Kinds of which it is one where kernels are read as one matrix. */
const kernelKinds = ["conv1d", "conv2d", "conv3d"];

/** The layers that a lesson can be worked on: one matrix each, analysed or to be analysed. */
export function lessonLayers(page: Page): LayerPlace[] {
  return page.results.flatMap((result, model) => result.layers.flatMap((row, index) => (isReadable(page, result, row) ? [{ model, index, row }] : [])));
}

const isReadable = (page: Page, { settings }: Result, row: Row): boolean =>
  row.rows !== null && row.cols !== null && (matrixKinds.includes(row.kind) || (settings.conv === "flatten" && kernelKinds.includes(row.kind))) && !row.spectrum?.approximation && (row.status === "analyzed" || (row.status === "pending" && page.source.analyze !== undefined));

export interface LayerChoice {
  element: HTMLElement;
  say(message: string): void;
  /** Chooses the first layer. */
  begin(): void;
}

/** A choice of a model and a layer of it, which is analysed first where it is pending; then it is told. */
export function layerChoice(page: Page, chosen: (model: number, index: number) => void, left: () => void): LayerChoice {
  const layers = lessonLayers(page);
  const models = [...new Set(layers.map(layer => layer.model))];
  const said = html`<p role="status" class="said"></p>`;
  const say = (message: string): void => void (said.textContent = message);
  const layerList = html`<select name="layer"></select>` as HTMLSelectElement;
  const modelList = html`<select name="model">${models.map(model => html`<option value=${model}>${nameOf(page, model)}</option>`)}</select>` as HTMLSelectElement;
  let running = new AbortController();

  const take = async ({ model, index, row }: LayerPlace): Promise<void> => {
    running.abort();
    left();
    const mine = (running = new AbortController());
    endWithView(mine);
    try {
      if (row.status === "pending") await page.source.analyze!(model, index, state => !mine.signal.aborted && say(state.waiting ? "Another layer is being analysed; this one is next …" : `Computing the spectrum: ${fixed(state.seconds, 1)} s …`), mine.signal);
      if (!mine.signal.aborted) chosen(model, index);
    } catch (e) {
      if (!mine.signal.aborted) say(`The layer could not be analysed: ${(e as Error).message}`);
    }
  };
  const show = (model: number): void => {
    const own = layers.filter(layer => layer.model === model);
    const first = own.find(({ row }) => row.status === "analyzed") ?? own.find(({ row }) => row.kind === "dense") ?? own[0]!;
    layerList.replaceChildren(...own.map(({ index, row }) => html`<option value=${index} selected=${index === first.index}>${row.name}, ${row.rows} × ${row.cols}</option>`));
    void take(first);
  };
  layerList.onchange = () => void take(layers.find(layer => layer.model === Number(modelList.value) && layer.index === Number(layerList.value))!);
  modelList.onchange = () => show(Number(modelList.value));
  const element = html`<section class="control" aria-label="The layer of the lesson">
    ${models.length > 1 ? html`<label class="choice">Model ${modelList}</label>` : null}
    <label class="choice">Layer ${layerList}</label>
    ${said}
  </section>`;
  return { element, say, begin: () => show(models[0]!) };
}
