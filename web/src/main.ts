import "./page.css";
import { html } from "./parts/html";
import { comparedModels } from "./data/comparison";
import type { Merge } from "./data/merge";
import { openSource, type Source } from "./data/source";
import { absent, addressOf, nameOf, routeOf, type Page, type Route } from "./parts/page";
import { comparedLayerView } from "./views/comparedLayer";
import { comparisonView } from "./views/comparison";
import { layerView } from "./views/layer";
import { figuresView } from "./views/figures";
import { lessonInFile, lessonView } from "./views/lesson";
import { lessonsView } from "./views/lessons";
import { mergeView } from "./views/merge";
import { mergedTensorView } from "./views/mergedTensor";
import { metricsView } from "./views/metrics";
import { modelLayerView, modelsView } from "./views/models";
import { overview } from "./views/overview";
import { trackedLayerView } from "./views/trackedLayer";
import { trajectoryView } from "./views/trajectory";

const root = document.getElementById("page")!;

openSource().then(start).catch((e: Error) => root.replaceChildren(absent(`The page could not be opened: ${e.message}`)));

function start(source: Source): void {
  const page: Page = { source, results: source.data.results, refresh: () => show(false) };
  const main = html`<main id="main" tabindex="-1"></main>`;
  const navigation = html`<nav aria-label="Views"></nav>`;
  root.replaceChildren(
    html`<a class="skip" href="#main" onclick=${(event: Event) => { event.preventDefault(); main.focus(); }}>To the content</a>`,
    html`<header class="top"><a class="brand" href="#">Eigenscope</a>${navigation}${themeButton()}</header>`,
    main,
    html`<footer>${["Eigenscope", (source.data.merge ?? source.data.lesson ?? page.results[0])?.tool.version].filter(Boolean).join(" ")}. A spectrum sees no data: it tells how much a layer has learned and how far it is from random, not how good a model is.</footer>`,
  );
  const show = (isNew: boolean): void => {
    const route = routeOf(location.hash, source.data);
    navigation.replaceChildren(...links(page));
    main.replaceChildren(view(page, route));
    document.title = `${main.querySelector("h1")?.textContent ?? "Eigenscope"} · Eigenscope`;
    if (isNew) {
      scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
  };
  addEventListener("hashchange", () => show(true));
  addEventListener("keydown", event => step(event));
  show(false);
}

function view(page: Page, route: Route): HTMLElement {
  const { comparison, trajectory, merge, lesson } = page.source.data;
  if (route.view === "figures") return figuresView(page);
  if (merge) return viewOfMerge(page, merge, route);
  if (lesson) return route.view === "lesson" && route.item === lesson.lesson.name ? lessonInFile(page, lesson) : absent("This page holds one lesson and nothing else.");
  if (page.source.lesson && route.view === "lessons") return lessonsView(page);
  if (page.source.lesson && route.view === "lesson") return lessonView(page, page.source.lesson.bind(page.source), route.item);
  if (!page.results[route.model]) return absent("There is no such model.");
  switch (route.view) {
    case "compared":
      return comparison ? comparisonView(page, comparison, route.model) : absent("There is no comparison.");
    case "compared-layer":
      return comparison ? comparedLayerView(page, comparison, route.model, Number(route.item)) : absent("There is no comparison.");
    case "trajectory":
      return trajectory ? trajectoryView(page, trajectory) : absent("There is no training.");
    case "tracked-layer":
      return trajectory ? trackedLayerView(page, trajectory, route.item) : absent("There is no training.");
    case "layer":
      return layerView(page, route.model, Number(route.item));
    case "models":
      return modelsView(page);
    case "model-layer":
      return modelLayerView(page, route.item);
    case "metrics":
      return metricsView(page, route.item);
    case "lessons":
    case "lesson":
      return absent("Lessons are in the explorer, eigenscope serve, or pages of their own.");
    default:
      return overview(page, route.model);
  }
}

function viewOfMerge(page: Page, merge: Merge, route: Route): HTMLElement {
  switch (route.view) {
    case "merge":
      return mergeView(merge);
    case "merged-tensor":
      return mergedTensorView(page, merge, Number(route.item));
    case "metrics":
      return metricsView(page, route.item);
    default:
      return absent("The page of a merge has no such view.");
  }
}

function links(page: Page): HTMLElement[] {
  const { comparison, trajectory, merge, lesson } = page.source.data;
  if (lesson) return [html`<a href=${addressOf.lesson(lesson.lesson.name)} aria-current="page">Lesson</a>`];
  const home = merge ? addressOf.merge : comparison ? addressOf.compared(comparedModels(comparison)[0]!) : trajectory ? addressOf.trajectory : page.results.length > 1 ? addressOf.models : page.results.length > 0 ? addressOf.overview(0) : addressOf.lessons;
  const now = routeOf(location.hash, page.source.data);
  const link = (address: string, text: string, here = (location.hash || home) === address): HTMLElement => html`<a href=${address} aria-current=${here ? "page" : null}>${text}</a>`;
  return [
    ...(merge ? [link(home, "Merge", now.view === "merge")] : comparison ? [link(home, "Comparison", now.view === "compared")] : trajectory ? [link(home, "Training", now.view === "trajectory")] : page.results.length > 1 ? [link(addressOf.models, "All models")] : []),
    ...(page.results.length > 4 || trajectory ? [modelChoice(page, now.model, trajectory ? "Checkpoint" : "Model")] : page.results.map((_, model) => link(addressOf.overview(model), page.results.length === 1 ? "Overview" : nameOf(page, model)))),
    ...(page.source.lesson ? [link(addressOf.lessons, "Lessons", now.view === "lessons" || now.view === "lesson")] : []),
    ...(merge || page.results.length > 0 ? [link(addressOf.metrics, "What the numbers mean")] : []),
    ...(page.source.reportAddress ? [html`<a href=${page.source.reportAddress} download="eigenscope-report.html">Save as a file</a>`] : []),
  ];
}

function modelChoice(page: Page, chosen: number, label: string): HTMLElement {
  return html`<label class="choice">${label} <select onchange=${(event: Event) => (location.hash = addressOf.overview(Number((event.target as HTMLSelectElement).value)))}>
    ${page.results.map((_, model) => html`<option value=${model} selected=${model === chosen}>${nameOf(page, model)}</option>`)}
  </select></label>`;
}

function themeButton(): HTMLElement {
  const dark = (): boolean => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const button = html`<button type="button" class="theme" onclick=${() => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; name(); }}></button>`;
  const name = (): void => void (button.textContent = dark() ? "Light" : "Dark");
  name();
  return button;
}

/** Left and right go to the neighbouring layer, unless something that uses these keys has the focus. */
function step(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || (event.target as Element).closest("input, select, textarea, .scroll")) return;
  document.querySelector<HTMLAnchorElement>(`a[data-key="${event.key}"]`)?.click();
}
