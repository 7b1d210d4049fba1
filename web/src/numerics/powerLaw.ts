// A power law p(x) = (alpha - 1) / xmin (x / xmin)^-alpha, x >= xmin, fitted by maximum likelihood to the eigenvalues from a given xmin on:
// alpha = 1 + k / sum ln(x_j / xmin), D = max |F(x_j) - j / k|, sigma = (alpha - 1) / sqrt(k) (Clauset, Shalizi and Newman 2009, eq. 3.1).

import type { Result } from "../data/result";
import { lowerBound } from "./search";

export interface PowerLaw {
  alpha: number;
  xmin: number;
  /** The standard error of alpha for this xmin. */
  sigma: number;
  D: number;
  /** k, the number of eigenvalues from xmin on. */
  count: number;
}

const normalQuantile975 = 1.959963984540054;

/** The interval of 95 % of the asymptotic law of alpha, for a given xmin. */
export const interval = (fit: PowerLaw): [number, number] => [fit.alpha - normalQuantile975 * fit.sigma, fit.alpha + normalQuantile975 * fit.sigma];

/** The eigenvalues that a fit may take, as the settings of the result say, and the fit at any xmin. */
export class TailFits {
  /** Ascending. */
  readonly candidates: Float64Array;
  private readonly logs: Float64Array;
  /** Sums of the logarithms from each place on. */
  private readonly sums: Float64Array;
  private readonly logXmax: number;

  constructor(eigenvalues: Float64Array, settings: Result["settings"]) {
    const largest = eigenvalues[eigenvalues.length - 1]!;
    const threshold = settings.compat === "weightwatcher" ? 1e-5 : 1e-12 * largest;
    const dropped = /^drop=(\d+)$/.exec(String(settings.xmax));
    const end = eigenvalues.length - (dropped ? Number(dropped[1]) : 0);
    const first = eigenvalues.findIndex(lambda => lambda > threshold);
    this.candidates = first < 0 ? new Float64Array() : eigenvalues.subarray(first, Math.max(first, end));
    this.logs = this.candidates.map(Math.log);
    this.sums = new Float64Array(this.logs.length + 1);
    for (let i = this.logs.length - 1; i >= 0; i--) this.sums[i] = this.sums[i + 1]! + this.logs[i]!;
    this.logXmax = settings.xmax === "max" ? this.logs[this.logs.length - 1]! : Infinity;
  }

  /** The fit from xmin on; undefined for fewer than two eigenvalues, or where all are equal. */
  at(xmin: number): PowerLaw | undefined {
    const start = lowerBound(this.candidates, xmin);
    const count = this.candidates.length - start;
    const origin = Math.log(xmin);
    const alpha = 1 + count / (this.sums[start]! - count * origin);
    if (count < 2 || !Number.isFinite(alpha) || alpha <= 1) return undefined;
    return { alpha, xmin, sigma: (alpha - 1) / Math.sqrt(count), D: this.distance(start, alpha, origin), count };
  }

  private distance(start: number, alpha: number, origin: number): number {
    const count = this.logs.length - start;
    const mass = 1 - Math.exp((1 - alpha) * (this.logXmax - origin));
    let largest = 0;
    for (let j = 0; j < count; j++) {
      const law = (1 - Math.exp((1 - alpha) * (this.logs[start + j]! - origin))) / mass;
      largest = Math.max(largest, Math.abs(law - j / count));
    }
    return largest;
  }

  /** Fits at places spread over the candidates, more of them where the tail is short. */
  scan(places = 160): PowerLaw[] {
    const n = this.candidates.length;
    const starts = new Set<number>();
    for (let i = 0; i <= places; i++) {
      starts.add(Math.round(n - 2 - (n - 2) * (i / places) ** 2));
      starts.add(Math.round(((n - 2) * i) / places));
    }
    return [...starts].filter(start => start >= 0).sort((a, b) => a - b).flatMap(start => this.at(this.candidates[start]!) ?? []);
  }
}
