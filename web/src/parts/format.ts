/** A number in four digits. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2).replace("e+", "e");
  return size >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

/** An error in two digits, such as 4.4·10⁻¹⁶. */
export function tiny(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-3) return number(value);
  const [digits, exponent] = value.toExponential(1).split("e") as [string, string];
  return `${digits.replace(/\.0$/, "")}·10⁻${[...exponent.slice(1)].map(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}

/** A number with so many decimals; what rounds to zero has no sign. */
export const fixed = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits).replace(/^-(0(\.0*)?)$/, "$1") : "–");

export const percent = (share: number): string => `${(100 * share).toFixed(share > 0.999 && share < 1 ? 2 : 1)} %`;

/** A count with thin spaces between thousands. */
export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** A large count in words that are short. */
export function short(value: number): string {
  for (const [size, unit] of [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "k"]] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))} ${unit}`;
  }
  return String(value);
}

export function bytes(value: number): string {
  for (const [size, unit] of [[2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"]] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))} ${unit}`;
  }
  return `${value} B`;
}
