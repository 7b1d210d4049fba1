// Layers of several models that belong together.

import { isAnalyzed, type Result, type Row } from "./result";

export interface Match {
  key: string;
  /** The row of each model; undefined where it has none. */
  rows: (Row | undefined)[];
}

/** By name where models share at least half of their names, else by role, block and order. */
export function matchLayers(results: Result[]): { by: "name" | "role and block"; matches: Match[] } {
  const named = match(results, row => row.name);
  const shared = named.filter(one => one.rows.every(row => row)).length;
  const least = Math.min(...results.map(result => result.layers.filter(isShown).length));
  return shared * 2 >= least ? { by: "name", matches: named } : { by: "role and block", matches: match(results, byPlace()) };
}

const isShown = (row: Row): boolean => isAnalyzed(row) || row.status === "pending";

function match(results: Result[], keyOf: (row: Row, result: Result) => string): Match[] {
  const matches = new Map<string, Match>();
  results.forEach((result, model) => {
    for (const row of result.layers.filter(isShown)) {
      const key = keyOf(row, result);
      const found = matches.get(key) ?? { key, rows: results.map(() => undefined) };
      found.rows[model] = row;
      matches.set(key, found);
    }
  });
  return [...matches.values()];
}

function byPlace(): (row: Row, result: Result) => string {
  const counts = new Map<Result, Map<string, number>>();
  return (row, result) => {
    const seen = counts.get(result) ?? new Map<string, number>();
    counts.set(result, seen);
    const place = `${row.role.replaceAll("_", " ")}${row.block === null ? "" : `, block ${row.block}`}${row.part_of ? `, ${row.name.split(":").pop()}` : ""}`;
    const number = (seen.get(place) ?? 0) + 1;
    seen.set(place, number);
    return number === 1 ? place : `${place} (${number})`;
  };
}
