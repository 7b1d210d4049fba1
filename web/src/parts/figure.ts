import { legendList, type LegendEntry } from "./legend";
import { html } from "./html";
import { csvText, saveFile, savePng, svgText } from "./save";

export interface FigureParts {
  /** The name of saved files, without an ending. */
  name: string;
  title: string;
  /** What is to be seen, in a sentence or two; also what a screen reader says. */
  caption: string | Node;
  legend?: LegendEntry[];
  /** Draws the figure at a width in pixels. */
  draw(width: number): SVGElement;
  /** The numbers behind it, with a heading row. */
  rows(): (string | number | null | undefined)[][];
}

export interface Figure {
  element: HTMLElement;
  /** Draws again what has changed. */
  redraw(): void;
}

const leastWidth = 240;

/** A figure that fills the width that it has, and can be saved. */
export function figure(parts: FigureParts): Figure {
  const plot = html`<div class="plot-area"></div>`;
  let width = 0;
  const redraw = (): void => {
    if (width > 0) plot.replaceChildren(labelled(parts, parts.draw(width)));
  };
  new ResizeObserver(([entry]) => {
    const next = Math.max(leastWidth, Math.floor(entry!.contentRect.width));
    if (next === width) return;
    width = next;
    redraw();
  }).observe(plot);
  const drawn = (): SVGElement => plot.querySelector("svg")!;
  const element = html`<figure class="figure" data-figure=${parts.name}>
    <div class="figure-head">
      <h3>${parts.title}</h3>
      <div class="save" role="group" aria-label=${`Save ${parts.title}`}>
        <button type="button" onclick=${() => saveFile(`${parts.name}.svg`, svgText(drawn(), parts.legend), "image/svg+xml")}>SVG</button>
        <button type="button" onclick=${() => void savePng(`${parts.name}.png`, drawn(), parts.legend)}>PNG</button>
        <button type="button" onclick=${() => saveFile(`${parts.name}.csv`, csvText(parts.rows()), "text/csv")}>CSV</button>
      </div>
    </div>
    ${parts.legend && parts.legend.length > 0 ? legendList(parts.legend) : null}
    ${plot}
    <figcaption>${parts.caption}</figcaption>
  </figure>`;
  return { element, redraw };
}

/** The drawing with its name for screen readers and without the style element, which the page's own sheet replaces. */
export function labelled(parts: FigureParts, drawing: SVGElement): SVGElement {
  drawing.querySelector("style")?.remove();
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${parts.title}. ${typeof parts.caption === "string" ? parts.caption : (parts.caption.textContent ?? "")}`);
  return drawing;
}
