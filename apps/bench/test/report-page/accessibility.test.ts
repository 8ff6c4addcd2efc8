import axe from 'axe-core';
import { type Browser, type BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileUrl, hasChromium, openPage, skippedWithout, startChromium } from '../support/chromium.ts';
import { contrastsOf } from './contrast.ts';
import { smallHistory, smallRun, variedReport } from '../support/fleet-results.ts';
import { reportFile } from '../support/report-file.ts';

const sizes: Readonly<Record<string, BrowserContextOptions>> = {
  'a desk, light': { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  'a desk, dark': { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  'a phone, light': { viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  'a phone, dark': { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
};

describe.skipIf(!hasChromium)(`accessibility${skippedWithout}`, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(async () => await browser?.close());

  test.for(Object.entries(sizes))('axe finds nothing: %s', async ([, options]) => {
    const file = await reportFile({ ...smallRun(), history: smallHistory() });
    for (const hash of ['', '#workflow/working-hour/azfleet']) {
      const { page } = await openPage(browser, fileUrl(file, hash), options);
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate(async () => {
        const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document);
        return {
          violations: found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          passes: found.passes.length,
        };
      });
      expect(violations).toEqual([]);
      expect(passes).toBeGreaterThan(30);
    }
  });

  test.for(Object.entries(sizes))(
    'every text stands out from its ground by 4.5 or more, in charts too: %s',
    async ([, options]) => {
      const file = await reportFile(variedReport());
      for (const hash of ['', '#start-up/list-1000/azfleet', '#config-load/warm/azfleet']) {
        const { page } = await openPage(browser, fileUrl(file, hash), options);
        const contrasts = await contrastsOf(page);
        expect(contrasts.length).toBeGreaterThan(40);
        expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
      }
    },
  );

  test('every chart has a name, and its figures in a table that the keyboard opens', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun()), '#start-up/list-1000/azfleet'));
    const figures = await page.locator('article figure').all();
    expect(figures.length).toBeGreaterThan(3);
    for (const figure of figures) {
      expect(await figure.locator('svg[role=img]').first().getAttribute('aria-label')).toMatch(/\w{3}/);
      await figure.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await figure.locator('table').isVisible()).toBe(true);
      expect(await figure.locator('tbody tr').count()).toBeGreaterThan(0);
    }
  });

  test('who wants no motion gets none', async () => {
    const file = await reportFile(smallRun());
    const moving = await openPage(browser, fileUrl(file), { reducedMotion: 'no-preference' });
    const still = await openPage(browser, fileUrl(file), { reducedMotion: 'reduce' });
    const motion = `[...document.querySelectorAll('*')].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return transitionDuration !== '0s' || animationName !== 'none';
    }).length`;
    expect(await moving.page.evaluate(motion)).toBeGreaterThan(0);
    expect(await still.page.evaluate(motion)).toBe(0);
  });
});
