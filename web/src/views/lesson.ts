import type { Lesson, LessonTopic } from "../data/lesson";
import type { Source } from "../data/source";
import { endWithView } from "../parts/analysis";
import { breadcrumb, type Neighbour } from "../parts/breadcrumb";
import { html } from "../parts/html";
import { layerChoice, lessonLayers } from "../parts/layerChoice";
import { matrixEditor, type MatrixEditor } from "../parts/matrixEditor";
import { absent, addressOf, type Page } from "../parts/page";
import { lessonSteps, type Places } from "./lessonSteps";

/** How long a reader must have stopped typing, in milliseconds. */
const pause = 150;

/** A lesson that a file holds, as it was saved. */
export function lessonInFile(page: Page, lesson: Lesson): HTMLElement {
  const { name } = lesson.lesson;
  const all = page.source.data.lessons ?? [];
  const next = all[all.findIndex(topic => topic.name === name) + 1];
  return html`<article class="lesson">
    ${head(lesson.lesson)}
    <p class="note">${lesson.matrix ? "eigenscope serve opens this lesson with a matrix that can be changed." : "eigenscope serve opens this lesson in the explorer, beside all others."}</p>
    ${lessonSteps(lesson, { ellipse: 1 })}
    ${next ? html`<p class="note">Next: ${next.title}, eigenscope learn ${next.name}.</p>` : null}
  </article>`;
}

/** A lesson that the server works, again with every change of what it is worked on. */
export function lessonView(page: Page, work: NonNullable<Source["lesson"]>, name: string): HTMLElement {
  const all = page.source.data.lessons ?? [];
  const index = all.findIndex(topic => topic.name === name);
  const topic = all[index];
  if (!topic) return absent("There is no such lesson.");
  const near = (step: number): Neighbour | undefined => all[index + step] && { address: addressOf.lesson(all[index + step]!.name), name: all[index + step]!.title };
  return html`<article class="lesson">
    ${breadcrumb({ address: addressOf.lessons, name: "Lessons" }, near(-1), near(1), "Lessons")}
    ${head(topic)}
    ${topic.needs === "layer" || topic.needs === "two_layers" ? onLayers(page, work, topic) : onMatrix(work, name)}
  </article>`;
}

const head = ({ title, about }: LessonTopic): HTMLElement[] => [html`<h1>${title}</h1>`, html`<p class="prose about">${about}</p>`];

/** The lesson on its own matrix, which can be changed where it has one. */
function onMatrix(work: NonNullable<Source["lesson"]>, name: string): HTMLElement {
  const said = html`<p role="status" class="loading">Working the lesson …</p>`;
  let editor: MatrixEditor | undefined;
  const say = (message: string): void => (editor ? editor.say(message) : void (said.textContent = message));
  const steps = new WorkedSteps((query, cancelled) => work(name, query, cancelled), say, lesson => {
    if (editor) return;
    if (lesson.matrix) editor = matrixEditor(lesson.matrix, text => (text === "" ? steps.stop() : steps.work(text === undefined ? [] : [["matrix", text]], pause)));
    said.replaceWith(...(editor ? [editor.element] : []));
  });
  steps.work([]);
  return html`<div>${said}${steps.element}</div>`;
}

/** The lesson on a layer that the reader chooses, or on one before and after its training. */
function onLayers(page: Page, work: NonNullable<Source["lesson"]>, { name, needs }: LessonTopic): HTMLElement {
  if (lessonLayers(page).length === 0) return absent("This lesson is worked on a layer of a model, and none is open: eigenscope serve MODEL opens one.");
  const steps = new WorkedSteps((query, cancelled) => work(name, query, cancelled), message => choice.say(message));
  const choice = layerChoice(page, needs === "two_layers", layers => steps.work(layers.flatMap(({ model, index }) => [["model", String(model)], ["row", String(index)]])), () => steps.stop());
  choice.begin();
  return html`<div>${choice.element}${steps.element}</div>`;
}

/** Steps that are worked anew, and shown in place of those before. */
class WorkedSteps {
  readonly element = html`<div class="worked"></div>`;
  private readonly places: Places = { ellipse: 1 };
  private running = new AbortController();

  constructor(
    private readonly ask: (query: URLSearchParams, cancelled: AbortSignal) => Promise<Lesson>,
    private readonly say: (message: string) => void,
    private readonly arrived: (lesson: Lesson) => void = () => undefined,
  ) {}

  /** Asks after some milliseconds, unless something else is asked for before; an answer that comes too late is not shown. */
  work(query: string[][], delay = 0): void {
    this.stop();
    const mine = (this.running = new AbortController());
    endWithView(mine);
    setTimeout(() => void this.workNow(new URLSearchParams(query), mine.signal), delay);
  }

  /** Shows nothing more of what was asked for. */
  stop(): void {
    this.running.abort();
  }

  private async workNow(query: URLSearchParams, cancelled: AbortSignal): Promise<void> {
    if (cancelled.aborted) return;
    try {
      const lesson = await this.ask(query, cancelled);
      if (cancelled.aborted) return;
      this.say("");
      this.arrived(lesson);
      this.show(lesson, query.get("matrix") ?? "own");
    } catch (e) {
      if (!cancelled.aborted) this.say((e as Error).message);
    }
  }

  /** The height stays until figures are drawn, so that nothing on the screen moves. */
  private show(lesson: Lesson, matrix: string): void {
    this.element.dataset.matrix = matrix;
    this.element.style.minHeight = `${this.element.offsetHeight}px`;
    this.element.replaceChildren(...lessonSteps(lesson, this.places));
    requestAnimationFrame(() => requestAnimationFrame(() => (this.element.style.minHeight = "")));
  }
}
