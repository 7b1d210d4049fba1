// Files that the reader keeps: text as it is, figures as SVG and PNG that need no style sheet.

import { withLegend, type LegendEntry } from "./legend";

const fontFamily = "Helvetica, Arial, sans-serif";
const fontSize = "11";
const pngScale = 3;

export function saveFile(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A figure as a document of its own, in the light colours whatever the page shows. */
export function svgText(figure: SVGElement, legend: LegendEntry[] = []): string {
  const copy = withLegend(figure.cloneNode(true) as SVGElement, legend);
  for (const [name, value] of [["xmlns", "http://www.w3.org/2000/svg"], ["font-family", fontFamily], ["font-size", fontSize], ["fill", "currentColor"], ["color", "var(--ink)"]] as const) {
    copy.setAttribute(name, value);
  }
  copy.querySelectorAll("svg").forEach(inner => inner.removeAttribute("class"));
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = figure.getAttribute("aria-label");
  const { width, height } = sizeOf(copy);
  copy.prepend(title, rectangle(width, height));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${inLightColors(new XMLSerializer().serializeToString(copy))}\n`;
}

/** Names of colours replaced by the first, light one of the two that the style sheet gives them. */
function inLightColors(text: string): string {
  const style = getComputedStyle(document.documentElement);
  return text.replace(/var\((--[a-z-]+)\)/g, (_, name: string) => /^light-dark\((.+?),/.exec(style.getPropertyValue(name).trim())?.[1] ?? "black");
}

export async function savePng(name: string, figure: SVGElement, legend: LegendEntry[] = []): Promise<void> {
  const { width, height } = sizeOf(withLegend(figure.cloneNode(true) as SVGElement, legend));
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(figure, legend))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * pngScale, height * pngScale];
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob(blob => blob && saveFile(name, blob, "image/png"), "image/png");
}

/** Rows as RFC 4180 has them. */
export function csvText(rows: (string | number | null | undefined)[][]): string {
  const quoted = (field: string | number | null | undefined): string => {
    const text = String(field ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map(row => `${row.map(quoted).join(",")}\n`).join("");
}

function sizeOf(figure: SVGElement): { width: number; height: number } {
  return { width: Number(figure.getAttribute("width")), height: Number(figure.getAttribute("height")) };
}

function rectangle(width: number, height: number): SVGElement {
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", String(width));
  paper.setAttribute("height", String(height));
  paper.setAttribute("fill", "white");
  return paper;
}
