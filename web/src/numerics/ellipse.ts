// The way from the unit circle to the ellipse that W makes of it: W = U Σ Vᵀ, one factor after another.

import type { EllipseFigure } from "../data/lesson";

export type Point = readonly [number, number];

/** [[a, b], [c, d]], row by row. */
export type Matrix = readonly [Point, Point];

export interface Axes {
  /** σ₁ and σ₂. */
  sizes: Point;
  /** u₁ and u₂ as columns. */
  left: Matrix;
  /** v₁ and v₂ as columns. */
  right: Matrix;
}

const identity: Matrix = [[1, 0], [0, 1]];

/** The three factors; those of a section are told in its own plane, where nothing turns. */
export function axesOf(figure: EllipseFigure): Axes {
  const sizes: Point = [figure.singular_values[0] ?? 0, figure.singular_values[1] ?? 0];
  return figure.is_section ? { sizes, left: identity, right: identity } : { sizes, left: columns(figure.left), right: columns(figure.right) };
}

const columns = (vectors: number[][]): Matrix => [[vectors[0]![0]!, vectors[1]![0]!], [vectors[0]![1]!, vectors[1]![1]!]];

export const times = (a: Matrix, b: Matrix): Matrix => {
  const entry = (i: 0 | 1, j: 0 | 1): number => a[i][0] * b[0][j] + a[i][1] * b[1][j];
  return [[entry(0, 0), entry(0, 1)], [entry(1, 0), entry(1, 1)]];
};

export const apply = (a: Matrix, [x, y]: Point): Point => [a[0][0] * x + a[0][1] * y, a[1][0] * x + a[1][1] * y];

export const transposed = (a: Matrix): Matrix => [[a[0][0], a[1][0]], [a[0][1], a[1][1]]];

export const determinant = (a: Matrix): number => a[0][0] * a[1][1] - a[0][1] * a[1][0];

export type StepName = "circle" | "right" | "stretch" | "left" | "ellipse";

/** Which step a place from 0 to 1 lies in, and how far in it. */
export function stepAt(place: number, isSection: boolean): { name: StepName; share: number } {
  if (place <= 0) return { name: "circle", share: 0 };
  if (place >= 1) return { name: "ellipse", share: 1 };
  if (isSection) return { name: "stretch", share: place };
  const step = Math.min(2, Math.floor(3 * place));
  return { name: (["right", "stretch", "left"] as const)[step]!, share: 3 * place - step };
}

/** What the circle is multiplied by at a place from 0, the identity, to 1, W. */
export function matrixAt({ sizes, left, right }: Axes, place: number, isSection: boolean): Matrix {
  const { name, share } = stepAt(place, isSection);
  const turned = transposed(right);
  switch (name) {
    case "circle":
      return identity;
    case "right":
      return part(turned, share);
    case "stretch":
      return times(stretch(sizes, share), turned);
    case "left":
      return times(part(left, share), times(stretch(sizes, 1), turned));
    case "ellipse":
      return times(left, times(stretch(sizes, 1), turned));
  }
}

const stretch = ([first, second]: Point, share: number): Matrix => [[1 + share * (first - 1), 0], [0, 1 + share * (second - 1)]];

/** A share of an orthogonal matrix: a share of its angle, after a share of the flip where it has one, which passes through a line as a sheet that is turned over does. */
function part(orthogonal: Matrix, share: number): Matrix {
  const angle = share * Math.atan2(orthogonal[1][0], orthogonal[0][0]);
  const flip = determinant(orthogonal) < 0 ? Math.cos(Math.PI * share) : 1;
  return times([[Math.cos(angle), -Math.sin(angle)], [Math.sin(angle), Math.cos(angle)]], [[1, 0], [0, flip]]);
}

/** Points of the unit circle at equal angles from 0 on; the last is not the first again. */
export const circle = (count: number): Point[] => Array.from({ length: count }, (_, k) => [Math.cos((2 * Math.PI * k) / count), Math.sin((2 * Math.PI * k) / count)]);
