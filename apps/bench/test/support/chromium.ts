import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const found = findChromium();
// What CI must not skip is an error there.
if (found === undefined && process.env['CI'] !== undefined) {
  throw new Error('no chromium in PATH: CI has to test the page in it (Debian: apt-get install chromium)');
}

export const hasChromium = found !== undefined;
/** What the name of a group of tests says where they are skipped. */
export const skippedWithout = hasChromium ? '' : ' (skipped: no chromium in PATH)';

export async function startChromium(): Promise<Browser> {
  if (found === undefined) throw new Error('no chromium in PATH');
  return await chromium.launch({
    executablePath: found,
    // Its sandbox refuses to work for root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

/** A page, and what went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of its console, and exceptions. */
  readonly complaints: readonly string[];
  /** Everything that it has asked for, itself included. */
  readonly requests: readonly string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, complaints, requests };
}

export function fileUrl(file: string, hash = ''): string {
  return `${pathToFileURL(file).href}${hash}`;
}

function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':');
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome.exe'];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}
