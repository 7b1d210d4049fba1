import { entriesOf, matrixText, type LessonMatrix } from "../data/lesson";
import { matrixTable } from "./formula";
import { html } from "./html";

/** As many rows and columns may be added. */
const most = 8;

export interface MatrixEditor {
  element: HTMLElement;
  /** Says what is wrong with the matrix; nothing where all is well. */
  say(message: string): void;
}

/** A grid of inputs for a matrix; every edit tells its text, and one back to the lesson's own tells none. */
export function matrixEditor(own: LessonMatrix, changed: (text: string | undefined) => void): MatrixEditor {
  const start = entriesOf(own.text)!;
  let entries = start.map(row => [...row]);
  const place = html`<div class="scroll bare"></div>`;
  const said = html`<p role="status" class="said wrong"></p>`;
  const say = (message: string): void => void (said.textContent = message);

  const tell = (): void => {
    const wrong = mistake(entries);
    if (wrong) say(wrong);
    changed(wrong ? "" : isSame(entries, start) ? undefined : matrixText(entries));
  };
  const become = (next: string[][]): void => {
    entries = next;
    show();
    tell();
  };
  const paste = (event: ClipboardEvent, i: number, j: number): void => {
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!/[\s;,]/.test(text)) return;
    event.preventDefault();
    const pasted = entriesOf(text);
    if (!pasted) return say("The rows of what was pasted have different lengths; write it as 3 2; 2 3.");
    if (Math.max(pasted.length, pasted[0]!.length) > most) return say(`What was pasted is ${pasted.length} × ${pasted[0]!.length}; here a matrix has at most ${most} rows and columns.`);
    become(pasted);
    input(Math.min(i, entries.length - 1), Math.min(j, entries[0]!.length - 1))?.focus();
  };
  const input = (i: number, j: number): HTMLInputElement | undefined => place.querySelectorAll<HTMLInputElement>("input")[i * entries[0]!.length + j];
  const cell = (i: number, j: number): HTMLElement => {
    const element = html`<input type="text" autocomplete="off" autocapitalize="off" spellcheck="false" name=${`cell-${i}-${j}`} aria-label=${`row ${i + 1}, column ${j + 1}`} value=${entries[i]![j]} />` as HTMLInputElement;
    element.oninput = () => {
      entries[i]![j] = element.value.trim();
      tell();
    };
    element.onpaste = event => paste(event, i, j);
    return element;
  };
  const change = (text: string, label: string, isPossible: () => boolean, next: () => string[][]): HTMLButtonElement => {
    const button = html`<button type="button" aria-label=${label} onclick=${() => isPossible() && become(next())}>${text}</button>` as HTMLButtonElement;
    sizes.push(() => button.setAttribute("aria-disabled", String(!isPossible())));
    return button;
  };
  const sizes: (() => void)[] = [];
  const buttons = [
    change("+ row", "Add a row", () => entries.length < most, () => [...entries, entries[0]!.map(() => "0")]),
    change("− row", "Remove the last row", () => entries.length > 1, () => entries.slice(0, -1)),
    change("+ column", "Add a column", () => entries[0]!.length < most, () => entries.map(row => [...row, "0"])),
    change("− column", "Remove the last column", () => entries[0]!.length > 1, () => entries.map(row => row.slice(0, -1))),
    change("Reset", "Reset to the lesson's own matrix", () => !isSame(entries, start), () => start.map(row => [...row])),
  ];
  const show = (): void => {
    place.replaceChildren(matrixTable({ cells: entries.map((row, i) => row.map((_, j) => cell(i, j))), ...namesFor(own, entries) }));
    sizes.forEach(size => size());
  };
  show();
  const element = html`<section class="control editor" aria-label="The matrix of the lesson">
    ${place}
    <div class="tools">${buttons}</div>
    <p class="note">Change the matrix, and the lesson is worked again. Entries are whole numbers, decimals or fractions such as 2/3; pasting 3 2; 2 3 into one fills them all.</p>
    ${said}
  </section>`;
  return { element, say };
}

/** Names of rows stay where there are as many rows, those of columns where there are as many columns. */
const namesFor = ({ rows, columns, row_names, column_names }: LessonMatrix, entries: string[][]): Pick<LessonMatrix, "row_names" | "column_names"> => ({
  ...(entries.length === rows && row_names && { row_names }),
  ...(entries[0]!.length === columns && column_names && { column_names }),
});

const isSame = (a: string[][], b: string[][]): boolean => matrixText(a) === matrixText(b);

/** What would be read as another number of entries. */
function mistake(entries: string[][]): string | undefined {
  for (const [i, row] of entries.entries()) {
    for (const [j, entry] of row.entries()) {
      if (entry === "") return `Row ${i + 1}, column ${j + 1} is empty.`;
      if (/[\s;,[\]]/.test(entry)) return `Row ${i + 1}, column ${j + 1}: '${entry}' is not one number.`;
    }
  }
  return undefined;
}
