import { html } from "../parts/html";
import type { View } from "../data/spectrum";
import { isAnalyzed, valueOf } from "../data/result";
import { rowAt, stepText, type TrackedLayer, type Trajectory } from "../data/trajectory";
import { overlaidDensities, overlaidSingularValues } from "../figures/modelsFigures";
import { layerCourse, layerRotation, leadingValues } from "../figures/trajectoryFigures";
import { figure, type FigureParts } from "../parts/figure";
import { number } from "../parts/format";
import { absent, addressOf, type Page } from "../parts/page";
import { sideBySide } from "../parts/sideBySide";
import { timeSlider } from "../parts/timeSlider";
import { outcome } from "../parts/verdict";

const shownMetrics = ["alpha", "stable_rank", "norm", "effective_rank"];

/** One layer over the training. */
export function trackedLayerView(page: Page, trajectory: Trajectory, name: string): HTMLElement {
  const place = trajectory.layers.findIndex(layer => layer.name === name);
  const layer = trajectory.layers[place];
  if (!layer) return absent("No checkpoint has such a layer.");
  const known = layer.rows.flatMap((_, checkpoint) => (isKnown(page, layer, checkpoint) ? [checkpoint] : []));
  let front = known.at(-1) ?? 0;
  const drawings = known.length === 0 ? [] : trackedFigures(page, trajectory, layer, () => front).map(figure);
  const neighbour = (step: number, key: string, text: string): HTMLElement | null => {
    const other = trajectory.layers[place + step];
    return other ? html`<a href=${addressOf.trackedLayer(other.name)} data-key=${key} title=${other.name}>${text}</a>` : null;
  };
  return html`<article class="layer">
    <nav class="breadcrumb" aria-label="Training"><a href=${addressOf.trajectory}>The training</a> ${neighbour(-1, "ArrowLeft", "Previous layer")} ${neighbour(1, "ArrowRight", "Next layer")}</nav>
    <h1>${name}</h1>
    ${known.length === 0 ? absent("The layer could be analysed at no checkpoint.") : [
      timeSlider({
        id: "checkpoint",
        label: "Checkpoint",
        places: known.map(checkpoint => stepText(trajectory, checkpoint)),
        start: known.length - 1,
        read: at => readPoint(page, trajectory, layer, known[at]!),
        moved: at => {
          front = known[at]!;
          drawings.forEach(drawing => drawing.redraw());
        },
      }),
      html`<div class="figures">${drawings.map(drawing => drawing.element)}</div>`,
      sideBySide(page, trajectory.checkpoints.map((_, checkpoint) => ({ name: stepText(trajectory, checkpoint), model: checkpoint, row: rowAt(page.results, layer, checkpoint) }))),
    ]}
  </article>`;
}

const isKnown = (page: Page, layer: TrackedLayer, checkpoint: number): boolean => {
  const row = rowAt(page.results, layer, checkpoint);
  return row !== undefined && isAnalyzed(row);
};

/** The figures of a layer over the training; those of spectra where these were saved. */
export function trackedFigures(page: Page, trajectory: Trajectory, layer: TrackedLayer, front: () => number): FigureParts[] {
  const names = trajectory.checkpoints.map((_, checkpoint) => stepText(trajectory, checkpoint));
  const views = layer.rows.map((row, checkpoint) => (row === null ? undefined : (page.source.view(checkpoint, row) as View | undefined)));
  return [
    ...(views.some(view => view) ? [overlaidDensities(views, names, front), leadingValues(trajectory, views, front), overlaidSingularValues(views, names, front)] : []),
    ...(trajectory.checkpoints.length > 1 && layer.rotation.rank.some(rank => rank !== null) ? [layerRotation(trajectory, layer, front)] : []),
    ...shownMetrics.filter(metric => layer.rows.some((_, checkpoint) => rowAt(page.results, layer, checkpoint)?.metrics[metric] != null)).map(metric => layerCourse(trajectory, page.results, layer, metric, front)),
  ];
}

function readPoint(page: Page, trajectory: Trajectory, layer: TrackedLayer, checkpoint: number): (Node | string)[] {
  const row = rowAt(page.results, layer, checkpoint)!;
  return [
    html`<strong class="big">${stepText(trajectory, checkpoint)}</strong>`,
    html`<span>alpha <strong data-value="alpha">${number(valueOf(row, "alpha"))}</strong></span>`,
    html`<span>phase <strong>${row.phase?.replaceAll("_", " ") ?? "–"}</strong></span>`,
    html`<span>${outcome(row)}</span>`,
  ];
}
