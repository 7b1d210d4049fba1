// Where the page has its data from: the file that it is, or the server that it came from.

import type { PairView } from "./comparison";
import { EmbeddedSource } from "./embeddedSource";
import { LiveSource } from "./liveSource";
import type { Lesson } from "./lesson";
import type { PageData } from "./result";
import type { View } from "./spectrum";

export interface Progress {
  waiting: boolean;
  seconds: number;
}

export interface Source {
  data: PageData;
  /** What can be drawn of the row at an index; undefined where its eigenvalues were not saved. */
  view(model: number, index: number): View | undefined | Promise<View | undefined>;
  /** What can be drawn of a compared model and a layer of a comparison; undefined where nothing of it was saved. Absent where there is no comparison. */
  pair?(model: number, layer: number): PairView | undefined;
  /** Analyses the pending row at an index, and changes it and the summary of its result; absent in a file. */
  analyze?(model: number, index: number, progress: (state: Progress) => void, cancelled: AbortSignal): Promise<void>;
  /** Works a lesson on its own matrix, or on what a query says; what it refuses it says in the error's line. Absent in a file. */
  lesson?(name: string, query: URLSearchParams, cancelled: AbortSignal): Promise<Lesson>;
  /** The address of the page as a file; absent in a file, and where there is nothing but lessons. */
  reportAddress?: string;
}

export async function openSource(): Promise<Source> {
  const isLive = document.querySelector("meta[name=eigenscope-source]")?.getAttribute("content") === "live";
  return isLive ? await LiveSource.open() : new EmbeddedSource();
}
