import { html } from "./html";
import type { Metric } from "../data/result";

/** What a metric is called in words, and where the page says more of it. */
export function metricLink(metrics: Metric[], name: string): HTMLElement {
  const metric = metrics.find(one => one.name === name);
  return html`<a class="metric" href=${`#/metrics/${name}`} title=${metric ? `${metric.title}: ${metric.formula}. Beware: ${metric.pitfall}` : name}>${name}</a>`;
}

export const metricTitle = (metrics: Metric[], name: string): string => metrics.find(one => one.name === name)?.title ?? name;

/** A choice of one metric. */
export function metricChoice(metrics: Metric[], names: string[], chosen: string, choose: (name: string) => void): HTMLElement {
  return html`<label class="choice">Metric
    <select onchange=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${names.map(name => html`<option value=${name} selected=${name === chosen}>${name}: ${metricTitle(metrics, name)}</option>`)}
    </select>
  </label>`;
}
