import type { TableText } from '../figures/figure.ts';
import { h } from './dom.ts';

/** A table whose first column names the rows. Wider than its place, it scrolls by itself, by keyboard too. */
export function table({ head, rows }: TableText, caption: string): HTMLElement {
  return h(
    'div',
    { class: 'table', role: 'region', 'aria-label': caption, tabindex: 0 },
    h(
      'table',
      {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
      h(
        'tbody',
        {},
        ...rows.map(([name = '', ...cells]) =>
          h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map((text) => h('td', {}, text))),
        ),
      ),
    ),
  );
}
