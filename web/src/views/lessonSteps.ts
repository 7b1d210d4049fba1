import type { Claim, EllipseFigure, Lesson, LessonPart } from "../data/lesson";
import { ellipseFigure } from "../figures/ellipseFigure";
import { curveFigure } from "../figures/lessonFigures";
import { stepAt } from "../numerics/ellipse";
import { figure, type FigureParts } from "../parts/figure";
import { fixed, number, tiny } from "../parts/format";
import { formula } from "../parts/formula";
import { html } from "../parts/html";

/** Where the sliders of a lesson stand, so that they stay when it is worked again. */
export interface Places {
  ellipse: number;
}

/** The steps of a lesson, one below the other. */
export function lessonSteps(lesson: Lesson, places: Places): HTMLElement[] {
  return lesson.steps.map((step, i) => html`<section class="step" aria-labelledby=${`step-${i + 1}`}>
    <h2 id=${`step-${i + 1}`}><span class="step-number">${i + 1}</span> ${step.title}</h2>
    ${step.parts.map((part, j) => partElement(part, places, `${i + 1}-${j + 1}`))}
  </section>`);
}

/** All figures of a lesson, each as it is at its end. */
export function lessonFigures(lesson: Lesson): FigureParts[] {
  return lesson.steps.flatMap(step => step.parts).flatMap(part => (part.kind === "curves" ? [curveFigure(part)] : part.kind === "ellipse" ? [ellipseFigure(part, () => 1)] : []));
}

function partElement(part: LessonPart, places: Places, id: string): HTMLElement {
  switch (part.kind) {
    case "text":
      return html`<p class="prose">${part.text}</p>`;
    case "formula":
      return formula(part.pieces);
    case "table":
      return table(part.columns, part.rows, id);
    case "claim":
      return claim(part);
    case "curves":
      return html`<div class="figures wide">${figure(curveFigure(part)).element}</div>`;
    case "ellipse":
      return ellipse(part, places, id);
  }
}

function table(columns: string[], rows: string[][], id: string): HTMLElement {
  const isNumber = columns.map((_, j) => rows.every(row => /^[−-]?[\d.]/.test(row[j] ?? "") || row[j] === "" || row[j] === "–"));
  const kind = (j: number): string | null => (isNumber[j] ? "number" : null);
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${`Table ${id}: ${columns.join(", ")}`}><table>
    <thead><tr>${columns.map((column, j) => html`<th scope="col" class=${kind(j)}>${column}</th>`)}</tr></thead>
    <tbody>${rows.map(row => html`<tr>${row.map((cell, j) => html`<td class=${kind(j)}>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

function claim({ claim: text, error, bound, holds }: Claim): HTMLElement {
  return html`<p class="claim" data-holds=${String(holds)}>
    <span class="mark" aria-hidden="true">${holds ? "✓" : "✗"}</span>
    <span><span class="unseen">${holds ? "holds: " : "does not hold: "}</span>${text} <small>${error === 0 && bound === 0 ? "exactly" : `off by ${tiny(error)}, at most ${tiny(bound)} by rounding`}</small></span></p>`;
}

function ellipse(part: EllipseFigure, places: Places, id: string): HTMLElement {
  const drawing = figure(ellipseFigure(part, () => places.ellipse));
  const control = `ellipse-${id}`;
  const said = html`<output for=${control} class="readout" data-readout="ellipse"></output>`;
  const slider = html`<input type="range" id=${control} min="0" max="1" step="0.01" />` as HTMLInputElement;
  const moveTo = (place: number): void => {
    places.ellipse = place;
    const text = stepText(part, place);
    slider.value = String(place);
    slider.setAttribute("aria-valuetext", text);
    said.replaceChildren(html`<span>${text}</span>`);
    drawing.redraw();
  };
  slider.oninput = () => moveTo(Number(slider.value));
  moveTo(places.ellipse);
  return html`<div class="ellipse">
    <div class="control"><label for=${control}>${part.is_section ? "From the circle to the ellipse" : "W = U Σ Vᵀ, factor by factor"}</label>${slider}${said}</div>
    <div class="figures wide">${drawing.element}</div></div>`;
}

/** Which of the three factors is at work. */
function stepText(part: EllipseFigure, place: number): string {
  const { name, share } = stepAt(place, part.is_section);
  const [first, second] = part.singular_values;
  const turn = (vectors: number[][]): string => (vectors[0]![0]! * vectors[1]![1]! - vectors[0]![1]! * vectors[1]![0]! < 0 ? "turn and flip" : "turn");
  switch (name) {
    case "circle":
      return "The unit circle, as it is.";
    case "right":
      return `Step 1 of 3: ${turn(part.right)} by Vᵀ, which lays v₁ and v₂ along the axes (${percentOf(share)}).`;
    case "stretch":
      return `${part.is_section ? "Stretch" : "Step 2 of 3: stretch"} by Σ, along the axes by σ₁ = ${number(first)} and σ₂ = ${number(second)} (${percentOf(share)}).`;
    case "left":
      return `Step 3 of 3: ${turn(part.left)} by U, which takes the axes to u₁ and u₂ (${percentOf(share)}).`;
    case "ellipse":
      return part.is_section ? "The ellipse: its half-axes are σ₁u₁ and σ₂u₂." : "All three steps: the circle has become what W makes of it.";
  }
}

const percentOf = (share: number): string => `${fixed(100 * share, 0)} %`;
