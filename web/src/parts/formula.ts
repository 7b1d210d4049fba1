import type { CellMatrix, FormulaPiece } from "../data/lesson";
import { html } from "./html";

/** Matrices that are estimated to be wider than this, in pixels, can be moved sideways by keyboard too. */
const alwaysFits = 250;
const [letterWidth, cellMargin] = [8, 18];

/** Texts and matrices side by side, as a line of mathematics. */
export function formula(pieces: FormulaPiece[]): HTMLElement {
  return html`<div class="formula">${pieces.map(piece => ("cells" in piece ? framed(piece) : html`<span>${piece.text.trim()}</span>`))}</div>`;
}

function framed(matrix: CellMatrix): HTMLElement {
  const label = matrixLabel(matrix.cells);
  return widthOf(matrix) > alwaysFits
    ? html`<div class="scroll bare" tabindex="0" role="region" aria-label=${label}>${matrixTable(matrix)}</div>`
    : html`<div class="scroll bare">${matrixTable(matrix)}</div>`;
}

/** How a matrix is read out. */
export function matrixLabel(cells: unknown[][]): string {
  const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
  return `matrix, ${count(cells.length, "row")}, ${count(cells[0]?.length ?? 0, "column")}`;
}

/** A matrix in square brackets, with what its rows and columns stand for outside of them. */
export function matrixTable({ cells, row_names: rowNames, column_names: columnNames }: { cells: (Node | string)[][]; row_names?: string[]; column_names?: string[] }): HTMLElement {
  return html`<table class="matrix" aria-label=${matrixLabel(cells)}>
    ${columnNames ? html`<thead><tr>${rowNames ? html`<td></td>` : null}${columnNames.map(name => html`<th scope="col">${name}</th>`)}</tr></thead>` : null}
    <tbody>${cells.map((row, i) => html`<tr>${rowNames ? html`<th scope="row">${rowNames[i]}</th>` : null}${row.map(cell => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}

function widthOf({ cells, row_names: rowNames, column_names: columnNames }: CellMatrix): number {
  const longest = (texts: string[]): number => Math.max(0, ...texts.map(text => text.length));
  const columns = (cells[0] ?? []).map((_, j) => longest([...cells.map(row => row[j]!), ...(columnNames ? [columnNames[j]!] : [])]));
  return [...columns, ...(rowNames ? [longest(rowNames)] : [])].reduce((sum, letters) => sum + letters * letterWidth + cellMargin, 0);
}
