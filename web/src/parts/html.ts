import htm from "htm";

type Child = Node | string | number | null | undefined | boolean | Child[];

/**
 * Elements from a template, as JSX has them: what is put in is text, a node, a list of them, an attribute or a listener, and never markup. Nothing is parsed by the
 * browser, so the strictest content security policy lets it be.
 */
export const html = htm.bind(element) as unknown as (strings: TemplateStringsArray, ...values: unknown[]) => HTMLElement;

function element(this: number[], tag: string, attributes: Record<string, unknown> | null, ...children: Child[]): HTMLElement {
  this[0] = 3; // no element is kept to be used again
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === "style") Object.assign(made.style, value);
    else if (typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(8).flatMap(child => (child === null || child === undefined || typeof child === "boolean" ? [] : [typeof child === "number" ? String(child) : (child as Node | string)])));
  return made;
}
