// A lesson, schema eigenscope/lesson/1, and the list of lessons, as the page reads them.

export interface LessonTopic {
  name: string;
  title: string;
  /** What one learns in it. */
  about: string;
  /** What it is worked on where nothing is given. */
  needs: "matrix" | "draws" | "layer" | "two_layers";
}

export interface Lesson {
  tool: { name: string; version: string };
  lesson: LessonTopic;
  /** What it is worked on and may be changed; null where it is worked on something else. */
  matrix: LessonMatrix | null;
  steps: { title: string; parts: LessonPart[] }[];
}

export interface LessonMatrix {
  /** Rows end at semicolons, entries at blanks. */
  text: string;
  rows: number;
  columns: number;
  row_names?: string[];
  column_names?: string[];
}

export type LessonPart =
  | { kind: "text"; text: string }
  | { kind: "formula"; pieces: FormulaPiece[] }
  | { kind: "table"; columns: string[]; rows: string[][] }
  | Claim
  | CurveFigure
  | EllipseFigure;

export type FormulaPiece = { text: string } | CellMatrix;

export interface CellMatrix {
  cells: string[][];
  row_names?: string[];
  column_names?: string[];
}

/** Something that must hold, and how far it may be off. */
export interface Claim {
  kind: "claim";
  claim: string;
  error: number;
  bound: number;
  holds: boolean;
}

interface LessonFigure {
  name: string;
  title: string;
  caption: string;
}

export interface CurveFigure extends LessonFigure {
  kind: "curves";
  x: string;
  y: string;
  log_x: boolean;
  log_y: boolean;
  curves: Curve[];
}

export interface Curve {
  name: string;
  kind: "line" | "dashed" | "points" | "bars";
  x: (number | null)[];
  y: (number | null)[];
}

/** A circle and the ellipse that a 2 x 2 matrix makes of it. */
export interface EllipseFigure extends LessonFigure {
  kind: "ellipse";
  /** Row by row. */
  entries: number[][];
  singular_values: number[];
  /** u₁ and u₂. */
  left: number[][];
  /** v₁ and v₂. */
  right: number[][];
  /** True where the plane is that of the first two singular vectors of a larger matrix. */
  is_section: boolean;
}

/** The entries of a matrix as it is written, such as `3 2; 2 3`, or a line a row, or rows in brackets; undefined where rows have different lengths. */
export function entriesOf(text: string): string[][] | undefined {
  const rows = text.replace(/\]\s*,?/g, ";").replaceAll("[", " ").split(/[;\n]/).map(row => row.split(/[\s,]+/).filter(entry => entry !== "")).filter(row => row.length > 0);
  return rows.length > 0 && rows.every(row => row.length === rows[0]!.length) ? rows : undefined;
}

export const matrixText = (entries: string[][]): string => entries.map(row => row.join(" ")).join("; ");
