import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileUrl, hasChromium, openPage, skippedWithout, startChromium } from '../support/chromium.ts';
import { fleetRun, variedReport } from '../support/fleet-results.ts';
import { coloursOf } from './picture.ts';
import { reportFile } from '../support/report-file.ts';

describe.skipIf(!hasChromium)(`the report in Chromium${skippedWithout}`, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(async () => await browser?.close());

  test('opens with its answer, and asks for nothing but itself', async () => {
    const file = await reportFile(fleetRun());
    const { page, complaints, requests } = await openPage(browser, fileUrl(file));
    expect(await page.locator('h1').textContent()).toBe(
      '1 of 40 benchmarks is slower, 1 makes more calls or misses, 3 are faster.',
    );
    expect(await page.title()).toBe('1 of 40 benchmarks is slower, 1 makes more calls or misses, 3 are faster.');
    expect(await page.locator('#list a').count()).toBe(40);
    // The most telling benchmark is there without being chosen.
    expect(await page.locator('article h2').textContent()).toBe('start-up/list-1000/azfleet');
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([fileUrl(file)]);
    expect(complaints).toEqual([]);
  });

  test('charts have their marks, and none of them is an empty picture', async () => {
    const file = await reportFile(variedReport());
    const { page, complaints } = await openPage(browser, fileUrl(file, '#workflow/working-hour/azfleet'));
    const titles = await page.locator('article figure h3').allTextContents();
    expect(titles).toEqual(['Distribution', 'Round by round', 'Against its peers', 'History', 'Memory', 'Cache']);
    expect(await page.locator('article figure svg[role=img]').count()).toBe(8); // history: ratio, hits, calls
    // A dot for each round of both builds.
    expect(await page.locator('article figure').first().locator('circle').count()).toBe(20);
    for (const figure of await page.locator('article figure .chart').all()) {
      expect(await coloursOf(browser, await figure.screenshot())).toBeGreaterThan(3);
    }
    expect(complaints).toEqual([]);
  });

  test('a report without a base has its peers in the list', async () => {
    const { page, complaints } = await openPage(browser, fileUrl(await reportFile({ now: fleetRun().now })));
    expect(await page.locator('h1').textContent()).toBe('40 benchmarks in 10 suites.');
    expect(await page.locator('#list .group h3').first().textContent()).toBe('start-up 4');
    expect(await page.locator('#list a').first().locator('.outcome').textContent()).toMatch(/^1\.2\d ×$/);
    expect(complaints).toEqual([]);
  });

  test('a run in which nothing was measured is a page, too', async () => {
    const { now } = fleetRun(() => false);
    const { page, complaints } = await openPage(browser, fileUrl(await reportFile({ now })));
    expect(await page.locator('h1').textContent()).toBe('Nothing was measured.');
    expect(complaints).toEqual([]);
  });
});
