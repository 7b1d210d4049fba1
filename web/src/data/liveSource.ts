import type { Lesson, LessonTopic } from "./lesson";
import type { PageData, Result, Row } from "./result";
import type { Progress, Source } from "./source";
import { unpackView, type StoredView, type View } from "./spectrum";

type Message =
  | { state: "waiting" }
  | { state: "working"; seconds: number }
  | { state: "done"; row: Row; summary: Result["summary"] };

/** The data of the server that the page came from. */
export class LiveSource implements Source {
  private readonly views = new Map<string, View>();

  private constructor(readonly data: PageData) {}

  static async open(): Promise<LiveSource> {
    const [data, { lessons }] = (await Promise.all(["api/data", "api/lessons"].map(async address => (await get(address)).json()))) as [PageData, { lessons: LessonTopic[] }];
    return new LiveSource({ ...data, lessons });
  }

  get reportAddress(): string | undefined {
    return this.data.results.length > 0 ? "api/report" : undefined;
  }

  async view(model: number, index: number): Promise<View | undefined> {
    const key = `${model}/${index}`;
    const known = this.views.get(key);
    if (known) return known;
    const response = await fetch(`api/spectra/${key}`);
    if (response.status === 404) return undefined;
    const view = unpackView((await checked(response).json()) as StoredView);
    this.views.set(key, view);
    return view;
  }

  async analyze(model: number, index: number, progress: (state: Progress) => void, cancelled: AbortSignal): Promise<void> {
    const response = checked(await fetch(`api/layers/${model}/${index}`, { method: "POST", headers: { "X-Eigenscope": "1" }, signal: cancelled }));
    for await (const message of messages(response.body!)) {
      if (message.state === "done") {
        Object.assign(this.data.results[model]!.layers[index]!, message.row);
        this.data.results[model]!.summary = message.summary;
        return;
      }
      progress({ waiting: message.state === "waiting", seconds: message.state === "working" ? message.seconds : 0 });
    }
    throw new Error("the server ended before the layer was done");
  }

  async lesson(name: string, query: URLSearchParams, cancelled: AbortSignal): Promise<Lesson> {
    const response = await fetch(`api/lessons/${encodeURIComponent(name)}?${query}`, { signal: cancelled });
    if (response.status === 400) throw new Error(((await response.json()) as { error: string }).error);
    if (response.status === 414) throw new Error("the entries are too long to be sent to the server");
    return (await checked(response).json()) as Lesson;
  }
}

const get = async (address: string): Promise<Response> => checked(await fetch(address));

function checked(response: Response): Response {
  if (!response.ok) throw new Error(`the server answered ${response.status} to ${new URL(response.url).pathname}`);
  return response;
}

/** The messages of a stream, one JSON object a line. */
async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line) as Message;
  }
}
