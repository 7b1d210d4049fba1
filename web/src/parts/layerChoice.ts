import type { Result, Row } from "../data/result";
import { endWithView } from "./analysis";
import { fixed } from "./format";
import { html } from "./html";
import { nameOf, type Page } from "./page";

export interface LayerPlace {
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

/** A choice of a model and a layer of it, which is analysed first where it is pending; then it is told. Where the lesson wants two, the same layer of another model may stand before it. */
export function layerChoice(page: Page, wantsTwo: boolean, chosen: (layers: LayerPlace[]) => void, left: () => void): LayerChoice {
  const layers = lessonLayers(page);
  const models = [...new Set(layers.map(layer => layer.model))];
  const hasBefore = wantsTwo && models.length > 1;
  const said = html`<p role="status" class="said"></p>`;
  const say = (message: string): void => void (said.textContent = message);
  const options = (of: number[]): HTMLElement[] => of.map(model => html`<option value=${model}>${nameOf(page, model)}</option>`);
  const layerList = html`<select name="layer"></select>` as HTMLSelectElement;
  const modelList = html`<select name="model">${options(models)}</select>` as HTMLSelectElement;
  const beforeList = html`<select name="before"></select>` as HTMLSelectElement;
  let running = new AbortController();
  let last: LayerPlace | undefined;
  let wish: string | undefined;

  const analyse = async ({ model, index, row }: LayerPlace, mine: AbortController): Promise<void> => {
    if (row.status === "pending") await page.source.analyze!(model, index, state => !mine.signal.aborted && say(state.waiting ? "Another layer is being analysed; this one is next …" : `Computing the spectrum: ${fixed(state.seconds, 1)} s …`), mine.signal);
  };
  const take = async (places: LayerPlace[]): Promise<void> => {
    running.abort();
    left();
    const mine = (running = new AbortController());
    endWithView(mine);
    try {
      for (const place of places) await analyse(place, mine);
      if (!mine.signal.aborted) chosen(places);
    } catch (e) {
      if (!mine.signal.aborted) say(`The layer could not be analysed: ${(e as Error).message}`);
    }
  };
  const now = (): LayerPlace => layers.find(layer => layer.model === Number(modelList.value) && layer.index === Number(layerList.value))!;
  const takeChosen = (): void => {
    const after = now();
    const before = hasBefore && beforeList.value !== "" ? layers.find(layer => layer.model === Number(beforeList.value) && isSameLayer(layer, after)) : undefined;
    void take(before ? [before, after] : [after]);
  };
  /** Offers the models that have the layer too; what the reader chose stays, else it is the nearest that was named before this one. */
  const showBefore = (): void => {
    const after = now();
    const others = models.filter(model => model !== after.model && layers.some(layer => layer.model === model && isSameLayer(layer, after)));
    const offered = ["", ...others.map(String)];
    beforeList.replaceChildren(html`<option value="">${others.length > 0 ? "none, this layer alone" : "no other model has this layer"}</option>`, ...options(others));
    beforeList.value = offered.find(value => value === wish) ?? String(others.findLast(model => model < after.model) ?? "");
  };
  const changed = (): void => {
    last = now();
    if (hasBefore) showBefore();
    takeChosen();
  };
  const show = (model: number): void => {
    const own = layers.filter(layer => layer.model === model);
    const first = own.find(layer => last && isSameLayer(layer, last)) ?? own.find(({ row }) => row.status === "analyzed") ?? own.find(({ row }) => row.kind === "dense") ?? own[0]!;
    modelList.value = String(model);
    layerList.replaceChildren(...own.map(({ index, row }) => html`<option value=${index} selected=${index === first.index}>${row.name}, ${row.rows} × ${row.cols}</option>`));
    changed();
  };
  layerList.onchange = changed;
  modelList.onchange = () => show(Number(modelList.value));
  beforeList.onchange = () => {
    wish = beforeList.value;
    takeChosen();
  };
  const element = html`<section class="control" aria-label="The layer of the lesson">
    ${hasBefore ? html`<label class="choice">Before training ${beforeList}</label>` : null}
    ${models.length > 1 ? html`<label class="choice">${hasBefore ? "After training" : "Model"} ${modelList}</label>` : null}
    <label class="choice">Layer ${layerList}</label>
    ${said}
  </section>`;
  return { element, say, begin: () => show(hasBefore ? models.at(-1)! : models[0]!) };
}

/** True for what may be one layer at two times. */
const isSameLayer = ({ row: a }: LayerPlace, { row: b }: LayerPlace): boolean => a.name === b.name && a.rows === b.rows && a.cols === b.cols;
