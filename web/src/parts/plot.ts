// What all figures share.

import * as Plot from "@observablehq/plot";
import { number } from "./format";

export { Plot };

const narrow = 480;

/** A drawing with the page's class and margins that fit its width. */
export function draw(width: number, options: Plot.PlotOptions): SVGElement {
  return Plot.plot({ className: "plot", width, height: heightFor(width), marginLeft: 52, marginBottom: 40, marginTop: 24, marginRight: 16, ...options }) as SVGElement;
}

const heightFor = (width: number): number => Math.round(Math.min(360, Math.max(220, width * 0.55)));

export const isNarrow = (width: number): boolean => width < narrow;

/** A logarithmic axis with powers of ten, and with 2 and 5 between them where it is short. */
export const logAxis = (label: string, domain?: readonly [number, number]): Plot.ScaleOptions => ({
  type: "log",
  label,
  grid: true,
  ...(domain && { domain }),
  tickFormat: domain && domain[1] < shortRange * domain[0] ? roundNumber : powerOfTen,
});

/** The ratio up to which an axis may have no two powers of ten. */
const shortRange = 100;

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10ⁿ at powers of ten, nothing between them. */
function powerOfTen(value: number): string {
  const power = Math.log10(value);
  if (Math.abs(power - Math.round(power)) > 1e-9) return "";
  const digits = [...String(Math.abs(Math.round(power)))].map(digit => superscripts[Number(digit)]).join("");
  return `10${power < -0.5 ? "⁻" : ""}${digits}`;
}

/** The number at 1, 2 and 5 times a power of ten. */
function roundNumber(value: number): string {
  const leading = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
  return [1, 2, 5].includes(leading) ? number(value) : "";
}

/** A vertical line with a word at its upper end. */
export function mark(x: number, text: string, color: string, place: { dash?: string; line?: number; anchor?: "start" | "end" } = {}): Plot.Markish[] {
  return [
    Plot.ruleX([x], { stroke: color, strokeWidth: 1.5, strokeDasharray: place.dash }),
    Plot.text([x], { x: value => value as number, frameAnchor: "top", text: () => text, dx: place.anchor === "end" ? -4 : 4, dy: 4 + 13 * (place.line ?? 0), textAnchor: place.anchor ?? "start", fill: color, stroke: "var(--paper)", strokeWidth: 3 }),
  ];
}

/** Drawings one below the other, or side by side, as one. */
export function stack(width: number, drawings: SVGElement[], columns: number): SVGElement {
  const all = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const heights = drawings.map(drawing => Number(drawing.getAttribute("height")));
  const cell = width / columns;
  let bottom = 0;
  drawings.forEach((drawing, i) => {
    drawing.querySelector("style")?.remove();
    const row = Math.floor(i / columns);
    drawing.setAttribute("x", String((i % columns) * cell));
    drawing.setAttribute("y", String(heights.slice(0, row * columns).filter((_, j) => j % columns === 0).reduce((sum, height) => sum + height, 0)));
    bottom = Math.max(bottom, Number(drawing.getAttribute("y")) + heights[i]!);
    all.append(drawing);
  });
  all.setAttribute("class", "plot");
  all.setAttribute("width", String(width));
  all.setAttribute("height", String(bottom));
  all.setAttribute("viewBox", `0 0 ${width} ${bottom}`);
  return all;
}
