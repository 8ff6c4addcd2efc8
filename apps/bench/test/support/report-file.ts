import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { html } from '../../src/report/html.ts';
import { pageParts } from '../../src/report/page-parts.ts';
import { type ReportInput, viewOf } from '../../src/report/view-of.ts';
import type { ResultFile } from '../../src/result/result.ts';
import { folder } from './folder.ts';

/** The report as a file, as `azfleet-bench report` writes it. */
export async function reportFile(input: ReportInput): Promise<string> {
  const file = join(folder(), 'report.html');
  await writeFile(file, html(viewOf(input), await pageParts()));
  return file;
}

/** A result as a file in a folder. */
export async function resultInFolder(path: string, name: string, result: ResultFile): Promise<string> {
  const file = join(path, name);
  await writeFile(file, JSON.stringify(result));
  return file;
}
