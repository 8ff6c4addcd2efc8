import type { FigureText } from '../figures/figure.ts';
import { h } from './dom.ts';
import { table } from './table.ts';

/** Draws at a width in CSS pixels. */
export type Draw = (width: number) => readonly Element[];

const drawings = new Map<Element, Draw>();

const resized = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) drawAt(target, contentRect.width);
});

/** A chart with its title, its sentence, and the table behind it. Drawn anew whenever its place gets another width. */
export function figure({ title, sentence, table: behind }: FigureText, draw: Draw): HTMLElement {
  const place = h('div', { class: 'chart' });
  drawings.set(place, draw);
  resized.observe(place);
  return h(
    'figure',
    {},
    h('figcaption', {}, h('h3', {}, title), h('p', {}, sentence)),
    place,
    h('details', {}, h('summary', {}, 'As a table'), table(behind, title)),
  );
}

/** Forgets what is no longer on the page. */
export function release(element: Element): void {
  for (const place of element.querySelectorAll('.chart')) {
    resized.unobserve(place);
    drawings.delete(place);
  }
}

/** Draws everything below an element for paper, at a width that is known; returns nothing to undo. */
export function drawForPrint(element: Element, width: number): void {
  for (const place of element.querySelectorAll('.chart')) drawAt(place, width);
}

/** And for the screen again. */
export function drawForScreen(element: Element): void {
  for (const place of element.querySelectorAll('.chart')) drawAt(place, place.clientWidth);
}

function drawAt(place: Element, width: number): void {
  const draw = drawings.get(place);
  const rounded = Math.floor(width);
  if (draw === undefined || rounded <= 0) return;
  if (place.getAttribute('data-width') === String(rounded)) return;
  place.setAttribute('data-width', String(rounded));
  place.replaceChildren(...draw(rounded));
}
