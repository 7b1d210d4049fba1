import { html } from "./html";
import { roleText } from "../data/roles";
import type { Metric, Row } from "../data/result";
import type { View } from "../data/spectrum";
import { number } from "./format";
import { metricTitle } from "./metricText";
import { csvText, saveFile } from "./save";
import { sparkline } from "./sparkline";
import { outcome } from "./verdict";

interface Column {
  key: string;
  title: string;
  /** What is sorted by and saved. */
  value(row: Row): string | number | null | undefined;
  cell(row: Row): Node | string;
  isNumber?: boolean;
}

const defaultMetrics = ["alpha", "D", "stable_rank", "effective_rank", "log_norm", "bulk_spikes"];

const notSkipped = "not skipped";

/** Rows that are in the page at first; as many more come whenever the reader nears the end of them. */
const page = 100;

export interface LayerTableParts {
  metrics: Metric[];
  /** The metrics that have values; more as layers become known. */
  names(): string[];
  rows: Row[];
  address(row: Row): string;
  /** What can be drawn of a row; absent where rows have no spectra. */
  view?(row: Row): View | undefined | Promise<View | undefined>;
  /** The metrics that are shown at first. */
  shown?: string[];
  /** What spectra are of, where it is not the layer. */
  spectrum?: string;
  /** What rows are called, where they are not layers. */
  subject?: { title: string; row: string; rows: string };
  /** What outcomes are called, where they are not verdicts. */
  outcome?: string;
}

const layers = { title: "Layers", row: "layer", rows: "layers and tensors" };

