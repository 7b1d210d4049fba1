// A matrix kept to its k largest singular values, the nearest one of rank k (Eckart and Young 1936).

export interface Truncation {
  rank: number;
  /** The share of the squared Frobenius norm that is kept. */
  share: number;
  /** The Frobenius norm of what is lost, relative to that of W. */
  error: number;
  /** The spectral norm of what is lost, relative to that of W. */
  spectralError: number;
  /** Numbers to store as two factors. */
  elements: number;
  /** Numbers to store as it is. */
  denseElements: number;
}

export class Truncations {
  /** Sums of the smallest eigenvalues: the first i of them. */
  private readonly sums: Float64Array;

  constructor(private readonly eigenvalues: Float64Array, private readonly rows: number, private readonly cols: number) {
    this.sums = new Float64Array(eigenvalues.length + 1);
    eigenvalues.forEach((lambda, i) => (this.sums[i + 1] = this.sums[i]! + lambda));
  }

  get order(): number {
    return this.eigenvalues.length;
  }

  /** The largest rank at which two factors are smaller than the matrix. */
  get breakEven(): number {
    return Math.floor((this.rows * this.cols - 1) / (this.rows + this.cols));
  }

  at(rank: number): Truncation {
    const total = this.sums[this.order]!;
    const lost = this.sums[this.order - rank]!;
    const next = rank < this.order ? this.eigenvalues[this.order - rank - 1]! : 0;
    return {
      rank,
      share: total > 0 ? 1 - lost / total : 1,
      error: total > 0 ? Math.sqrt(lost / total) : 0,
      spectralError: total > 0 ? Math.sqrt(next / this.eigenvalues[this.order - 1]!) : 0,
      elements: rank * (this.rows + this.cols),
      denseElements: this.rows * this.cols,
    };
  }

  /** The least rank that keeps a share. */
  rankFor(share: number): number {
    const limit = (1 - share) * this.sums[this.order]!;
    let rank = 0;
    while (rank < this.order && this.sums[this.order - rank]! > limit) rank++;
    return rank;
  }
}
