import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli.ts';
import { benchProcess } from '../support/bench.ts';
import { hasChromium, openPage, skippedWithout, startChromium } from '../support/chromium.ts';
import { collectedIo } from '../support/collected-io.ts';
import { gatedSuite } from '../support/gated-suite.ts';

const PATIENTLY = { timeout: 30_000 };

describe.skipIf(!hasChromium)(`the report of a run that goes on${skippedWithout}`, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(async () => await browser?.close());

  test('grows while it is looked at, keeps what was chosen and opened, and says when it is done', async () => {
    const { cwd, open } = gatedSuite();
    const io = collectedIo(cwd, process.env);
    const exitCode = run(['serve'], io);
    await expect.poll(() => io.stdout.text, PATIENTLY).toMatch(/^http:.*\n$/);
    const url = io.stdout.text.trim();
    const { page, complaints, requests } = await openPage(browser, `${url}#sums/first/theirs`);
    await page.locator('#list [data-benchmark="sums/first/theirs"][aria-current]').waitFor();
    expect(await page.locator('#progress').isVisible()).toBe(true);
    expect(await page.locator('#live-text').textContent()).not.toBe('');
    await page.locator('article summary').first().click();
    open();
    await page.locator('#live[data-state=finished]').waitFor();
    expect(await page.locator('#live-text').textContent()).toBe('Done: 3 benchmarks');
    expect(await page.locator('#progress').isVisible()).toBe(false);
    expect(await page.locator('h1').textContent()).toBe('3 benchmarks in 1 suite.');
    expect(await page.locator('#list a').count()).toBe(3);
    expect(await page.locator('article h2').textContent()).toBe('sums/first/theirs');
    expect(await page.locator('article details[open] table').count()).toBe(1);
    expect(requests.filter((address) => !address.startsWith('data:'))).toEqual([url, `${url}events`]);
    expect(complaints).toEqual([]);
    io.interrupt();
    expect(await exitCode).toBe(0);
  });

  test('when the run is gone, what it had measured stays, and that is said', async () => {
    const { cwd } = gatedSuite();
    const io = collectedIo(cwd, process.env);
    const exitCode = run(['serve'], io);
    await expect.poll(() => io.stdout.text, PATIENTLY).toMatch(/^http:.*\n$/);
    const { page } = await openPage(browser, io.stdout.text.trim());
    await page.locator('#list a').nth(1).waitFor();
    io.interrupt();
    expect(await exitCode).toBe(130);
    await page.locator('#live[data-state=interrupted]').waitFor();
    expect(await page.locator('#live-text').textContent()).toBe('Interrupted: 2 benchmarks kept');
    expect(await page.locator('#list a').count()).toBe(2);
  });

  test('when the server is gone without a word, that is said, too', async () => {
    const { cwd } = gatedSuite();
    const { child, ended } = benchProcess(cwd, 'serve');
    const url = await new Promise<string>((resolve) =>
      child.stdout!.once('data', (text) => resolve(String(text).trim())),
    );
    const { page } = await openPage(browser, url);
    await page.locator('#list a').nth(1).waitFor();
    child.kill('SIGKILL');
    await ended;
    await page.locator('#live-text', { hasText: 'No word from the run' }).waitFor();
    expect(await page.locator('#list a').count()).toBe(2);
  });
});
