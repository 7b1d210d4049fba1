// The empirical spectral density as a histogram: the share of eigenvalues in a bin over its width.

export interface Bin {
  low: number;
  high: number;
  count: number;
  density: number;
}

/** Bins of equal width from low to high; what lies outside is not counted in any, but in the share. */
export function linearBins(values: Float64Array, low: number, high: number, bins: number): Bin[] {
  return fill(values, Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins));
}

/** Bins of equal ratio from the smallest value above a floor to the largest. */
export function logBins(values: Float64Array, floor: number, bins: number): Bin[] {
  const first = values.find(value => value > floor);
  const last = values[values.length - 1]!;
  if (first === undefined || first >= last) return [];
  const ratio = Math.log(last / first);
  return fill(values, Array.from({ length: bins + 1 }, (_, i) => (i === bins ? last : first * Math.exp((ratio * i) / bins))));
}

function fill(ascending: Float64Array, edges: number[]): Bin[] {
  const bins: Bin[] = [];
  let place = ascending.findIndex(value => value >= edges[0]!);
  for (let i = 0; i + 1 < edges.length; i++) {
    const [low, high] = [edges[i]!, edges[i + 1]!];
    const isLast = i + 2 === edges.length;
    let count = 0;
    while (place >= 0 && place < ascending.length && (ascending[place]! < high || (isLast && ascending[place]! <= high))) {
      count++;
      place++;
    }
    bins.push({ low, high, count, density: count / (ascending.length * (high - low)) });
  }
  return bins;
}
