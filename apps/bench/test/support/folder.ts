import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with these files, removed when the test ends. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'bench-test-')));
  onTestFinished(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

/** The text of a suite with these comparisons. `prelude` stands before it. */
export function suiteText(comparisons: string, prelude = ''): string {
  return `import { suite, runProcess } from '@azfleet/bench';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
${prelude}
export default suite({ about: 'a test', open: (context) => ({ comparisons: [${comparisons}] }) });
`;
}

/** A side that says how long it took: 1, 2, 3 … seconds. */
export const counting = `(() => { let n = 0; return { name: 'counting', whole: async () => ({ seconds: (n += 1) }) }; })()`;