/** All layers, to be sorted, filtered and searched. */
export class LayerTable {
  readonly element: HTMLElement;
  private readonly body: HTMLElement = html`<tbody></tbody>`;
  private readonly head: HTMLElement = html`<thead></thead>`;
  private readonly said: HTMLElement = html`<p class="said" role="status"></p>`;
  private readonly more: HTMLElement = html`<div></div>`;
  private readonly columnChecks: HTMLElement = html`<div class="checks"></div>`;
  private readonly outcomes: HTMLElement = html`<select name="outcome" onchange=${(event: Event) => this.narrow({ outcome: (event.target as HTMLSelectElement).value })}></select>`;
  private readonly elements = new Map<Row, HTMLElement>();
  private readonly observer: IntersectionObserver;
  private readonly ending = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && this.grow(), { rootMargin: "600px" });
  private names: string[] = [];
  private shownMetrics: string[] = [];
  private isChosen = false;
  private sort: { key: string; descending: boolean } | undefined;
  private filter = { text: "", role: "", outcome: notSkipped };
  private limit = page;

  constructor(private readonly parts: LayerTableParts) {
    if (parts.outcome) this.filter.outcome = "";
    this.observer = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => void this.drawSpectrum(entry.target)), { rootMargin: "300px" });
    this.element = html`<section class="layers" aria-labelledby="layers-title">
      <h2 id="layers-title">${(parts.subject ?? layers).title}</h2>
      <div class="tools">
        <label class="choice">Search <input type="search" placeholder="name, reason, warning" oninput=${(event: Event) => this.narrow({ text: (event.target as HTMLInputElement).value.toLowerCase() })} /></label>
        <label class="choice">Role <select name="role" onchange=${(event: Event) => this.narrow({ role: (event.target as HTMLSelectElement).value })}>${options([...new Set(parts.rows.map(row => row.role))].sort(), "", roleText)}</select></label>
        <label class="choice">${capitalized(parts.outcome ?? "outcome")} ${this.outcomes}</label>
        <details class="columns"><summary>Columns</summary>${this.columnChecks}</details>
        <button type="button" onclick=${() => this.save()}>Save as CSV</button>
      </div>
      ${this.said}
      <div class="scroll" tabindex="0" role="region" aria-label=${`Table of ${(parts.subject ?? layers).title.toLowerCase()}`}><table>${this.head}${this.body}</table></div>
      ${this.more}
    </section>`;
    this.refresh();
  }

  /** Shows rows of one outcome alone. */
  choose(outcome: string): void {
    this.filter = { ...this.filter, outcome };
    this.refresh();
  }

  /** Shows what has become of the rows. */
  refresh(): void {
    this.elements.clear();
    this.names = this.parts.names();
    if (!this.isChosen) this.shownMetrics = (this.parts.shown ?? defaultMetrics).filter(name => this.names.includes(name));
    this.outcomes.replaceChildren(...options([...(this.parts.outcome ? [] : [notSkipped]), ...[...new Set(this.parts.rows.map(outcomeOf))].sort()], this.filter.outcome, text => text));
    this.columnChecks.replaceChildren(...this.names.map(name => html`<label><input type="checkbox" checked=${this.shownMetrics.includes(name)} onchange=${(event: Event) => this.toggle(name, (event.target as HTMLInputElement).checked)} /> ${name}</label>`));
    this.update();
  }

  private get columns(): Column[] {
    const { metrics, address } = this.parts;
    return [
      { key: "id", title: "#", value: row => row.id, cell: row => String(row.id), isNumber: true },
      { key: "name", title: (this.parts.subject ?? layers).row, value: row => row.name, cell: row => html`<a href=${address(row)}>${row.name}</a>` },
      { key: "role", title: "role", value: row => row.role, cell: row => roleText(row.role) },
      { key: "block", title: "block", value: row => row.block, cell: row => (row.block === null ? "" : String(row.block)), isNumber: true },
      { key: "shape", title: "shape", value: row => (row.rows ?? 0) * (row.cols ?? 0), cell: row => row.shape ?? (row.rows === null ? "" : `${row.rows} × ${row.cols}`), isNumber: true },
      { key: "verdict", title: this.parts.outcome ?? "verdict", value: outcomeOf, cell: row => outcome(row) },
      ...(this.parts.view ? [{ key: "spectrum", title: this.parts.spectrum ?? "spectrum", value: (row: Row) => row.metrics.lambda_max, cell: () => html`<span class="spectrum"></span>` }] : []),
      ...this.shownMetrics.map(name => ({ key: name, title: name, value: (row: Row) => row.metrics[name], cell: (row: Row) => (row.status === "analyzed" ? number(row.metrics[name]) : ""), isNumber: true, hint: metricTitle(metrics, name) })),
      { key: "reason", title: "why", value: row => reasonOf(row), cell: row => html`<span class="reason">${reasonOf(row)}</span>` },
    ];
  }

  private narrow(change: Partial<typeof this.filter>): void {
    this.filter = { ...this.filter, ...change };
    this.limit = page;
    this.update();
  }

  private get shown(): Row[] {
    const { text, role, outcome: wanted } = this.filter;
    const rows = this.parts.rows.filter(row =>
      (role === "" || row.role === role)
      && (wanted === "" || outcomeOf(row) === wanted || (wanted === notSkipped && row.status !== "skipped"))
      && (text === "" || `${row.name} ${row.kind} ${roleText(row.role)} ${reasonOf(row)} ${row.warnings.join(" ")}`.toLowerCase().includes(text)));
    const { sort } = this;
    const column = this.columns.find(one => one.key === sort?.key);
    return sort && column ? rows.sort((a, b) => compare(column.value(a), column.value(b), sort.descending)) : rows;
  }

  private update(): void {
    const shown = this.shown;
    const columns = this.columns;
    this.head.replaceChildren(html`<tr>${columns.map(column => this.heading(column))}</tr>`);
    this.body.replaceChildren(...shown.slice(0, this.limit).map(row => this.elementOf(row, columns)));
    this.said.textContent = this.counted(shown);
    this.finish(shown.length);
  }

  /** Tells how many rows are not there yet. */
  private finish(all = this.shown.length): void {
    this.ending.disconnect();
    this.more.replaceChildren(...(all > this.limit ? [html`<button type="button" onclick=${() => this.grow()}>Show more of the other ${all - this.limit} rows</button>`] : []));
    if (all > this.limit) this.ending.observe(this.more);
  }

  /** The next rows; where their button has the focus, the first of them gets it. */
  private grow(): void {
    const columns = this.columns;
    const isFocused = this.more.contains(document.activeElement);
    const next = this.shown.slice(this.limit, this.limit + page);
    this.limit += page;
    this.body.append(...next.map(row => this.elementOf(row, columns)));
    this.finish();
    if (isFocused && next[0]) this.elementOf(next[0], columns).querySelector<HTMLElement>("a")?.focus();
  }

  private counted(shown: Row[]): string {
    const all = this.parts.rows;
    const skipped = this.filter.outcome === notSkipped ? all.filter(row => row.status === "skipped").length : 0;
    return `${shown.length === all.length ? "" : `${shown.length} of `}${all.length} ${(this.parts.subject ?? layers).rows}${skipped > 0 ? `; ${skipped} skipped ones are left out, Outcome shows them` : ""}`;
  }

  private heading(column: Column): HTMLElement {
    const direction = this.sort?.key === column.key ? (this.sort.descending ? "descending" : "ascending") : "none";
    const arrow = direction === "none" ? "" : direction === "ascending" ? " ▲" : " ▼";
    return html`<th scope="col" class=${column.isNumber ? "number" : null} aria-sort=${direction}><button type="button" data-sort=${column.key} onclick=${() => this.sortBy(column)}>${column.title}<span aria-hidden="true">${arrow}</span></button></th>`;
  }

  private sortBy(column: Column): void {
    const same = this.sort?.key === column.key;
    this.sort = same && this.sort!.descending !== Boolean(column.isNumber) ? undefined : { key: column.key, descending: same ? !this.sort!.descending : Boolean(column.isNumber) };
    this.update();
    this.head.querySelector<HTMLElement>(`button[data-sort="${CSS.escape(column.key)}"]`)?.focus();
  }

  private elementOf(row: Row, columns: Column[]): HTMLElement {
    const known = this.elements.get(row);
    if (known) return known;
    const element = html`<tr data-status=${row.status}>${columns.map(column => html`<td class=${column.isNumber ? "number" : null}>${column.cell(row)}</td>`)}</tr>`;
    this.elements.set(row, element);
    if (row.status === "analyzed" && this.parts.view) this.observer.observe(element);
    return element;
  }

  private async drawSpectrum(element: Element): Promise<void> {
    this.observer.unobserve(element);
    const row = [...this.elements].find(([, known]) => known === element)?.[0];
    const view = row && (await this.parts.view?.(row));
    if (view) element.querySelector(".spectrum")?.replaceChildren(sparkline(view));
  }

  private toggle(name: string, isShown: boolean): void {
    this.isChosen = true;
    this.shownMetrics = this.names.filter(one => (one === name ? isShown : this.shownMetrics.includes(one)));
    this.elements.clear();
    this.update();
  }

  private save(): void {
    const columns = this.columns.filter(column => column.key !== "spectrum" && column.key !== "shape");
    const heading = [...columns.map(column => column.title), "rows", "cols", "warnings"];
    saveFile(`${(this.parts.subject ?? layers).title.toLowerCase()}.csv`, csvText([heading, ...this.shown.map(row => [...columns.map(column => column.value(row)), row.rows, row.cols, row.warnings.join("; ")])]), "text/csv");
  }
}

/** Choices of a value, or of all. */
const options = (values: string[], chosen: string, text: (value: string) => string): HTMLElement[] =>
  ["", ...values].map(value => html`<option value=${value} selected=${value === chosen}>${value === "" ? "all" : text(value)}</option>`);

const capitalized = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

const outcomeOf = (row: Row): string => row.verdict ?? (row.status === "analyzed" ? "no verdict" : row.status);

const reasonOf = (row: Row): string => row.reason ?? row.verdict_reason ?? row.warnings[0] ?? "";

/** Undefined values come last, whichever the direction. */
function compare(a: string | number | null | undefined, b: string | number | null | undefined, descending: boolean): number {
  if (a === null || a === undefined || b === null || b === undefined) return Number(a === null || a === undefined) - Number(b === null || b === undefined);
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
  return descending ? -order : order;
}
