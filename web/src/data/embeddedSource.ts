import type { PairView } from "./comparison";
import type { PageData } from "./result";
import type { Source } from "./source";
import { unpackView, type StoredView, type View } from "./spectrum";

/** The data inside the file. Spectra are read when they are drawn. */
export class EmbeddedSource implements Source {
  readonly data: PageData = JSON.parse(document.getElementById("data")!.textContent!) as PageData;
  private readonly known = new Map<string, unknown>();

  view(model: number, index: number): View | undefined {
    return this.read(`script[data-spectrum="${model}/${index}"]`, unpackView);
  }

  pair(model: number, layer: number): PairView | undefined {
    return this.read(`script[data-pair="${model}/${layer}"]`, (stored: Omit<PairView, "change"> & { change?: StoredView }) => ({ ...stored, change: stored.change && unpackView(stored.change) }));
  }

  /** What an element of the file holds, read once. */
  private read<Stored, Read>(selector: string, unpack: (stored: Stored) => Read): Read | undefined {
    const text = this.known.has(selector) ? undefined : document.querySelector(selector)?.textContent;
    if (text) this.known.set(selector, unpack(JSON.parse(text) as Stored));
    return this.known.get(selector) as Read | undefined;
  }
}
