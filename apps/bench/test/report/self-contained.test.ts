import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { html, policy } from '../../src/report/html.ts';
import { pageParts } from '../../src/report/page-parts.ts';
import { viewOf } from '../../src/report/view-of.ts';
import type { ReportView } from '../../src/report/view.ts';
import { resultFile } from '../support/result-files.ts';

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const parts = await pageParts();
const hostile = '</script><script>alert(1)</script><!--\u2028';
const page = html(viewOf({ now: resultFile([{ name: `suite/${hostile}/side`, seconds: 1 }]) }), parts);

test('the policy allows nothing but this very script, this very style, and the icon', () => {
  const [, script] = /<script>([^]*?)<\/script>/.exec(page)!;
  const [, style] = /<style>([^]*?)<\/style>/.exec(page)!;
  const [, said] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)!;
  expect(said).toBe(
    `default-src 'none'; script-src ${hash(script!)}; style-src ${hash(style!)}; img-src data:; base-uri 'none'; form-action 'none'`,
  );
});

test('only a live page may connect, and to its own server only', () => {
  expect(policy(parts, true)).toContain("connect-src 'self'");
  expect(policy(parts, false)).not.toContain('connect-src');
});

test('text of a result file cannot leave its place', () => {
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page).not.toContain('<!--');
  const [, json] = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(page)!;
  expect((JSON.parse(json!) as ReportView).benchmarks[0]!.benchmark).toBe(`suite/${hostile}/side`);
});

test('the address of events is an attribute, whatever is in it', () => {
  expect(html(undefined, parts, '"><script>')).toContain('<html lang="en" data-events="&quot;&gt;&lt;script&gt;">');
});

test('the licence of everything that is bundled is on the page', () => {
  for (const name of ['@observablehq/plot', 'd3-scale', 'd3-shape', 'interval-tree-1d'])
    expect(page).toContain(`\n${name} `.trim());
  expect(parts.licences).toContain('Permission to use, copy, modify');
});

test('a package that was not built says so', async () => {
  await expect(pageParts(new URL('nowhere/', import.meta.url))).rejects.toMatchObject({
    code: 'BENCH_FILE',
    hint: expect.stringContaining('pnpm build'),
  });
});
