// What the page draws of one layer.

export interface Packed {
  count: number;
  exact: number;
  step: number;
  values: string;
}

export interface Law {
  law: string;
  parameters: string;
  ratio?: number;
  p?: number;
  verdict?: "power_law" | "rival" | "undecided" | "indistinguishable";
  x: number[];
  survival: (number | null)[];
  density: (number | null)[];
}

export interface Bulk {
  share: number;
  lambda_minus: number;
  lambda_plus: number;
  edge: number;
  x: number[];
  density: (number | null)[];
}

export interface StoredView {
  eigenvalues: Packed;
  shuffled?: Packed;
  laws: Law[];
  bulk?: Bulk;
}

export interface View {
  /** All eigenvalues, ascending. */
  eigenvalues: Float64Array;
  /** How many of the largest are stored as they are; the others may lie on straight lines between stored ones. */
  exact: number;
  shuffled?: Float64Array;
  laws: Law[];
  bulk?: Bulk;
}

export function unpackView(stored: StoredView): View {
  return {
    eigenvalues: unpack(stored.eigenvalues),
    exact: stored.eigenvalues.exact,
    shuffled: stored.shuffled && unpack(stored.shuffled),
    laws: stored.laws,
    bulk: stored.bulk,
  };
}

/** The values at every rank: those that are stored, and straight lines between them. */
function unpack(packed: Packed): Float64Array {
  const stored = decode(packed.values);
  if (stored.length === packed.count) return stored;
  const all = new Float64Array(packed.count);
  const thinned = packed.count - packed.exact;
  const kept = stored.length - packed.exact;
  all.set(stored.subarray(kept), thinned);
  for (let rank = 0; rank < thinned; rank++) {
    const place = Math.floor(rank / packed.step);
    const next = place + 1 < kept ? (place + 1) * packed.step : thinned;
    const share = (rank - place * packed.step) / (next - place * packed.step);
    all[rank] = stored[place]! * (1 - share) + stored[place + 1]! * share;
  }
  return all;
}

function decode(base64: string): Float64Array {
  const text = atob(base64);
  const view = new DataView(new ArrayBuffer(text.length));
  for (let i = 0; i < text.length; i++) view.setUint8(i, text.charCodeAt(i));
  return Float64Array.from({ length: text.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}
