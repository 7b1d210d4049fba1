import { logBins } from "../numerics/histogram";
import type { View } from "../data/spectrum";

const [width, height, bins] = [88, 22, 26];
const namespace = "http://www.w3.org/2000/svg";

/** The density of a spectrum on logarithmic scales, as small as a word. */
export function sparkline(view: View): SVGElement {
  const shown = logBins(view.eigenvalues, 1e-9 * view.eigenvalues[view.eigenvalues.length - 1]!, bins);
  const heights = shown.map(bin => (bin.count === 0 ? 0 : Math.log(bin.count + 1)));
  const top = Math.max(...heights, 1);
  const path = document.createElementNS(namespace, "path");
  const cell = width / bins;
  path.setAttribute("d", heights.map((value, i) => `M${(i * cell).toFixed(1)},${height}v${(-(value / top) * (height - 2)).toFixed(1)}h${(cell - 0.6).toFixed(1)}V${height}z`).join(""));
  const drawing = document.createElementNS(namespace, "svg");
  drawing.setAttribute("width", String(width));
  drawing.setAttribute("height", String(height));
  drawing.setAttribute("class", "sparkline");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(path);
  return drawing;
}
