import { html } from "./html";

/** A mark beside each verdict, so that colour is not all that tells them apart. */
const marks: Record<string, string> = {
  "well trained": "●",
  "over-trained": "▲",
  "under-trained": "▽",
  "looks random": "○",
  "rank-collapsed": "▬",
  trap: "✖",
  "cannot tell": "?",
  identical: "=",
  rescaled: "×",
  quantised: "■",
  pruned: "□",
  "adapter-like": "◆",
  "light fine-tune": "△",
  "continued training": "▲",
  "unrelated initialisation": "○",
  "not comparable": "?",
};

export function verdictChip(verdict: string): HTMLElement {
  return html`<span class="verdict" data-verdict=${verdict}><span aria-hidden="true">${marks[verdict] ?? "·"}</span> ${verdict}</span>`;
}

/** The verdict of a row, or what became of it. */
export const outcome = (row: { status: string; verdict?: string | null }): HTMLElement =>
  row.verdict ? verdictChip(row.verdict) : html`<span class="verdict" data-verdict=${row.status}>${row.status === "analyzed" ? "no verdict" : row.status}</span>`;
