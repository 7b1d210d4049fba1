import { html } from "../parts/html";
import { familyColors, familyOf, roleText, type RoleSymbol } from "../data/roles";
import * as Plot from "@observablehq/plot";

/** What colours, dashes and shapes stand for; each entry has a text. */
export function legend(entries: { text: string; color: string; dash?: string; symbol?: RoleSymbol; fill?: boolean }[]): HTMLElement {
  return html`<ul class="legend">${entries.map(entry => html`<li>${swatch(entry)}<span>${entry.text}</span></li>`)}</ul>`;
}

export function roleLegend(symbols: Map<string, RoleSymbol>): HTMLElement {
  return legend([...symbols].map(([role, symbol]) => ({ text: roleText(role), color: familyColors[familyOf(role)], symbol })));
}

function swatch(entry: { color: string; dash?: string; symbol?: RoleSymbol; fill?: boolean }): SVGElement {
  const drawing = entry.symbol
    ? Plot.plot({ className: "plot", width: 16, height: 12, margin: 0, x: { axis: null, domain: [0, 1] }, y: { axis: null, domain: [0, 1] }, marks: [Plot.dot([0], { x: [0.5], y: [0.5], symbol: entry.symbol, r: 4, fill: entry.color, fillOpacity: 0.6, stroke: entry.color })] })
    : Plot.plot({ className: "plot", width: 24, height: 12, margin: 0, x: { axis: null, domain: [0, 1] }, y: { axis: null, domain: [0, 1] }, marks: [entry.fill ? Plot.rect([0], { x1: [0], x2: [1], y1: [0.1], y2: [0.9], fill: entry.color, fillOpacity: 0.35 }) : Plot.ruleY([0.5], { stroke: entry.color, strokeWidth: 2, strokeDasharray: entry.dash })] });
  drawing.querySelector("style")?.remove();
  drawing.setAttribute("aria-hidden", "true");
  return drawing as unknown as SVGElement;
}
