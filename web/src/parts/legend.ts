// What colours, dashes and shapes stand for: on the page as a list, in saved figures below the drawing.

import type { SymbolType } from "@observablehq/plot";
import { familyColors, familyOf, roleText, type RoleSymbol } from "../data/roles";
import { html } from "./html";
import { Plot } from "./plot";

export interface LegendEntry {
  text: string;
  color: string;
  dash?: string;
  symbol?: RoleSymbol;
  fill?: boolean;
}

const swatchWidth = 24;
const lineHeight = 18;
const letterWidth = 6.2;

export const roleEntries = (symbols: Map<string, RoleSymbol>): LegendEntry[] =>
  [...symbols].map(([role, symbol]) => ({ text: roleText(role), color: familyColors[familyOf(role)], symbol }));

export function legendList(entries: LegendEntry[]): HTMLElement {
  return html`<ul class="legend">${entries.map(entry => html`<li>${swatch(entry)}<span>${entry.text}</span></li>`)}</ul>`;
}

/** The drawing with its legend below it, as one. */
export function withLegend(drawing: SVGElement, entries: LegendEntry[]): SVGElement {
  const [width, height] = [Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
  const all = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  all.append(drawing);
  let [x, y] = [0, height];
  for (const entry of entries) {
    const needed = swatchWidth + 6 + letterWidth * entry.text.length + 14;
    if (x > 0 && x + needed > width) [x, y] = [0, y + lineHeight];
    const sample = swatch(entry);
    sample.setAttribute("x", String(x + 4));
    sample.setAttribute("y", String(y + 3));
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    text.setAttribute("x", String(x + swatchWidth + 8));
    text.setAttribute("y", String(y + 13));
    text.setAttribute("font-size", "11");
    text.textContent = entry.text;
    all.append(sample, text);
    x += needed;
  }
  const bottom = entries.length > 0 ? y + lineHeight + 6 : height;
  all.setAttribute("width", String(width));
  all.setAttribute("height", String(bottom));
  all.setAttribute("viewBox", `0 0 ${width} ${bottom}`);
  return all;
}

function swatch(entry: LegendEntry): SVGElement {
  const drawing = Plot.plot({ className: "plot", width: swatchWidth, height: 12, margin: 0, x: { axis: null, domain: [0, 1] }, y: { axis: null, domain: [0, 1] }, marks: [sample(entry)] });
  drawing.querySelector("style")?.remove();
  drawing.setAttribute("aria-hidden", "true");
  return drawing as unknown as SVGElement;
}

function sample({ symbol, fill, color, dash }: LegendEntry): Plot.Markish {
  return symbol ? Plot.dot([0], { x: [0.5], y: [0.5], symbol: symbol as SymbolType, r: 4, fill: color, fillOpacity: 0.6, stroke: color })
    : fill ? Plot.rect([0], { x1: [0], x2: [1], y1: [0.1], y2: [0.9], fill: color, fillOpacity: 0.4 })
    : Plot.ruleY([0.5], { stroke: color, strokeWidth: 2, strokeDasharray: dash });
}
