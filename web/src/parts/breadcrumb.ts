import { html } from "./html";

export interface Neighbour {
  address: string;
  name: string;
}

/** The way up from a layer or lesson, and to its neighbours, which the arrow keys lead to as well. */
export function breadcrumb(up: Neighbour, previous: Neighbour | undefined, next: Neighbour | undefined, label = "Layers"): HTMLElement {
  const link = (to: Neighbour | undefined, text: string, key: string): HTMLElement =>
    to ? html`<a href=${to.address} title=${to.name} data-key=${key}>${text}</a>` : html`<span class="off">${text}</span>`;
  return html`<nav class="breadcrumb" aria-label=${label}><a href=${up.address}>${up.name}</a>
    <span class="steps">${link(previous, "← previous", "ArrowLeft")} ${link(next, "next →", "ArrowRight")}</span></nav>`;
}
