import { html } from "../parts/html";
import { metricNames, type Row } from "../data/result";
import { countedLayers, rowAt, stepText, type TrackedLayer, type Trajectory } from "../data/trajectory";
import { metricCourses, phaseCourse, rotationCourses } from "../figures/trajectoryFigures";
import { figure } from "../parts/figure";
import { number } from "../parts/format";
import { LayerTable } from "../parts/layerTable";
import { metricChoice, metricLink } from "../parts/metricText";
import { absent, addressOf, type Page } from "../parts/page";
import { timeSlider } from "../parts/timeSlider";

const summarized = ["alpha", "stable_rank", "log_norm", "effective_rank", "bulk_spikes"];

/** A training: a slider over its checkpoints, one line a layer over time, and the layers at the checkpoint of the slider. */
export function trajectoryView(page: Page, trajectory: Trajectory): HTMLElement {
  const layers = countedLayers(page.results, trajectory);
  const names = metricNames(page.results);
  const [first, last] = [0, trajectory.checkpoints.length - 1];
  if (names.length === 0) return absent("No layer of any checkpoint is analysed, so there is nothing to draw.");
  const open = (layer: TrackedLayer): void => void (location.hash = addressOf.trackedLayer(layer.name));
  let front = last;
  let metric = names.includes("alpha") ? "alpha" : names[0]!;
  const at = (): number => front;
  const chosen = html`<div class="figures wide"></div>`;
  const table = html`<div></div>`;
  const others = [
    ...(Object.keys(trajectory.summary).some(name => name.startsWith("phase_")) ? [figure(phaseCourse(trajectory, at))] : []),
    ...(last > 0 ? [figure(rotationCourses(trajectory, layers, "since_previous", at, open)), figure(rotationCourses(trajectory, layers, "since_first", at, open))] : []),
  ];
  let course = figure(metricCourses(trajectory, page.results, layers, metric, at, open));
  const show = (): void => {
    course = figure(metricCourses(trajectory, page.results, layers, metric, at, open));
    chosen.replaceChildren(course.element);
  };
  show();
  const slider = timeSlider({
    id: "checkpoint",
    label: "Checkpoint",
    places: trajectory.checkpoints.map((_, checkpoint) => stepText(trajectory, checkpoint)),
    start: last,
    read: place => readCheckpoint(trajectory, place),
    moved: place => {
      front = place;
      [course, ...others].forEach(one => one.redraw());
      table.replaceChildren(layersAt(page, trajectory, place));
    },
  });
  return html`<div class="overview">
    <h1>A training from ${stepText(trajectory, first)} to ${stepText(trajectory, last)}</h1>
    ${rules(trajectory)}
    ${slider}
    <section aria-labelledby="course-title"><h2 id="course-title">Over the training</h2>
      <div class="tools">${metricChoice(page.source.data.metrics, names, metric, name => { metric = name; show(); })}</div>
      ${chosen}
      <div class="figures">${others.map(one => one.element)}</div></section>
    ${checkpoints(page, trajectory)}
    ${table}
  </div>`;
}

function readCheckpoint(trajectory: Trajectory, checkpoint: number): (Node | string)[] {
  const { status } = trajectory.checkpoints[checkpoint]!;
  return [
    html`<strong class="big">${stepText(trajectory, checkpoint)}</strong>`,
    ...["alpha", "stable_rank"].filter(name => trajectory.summary[name]).map(name => html`<span>mean ${name} <strong data-value=${name}>${number(trajectory.summary[name]![checkpoint])}</strong></span>`),
    ...(status === "present" ? [] : [html`<span>${status === "failed" ? "not read" : status}</span>`]),
  ];
}

/** What the rules said that were given to the run. */
function rules(trajectory: Trajectory): HTMLElement | null {
  return trajectory.rules.length === 0 ? null : html`<ul class="said">${trajectory.rules.map(({ rule, first_met: met, value }) =>
    html`<li><strong>${rule}</strong>: ${met === null ? "at no checkpoint" : `first at ${stepText(trajectory, met)} (${number(value)})`}</li>`)}</ul>`;
}

function checkpoints(page: Page, trajectory: Trajectory): HTMLElement {
  const shown = summarized.filter(name => trajectory.summary[name]);
  return html`<section aria-labelledby="checkpoints-title"><h2 id="checkpoints-title">Checkpoints: means over the layers</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: checkpoints"><table data-table="checkpoints"><thead><tr><th scope="col">checkpoint</th><th scope="col" class="number">layers</th>${shown.map(name => html`<th scope="col" class="number">${metricLink(page.source.data.metrics, name)}</th>`)}<th scope="col">file</th></tr></thead>
    <tbody>${trajectory.checkpoints.map((checkpoint, place) => html`<tr><td><a href=${addressOf.overview(place)}>${stepText(trajectory, place)}</a></td><td class="number">${trajectory.summary.layers_analyzed?.[place] ?? 0}</td>${shown.map(name => html`<td class="number">${number(trajectory.summary[name]![place])}</td>`)}<td>${checkpoint.path}${checkpoint.status === "present" ? "" : ` (${checkpoint.reason ?? checkpoint.status})`}</td></tr>`)}</tbody></table></div></section>`;
}

/** The layers at one checkpoint, each of which leads to its course. */
function layersAt(page: Page, trajectory: Trajectory, checkpoint: number): HTMLElement {
  const result = page.results[checkpoint]!;
  const rows: Row[] = trajectory.layers.flatMap(layer => rowAt(page.results, layer, checkpoint) ?? []);
  return rows.length === 0 ? absent(`Nothing is known of ${stepText(trajectory, checkpoint)}: ${trajectory.checkpoints[checkpoint]!.reason ?? "it has none of the layers"}.`) : new LayerTable({
    metrics: page.source.data.metrics,
    names: () => metricNames([result]),
    rows,
    address: row => addressOf.trackedLayer(row.name),
    view: row => page.source.view(checkpoint, result.layers.indexOf(row)),
  }).element;
}
