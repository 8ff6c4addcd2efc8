import { plot, type PlotOptions } from '@observablehq/plot';

/** A chart as one picture with a name. */
export function chart(name: string, options: PlotOptions): Element {
  const drawn = plot({ style: { fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' }, ...options });
  // Its few rules are in page.css: the page's policy takes no other style sheet than its own.
  for (const style of drawn.querySelectorAll('style')) style.remove();
  const picture = drawn.matches('svg') ? drawn : drawn.querySelector('svg');
  // One picture with one name: what is in it has none of its own.
  for (const part of drawn.querySelectorAll('g[aria-label], g[aria-description]')) {
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-description');
  }
  picture?.setAttribute('role', 'img');
  picture?.setAttribute('aria-label', name);
  return drawn;
}

/** CSS variables, so that light, dark and paper need no other drawing. */
export const colours = {
  now: 'var(--now)',
  before: 'var(--before)',
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  rule: 'var(--rule)',
  paper: 'var(--paper)',
} as const;
