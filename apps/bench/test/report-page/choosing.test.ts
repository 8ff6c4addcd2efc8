import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileUrl, hasChromium, openPage, skippedWithout, startChromium } from '../support/chromium.ts';
import { smallRun } from '../support/fleet-results.ts';
import { reportFile } from '../support/report-file.ts';

const chosen = 'article h2';
const node = 'start-up/list-1000/node-e-0';
const workflow = 'workflow/working-hour/azfleet';

describe.skipIf(!hasChromium)(`choosing a benchmark${skippedWithout}`, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(async () => await browser?.close());

  test('by a link to it, and on to another', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun()), `#${node}`));
    expect(await page.locator(chosen).textContent()).toBe(node);
    expect(await page.locator('#list [aria-current]').getAttribute('data-benchmark')).toBe(node);
    await page.evaluate((hash) => void (location.hash = hash), workflow);
    await page.locator(chosen, { hasText: workflow }).waitFor();
  });

  test('a link to none shows the most telling one', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun()), '#no/such/benchmark'));
    expect(await page.locator(chosen).textContent()).toBe('start-up/list-1000/azfleet');
  });

  test('by mouse: the address is its link, and Back goes back', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun())));
    await page.locator(`[data-benchmark="${node}"]`).first().click();
    await page.locator(chosen, { hasText: node }).waitFor();
    expect(new URL(page.url()).hash).toBe(`#${node}`);
    await page.goBack();
    await page.locator(chosen, { hasText: 'start-up/list-1000/azfleet' }).waitFor();
  });

  test('by keyboard alone: / to the search, words, down, Enter; the heading has the focus then', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun())));
    await page.keyboard.press('/');
    await page.keyboard.type('working azfleet');
    expect(await page.locator('#list a:visible').count()).toBe(1);
    expect(await page.locator('#found').textContent()).toBe('1 of 4 benchmarks');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['benchmark'])).toBe(workflow);
    await page.keyboard.press('Enter');
    await page.locator(chosen, { hasText: workflow }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  });

  test('arrows, Home and End move in the list, which is one stop for Tab', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun())));
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => (document.activeElement as HTMLElement).dataset['benchmark']);
    await page.locator('#search').focus();
    await page.keyboard.press('Tab');
    const names = await page
      .locator('#list a')
      .evaluateAll((links) => links.map((link) => (link as HTMLElement).dataset['benchmark']));
    expect(await focused()).toBe(names[0]);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(names[1]);
    await page.keyboard.press('End');
    expect(await focused()).toBe(names[3]);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(names[3]);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
    expect(await page.locator('#list a[tabindex="0"]').count()).toBe(1);
  });

  test('Enter in the search chooses the first that is left, Escape forgets what was typed', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun())));
    await page.locator('#search').fill('nothing like it');
    expect(await page.locator('#found').textContent()).toBe('none has this name');
    await page.locator('#search').press('Enter');
    await page.locator('#search').press('Escape');
    expect(await page.locator('#list a:visible').count()).toBe(4);
    await page.locator('#search').fill('node');
    await page.locator('#search').press('Enter');
    await page.locator(chosen, { hasText: node }).waitFor();
  });

  test('by touch on a phone: the list gives way to the benchmark, and a link leads back', async () => {
    const { page } = await openPage(browser, fileUrl(await reportFile(smallRun())), {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    expect(await page.locator(chosen).isVisible()).toBe(false);
    await page.locator(`[data-benchmark="${node}"]`).first().tap();
    await page.locator(chosen, { hasText: node }).waitFor({ state: 'visible' });
    expect(await page.locator('#chooser').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'All benchmarks' }).tap();
    await page.locator('#chooser').waitFor({ state: 'visible' });
    expect(await page.locator(chosen).isVisible()).toBe(false);
  });
});
