import { html } from "./html";
import { number } from "./format";

/** Numbers and what they are. */
export function numberTable(label: string, rows: { name: Node | string; value: number | null | undefined; meaning: string }[]): HTMLElement {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${`Table: ${label}`}><table class="metrics"><thead><tr><th scope="col">metric</th><th scope="col" class="number">value</th><th scope="col">what it is</th></tr></thead>
    <tbody>${rows.map(({ name, value, meaning }) => html`<tr><td>${name}</td><td class="number">${number(value)}</td><td class="meaning">${meaning}</td></tr>`)}</tbody></table></div>`;
}
