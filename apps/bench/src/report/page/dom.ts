/** Attributes by name; `on…` are listeners, `false` and `undefined` leave one out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;

export type Child = Node | string | undefined;

/** An element of HTML. Text goes in as text and attributes as attributes: no markup is ever parsed. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled<Made extends Element>(element: Made, attributes: Attributes, children: readonly Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The element of the page's own skeleton. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

/** A name with its slashes as the places where a line may be broken; the last part stands out. */
export function nameParts(benchmark: string): Child[] {
  const parts = benchmark.split('/');
  return parts.flatMap((part, index): Child[] =>
    index === parts.length - 1
      ? [h('strong', {}, part)]
      : [h('span', { class: 'path' }, part, h('span', { class: 'slash' }, '/')), h('wbr')],
  );
}
