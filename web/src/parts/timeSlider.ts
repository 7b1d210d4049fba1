import { html } from "./html";

const stepsASecond = 2.5;

export interface TimeSliderParts {
  /** The id and name of the control. */
  id: string;
  label: string;
  /** What each place is called, at least one. */
  places: string[];
  start: number;
  /** What is said of a place. */
  read(place: number): (Node | string)[];
  moved(place: number): void;
}

/** A slider over places in time, or models in their order, which also plays by itself. */
export function timeSlider(parts: TimeSliderParts): HTMLElement {
  const said = html`<output for=${parts.id} class="readout" data-readout=${parts.id}></output>`;
  const slider = html`<input type="range" id=${parts.id} min="0" max=${parts.places.length - 1} step="1" value=${parts.start} />` as HTMLInputElement;
  const moveTo = (place: number): void => {
    slider.value = String(place);
    slider.setAttribute("aria-valuetext", parts.places[place]!);
    said.replaceChildren(...parts.read(place));
    parts.moved(place);
  };
  slider.oninput = () => moveTo(Number(slider.value));
  moveTo(parts.start);
  const play = parts.places.length > 2 ? playButton(said, () => moveTo((Number(slider.value) + 1) % parts.places.length)) : null;
  return html`<div class="control"><label for=${parts.id}>${parts.label}</label>${slider}${play}${said}</div>`;
}

/** Goes from place to place, round and round, until it is pressed again or the view is left. */
function playButton(inView: HTMLElement, next: () => void): HTMLElement {
  let timer: ReturnType<typeof setInterval> | undefined;
  const button = html`<button type="button" aria-pressed="false">Play</button>`;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  button.onclick = () => {
    if (timer) stop();
    else timer = setInterval(() => (inView.isConnected ? next() : stop()), 1000 / stepsASecond);
    button.textContent = timer ? "Pause" : "Play";
    button.setAttribute("aria-pressed", String(timer !== undefined));
  };
  return button;
}
