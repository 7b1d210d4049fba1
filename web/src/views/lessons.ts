import { html } from "../parts/html";
import { addressOf, type Page } from "../parts/page";

/** All lessons in their order, with what one learns in each. */
export function lessonsView(page: Page): HTMLElement {
  return html`<article class="lessons"><h1>Lessons</h1>
    <p class="prose">The singular value decomposition step by step. Every number is computed by the library, and what must hold is held against numbers; most lessons can be worked on a matrix of your own.</p>
    <ol class="cards">${(page.source.data.lessons ?? []).map(topic => html`<li class="card"><a href=${addressOf.lesson(topic.name)}>${topic.title}</a><span>${topic.about}</span></li>`)}</ol></article>`;
}
