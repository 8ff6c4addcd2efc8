import { type Browser } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileUrl, hasChromium, openPage, skippedWithout, startChromium } from '../support/chromium.ts';
import { contrastsOf } from './contrast.ts';
import { fleetRun, smallHistory, smallRun } from '../support/fleet-results.ts';
import { reportFile } from '../support/report-file.ts';

describe.skipIf(!hasChromium)(`on paper${skippedWithout}`, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(async () => await browser?.close());

  test('the PDF has every benchmark with its charts, whatever was chosen or typed before', async () => {
    const input = fleetRun();
    const { page, complaints } = await openPage(browser, fileUrl(await reportFile(input), '#cache/get-10/azfleet'), {
      colorScheme: 'dark',
    });
    await page.locator('#search').fill('cache');
    const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4' })));
    const text = (await extractText(pdf, { mergePages: true })).text.replaceAll(/\s+/g, '');
    for (const { benchmark } of input.now.benchmarks) {
      // In the list, and as the heading of its own part.
      expect({ benchmark, times: text.split(benchmark).length - 1 }).toEqual({
        benchmark,
        times: expect.toSatisfy((times: number) => times >= 2),
      });
    }
    expect(text.split('Distribution').length - 1).toBe(40);
    expect(text.split('Roundbyround').length - 1).toBe(40);
    expect(text).toContain('Howitwasmeasured');
    expect(text).not.toContain('Asatable');
    expect(complaints).toEqual([]);
  });

  test('black on white, nothing cut off at the edge, nothing to press', async () => {
    const file = await reportFile({ ...smallRun(), history: smallHistory() });
    const { page } = await openPage(browser, fileUrl(file), {
      colorScheme: 'dark',
      viewport: { width: 688, height: 1000 },
    });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => void dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('article').count()).toBe(4);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    expect((await contrastsOf(page)).filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(688);
    const cut = await page
      .locator('.table, .chart, #list')
      .evaluateAll((parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1).length);
    expect(cut).toBe(0);
    expect(
      await page
        .locator('#search, summary')
        .evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).length),
    ).toBe(0);
  });

  test('after printing the page is as it was', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun()), '#workflow/working-hour/azfleet'));
    const width = await page.locator('article .chart').first().getAttribute('data-width');
    await page.pdf();
    await page.evaluate(() => void dispatchEvent(new Event('afterprint')));
    expect(await page.locator('article h2').allTextContents()).toEqual(['workflow/working-hour/azfleet']);
    await expect
      .poll(() => page.locator('article .chart').first().getAttribute('data-width'), { timeout: 30_000 })
      .toBe(width);
  });
});
