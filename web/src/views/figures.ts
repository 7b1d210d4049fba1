import { html } from "../parts/html";
import { comparedModels, pairRows, type Comparison } from "../data/comparison";
import { isAnalyzed, isWhole, valueOf, type Result, type Row } from "../data/result";
import type { View } from "../data/spectrum";
import { countedLayers, type Trajectory } from "../data/trajectory";
import { depthCourse, groupQuartiles } from "../figures/comparisonFigures";
import { bulkDensity, logDensity, survival, threePanels, xminScan } from "../figures/layerFigures";
import { correlationFlow, distributions, fitQuality, heatMap, histogram } from "../figures/overviewFigures";
import { depthCurves, modelDistributions } from "../figures/modelsFigures";
import { metricCourses, phaseCourse, rotationCourses } from "../figures/trajectoryFigures";
import { TailFits } from "../numerics/powerLaw";
import { Truncations } from "../numerics/truncation";
import { labelled, type FigureParts } from "../parts/figure";
import { nameOf, wholes, type Page } from "../parts/page";
import { svgText } from "../parts/save";
import { comparedFigures } from "./comparedLayer";
import { lessonFigures } from "./lessonSteps";
import { mergeFigures } from "./merge";
import { trackedFigures } from "./trackedLayer";

const width = 720;
const metric = "alpha";

/** Every figure as the text of an SVG document in base64, for a program that reads the page. */
export function figuresView(page: Page): HTMLElement {
  const text = ({ folder, parts }: Placed): HTMLElement =>
    html`<pre data-folder=${folder} data-figure=${parts.name}>${base64(svgText(labelled(parts, parts.draw(width)), parts.legend))}</pre>`;
  return html`<div id="figures">${[...figuresOf(page)].map(text)}</div>`;
}

interface Placed {
  folder: string;
  parts: FigureParts;
}

/** Those of all models, of each model, of each layer whose eigenvalues are known. */
function* figuresOf(page: Page): Generator<Placed> {
  const { results } = page;
  const names = results.map((_, model) => nameOf(page, model));
  const models = results.map(result => wholes(result.layers));
  const { comparison, trajectory, merge, lesson } = page.source.data;
  if (lesson) {
    yield* lessonFigures(lesson).map(parts => ({ folder: "", parts }));
    return;
  }
  if (merge) {
    yield* mergeFigures(merge).map(parts => ({ folder: "", parts }));
    return;
  }
  if (trajectory) {
    yield* trajectoryFigures(page, trajectory);
    return;
  }
  if (comparison) {
    yield* comparisonFigures(page, comparison, names);
    return;
  }
  if (results.length > 1) {
    yield { folder: "", parts: depthCurves(models, names, metric) };
    yield { folder: "", parts: modelDistributions(models, names, metric) };
  }
  for (const [model, result] of results.entries()) {
    const folder = results.length > 1 ? `${model + 1}-${names[model]}/` : "";
    if (models[model]!.length > 0) yield* modelFigures(models[model]!).map(parts => ({ folder, parts }));
    for (const [index, row] of result.layers.entries()) {
      const view = isAnalyzed(row) ? page.source.view(model, index) : undefined;
      if (view && !(view instanceof Promise)) yield* layerFigures(result, row, view).map(parts => ({ folder: `${folder}${row.name.replaceAll("/", ".")}/`, parts }));
    }
  }
}

/** Those of a comparison: of each compared model, in a folder where there are several, and of each of its layers. */
function* comparisonFigures(page: Page, comparison: Comparison, names: string[]): Generator<Placed> {
  const parts = [...new Set(comparison.depth.map(curve => curve.part))];
  if (comparison.groups.length > 0) yield { folder: "", parts: groupQuartiles(comparison.groups, names, metric) };
  for (const part of parts) yield { folder: "", parts: depthCourse(comparison.depth, names, part, metric) };
  const models = comparedModels(comparison);
  for (const model of models) {
    const folder = models.length > 1 ? `${model + 1}-${names[model]}/` : "";
    const rows = pairRows(comparison, page.results, model);
    const shown = rows.filter(isWhole);
    for (const name of ["cosine", "change_percent", "left_overlap"].filter(one => shown.some(row => valueOf(row, one) !== undefined))) yield { folder, parts: correlationFlow(shown, name, () => undefined) };
    for (const row of rows) yield* comparedFigures(page, comparison, model, row.id).map(parts => ({ folder: `${folder}${row.name.replaceAll("/", ".")}/`, parts }));
  }
}

/** Those of a training, and of each of its layers. */
function* trajectoryFigures(page: Page, trajectory: Trajectory): Generator<Placed> {
  const layers = countedLayers(page.results, trajectory);
  const last = (): number => trajectory.checkpoints.length - 1;
  yield { folder: "", parts: metricCourses(trajectory, page.results, layers, metric, last, () => undefined) };
  yield { folder: "", parts: phaseCourse(trajectory, last) };
  yield { folder: "", parts: rotationCourses(trajectory, layers, "since_previous", last, () => undefined) };
  yield { folder: "", parts: rotationCourses(trajectory, layers, "since_first", last, () => undefined) };
  for (const layer of layers) yield* trackedFigures(page, trajectory, layer, last).map(parts => ({ folder: `${layer.name.replaceAll("/", ".")}/`, parts }));
}

const modelFigures = (rows: Row[]): FigureParts[] => [
  correlationFlow(rows, metric, () => undefined),
  distributions(rows, metric),
  ...(rows.some(row => row.block !== null) ? [heatMap(rows, metric)] : []),
  histogram(rows, metric),
  fitQuality(rows, () => undefined),
];

function layerFigures(result: Result, row: Row, view: View): FigureParts[] {
  const fits = new TailFits(view.eigenvalues, result.settings);
  const fit = typeof row.metrics.xmin === "number" ? fits.at(row.metrics.xmin) : undefined;
  const truncations = new Truncations(view.eigenvalues, row.rows ?? 0, row.cols ?? 0);
  return [logDensity(view, () => fit), survival(view, () => fit), xminScan(fits.scan(), () => fit), bulkDensity(row, view), threePanels(view, truncations, () => truncations.rankFor(0.9))];
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(""));
}
