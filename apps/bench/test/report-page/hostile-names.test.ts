import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileUrl, hasChromium, openPage, skippedWithout, startChromium } from '../support/chromium.ts';
import { reportFile } from '../support/report-file.ts';
import { resultFile } from '../support/result-files.ts';

const ATTACKS = [
  '<script>globalThis.hacked = 1</script>',
  '</script><script>globalThis.hacked = 1</script>',
  '<img src=x onerror="globalThis.hacked = 1">',
  '"><svg onload=globalThis.hacked=1>',
  '<!--<script>',
  'javascript:globalThis.hacked=1',
  '${globalThis.hacked=1}',
  '\u2028\u2029\u202e',
  '__proto__',
];

describe.skipIf(!hasChromium)(`result files with markup in them${skippedWithout}`, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(async () => await browser?.close());

  test('their text is text, wherever it stands', async () => {
    const made = ATTACKS.flatMap((attack) => [
      {
        name: `suite/comparison/${attack.replaceAll('/', '∕')}`,
        seconds: 1,
        against: 'peer',
        memoryMb: 10,
        cache: [1, 1] as const,
      },
    ]);
    const all = ATTACKS.join(' ');
    const { environment, ...now } = resultFile([...made, { name: 'suite/comparison/peer', seconds: 1 }], {
      build: { name: all, commit: all },
      suites: [{ suite: all, status: 'failed', error: all }],
      missing: [{ benchmark: `suite/comparison/${all}`, reason: all }],
    });
    const input = { ...now, environment: { ...environment, cpu: all, versions: { [all]: all } } };
    const hostile = {
      ...input,
      benchmarks: input.benchmarks.map((one, index) =>
        Object.assign({}, one, { benchmark: ATTACKS[index] ?? one.benchmark, side: ATTACKS[index] ?? one.side }),
      ),
    };
    const file = await reportFile({
      now: hostile,
      base: { ...hostile, build: { name: `base ${all}`, commit: null } },
      history: [{ ...hostile, run: all }],
    });
    const { page, complaints, requests } = await openPage(browser, fileUrl(file));
    for (const attack of ATTACKS) {
      const row = page.locator('#list a').filter({ hasText: attack.split('/').at(-1)!.trim() });
      expect(await row.count()).toBeGreaterThan(0);
    }
    for (const link of await page.locator('#list a').all()) {
      await link.click();
      await page.locator('article .chart svg').first().waitFor();
    }
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('main script, main img, [onload], [onerror]').count()).toBe(0);
    expect(await page.evaluate(() => Object.hasOwn(Object.prototype, 'hacked'))).toBe(false);
    expect(requests.filter((url) => !url.startsWith('data:') && !url.startsWith('file:'))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('a script that somebody puts into the file itself is not run', async () => {
    const file = await reportFile({ now: resultFile([{ name: 'suite/comparison/side', seconds: 1 }]) });
    const { page, complaints } = await openPage(browser, fileUrl(file));
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.hacked = 1';
      document.body.append(script);
    });
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(complaints).toEqual([expect.stringContaining('Content Security Policy')]);
  });
});
