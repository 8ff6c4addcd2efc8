import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileUrl, hasChromium, openPage, skippedWithout, startChromium } from '../support/chromium.ts';
import { fleetRun, variedReport } from '../support/fleet-results.ts';
import { reportFile } from '../support/report-file.ts';

describe.skipIf(!hasChromium)(`on a phone, 360 pixels wide${skippedWithout}`, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(async () => await browser?.close());

  test('nothing scrolls sideways: not the list, not any benchmark, with every table open', async () => {
    const file = await reportFile(variedReport());
    const { page, complaints } = await openPage(browser, fileUrl(file), {
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    });
    expect(await widthOf(page)).toBe(360);
    const names = await page
      .locator('#list a')
      .evaluateAll((links) => links.map((link) => (link as HTMLElement).dataset['benchmark'] ?? ''));
    expect(names).toHaveLength(15);
    for (const name of names) {
      await page.evaluate((hash) => void (location.hash = hash), name);
      await page.locator(`article[data-benchmark="${name}"] .chart svg`).first().waitFor();
      await page.evaluate(() => {
        for (const closed of document.querySelectorAll('details')) closed.open = true;
      });
      expect([name, await widthOf(page)]).toEqual([name, 360]);
    }
    expect(complaints).toEqual([]);
  });

  test('what is touched is large enough for a finger', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(variedReport())), {
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    });
    const heights = await page
      .locator('#list a, #search')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });

  test('a name without any place to break is broken', async () => {
    const { now } = fleetRun(({ name }) => name.startsWith('ssh-connect'));
    const long = `suite/${'x'.repeat(200)}/side`;
    const benchmarks = now.benchmarks.map((one) => ({ ...one, benchmark: long, against: null }));
    const file = await reportFile({ now: { ...now, benchmarks: benchmarks.slice(0, 1) } });
    const { page } = await openPage(browser, fileUrl(file), { viewport: { width: 360, height: 740 }, isMobile: true });
    expect(await widthOf(page)).toBe(360);
    await page.locator('#list a').click();
    await page.locator('article').waitFor({ state: 'visible' });
    expect(await widthOf(page)).toBe(360);
  });
});

async function widthOf(page: Page): Promise<number> {
  return await page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth));
}
