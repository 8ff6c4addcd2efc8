import { readFile } from 'node:fs/promises';
import { BenchError } from '../errors.ts';

/** What `build-page.mjs` made of `page/`: one script, one style sheet, and the licences of what is in them. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  readonly licences: string;
}

/** Reads them from beside this file's compiled form. @throws BenchError `BENCH_FILE` where the package was not built */
export async function pageParts(directory: URL = new URL('../../dist/page/', import.meta.url)): Promise<PageParts> {
  const read = (name: string): Promise<string> => readFile(new URL(name, directory), 'utf8');
  try {
    const [script, style, licences] = await Promise.all([read('page.js'), read('page.css'), read('licences.txt')]);
    return { script, style, licences };
  } catch (cause) {
    throw new BenchError('BENCH_FILE', `the report's page is missing in ${directory.pathname}`, {
      hint: "build the package: 'pnpm build' in apps/bench",
      cause,
    });
  }
}
