import type { PageData } from "./result";
import type { Source } from "./source";
import { unpackView, type StoredView, type View } from "./spectrum";

/** The data inside the file. Spectra are read when they are drawn. */
export class EmbeddedSource implements Source {
  readonly data: PageData = JSON.parse(document.getElementById("data")!.textContent!) as PageData;
  private readonly views = new Map<string, View>();

  view(model: number, index: number): View | undefined {
    const key = `${model}/${index}`;
    const known = this.views.get(key);
    if (known) return known;
    const text = document.querySelector(`script[data-spectrum="${key}"]`)?.textContent;
    if (!text) return undefined;
    const view = unpackView(JSON.parse(text) as StoredView);
    this.views.set(key, view);
    return view;
  }
}
