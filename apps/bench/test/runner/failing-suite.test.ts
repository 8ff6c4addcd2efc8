import { expect, test } from 'vitest';
import { bench, resultIn } from '../support/bench.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

const good = suiteText(`{ name: 'c', rounds: 2, sides: [${counting}] }`);
const whole = (body: string): string => `{ name: 'bad', whole: async () => { ${body} } }`;

/** Runs a suite beside a good one, and tells what became of it. */
async function runBeside(text: string): Promise<{ line: string; measured: string[]; error: string | null }> {
  const cwd = folder({ 'benchmarks/bad.bench.mjs': text, 'benchmarks/good.bench.mjs': good });
  const { exitCode, stderr } = await bench(cwd, 'run', '--output', 'r.json');
  expect(exitCode).toBe(1);
  const { complete, suites, benchmarks } = resultIn(cwd, 'r.json');
  expect(complete).toBe(false);
  expect(suites.map(({ suite, status }) => [suite, status])).toEqual([
    ['bad', 'failed'],
    ['good', 'done'],
  ]);
  const measured = benchmarks.map(({ benchmark }) => benchmark);
  expect(measured).toContain('good/c/counting');
  const lines = stderr.split('\n').filter((line) => line.startsWith('bad failed: '));
  expect(lines).toHaveLength(1);
  return { line: lines[0]!, measured, error: suites[0]!.error };
}

test('a suite that throws while it opens is told in one line, and the next one runs', async () => {
  const text = suiteText('').replace('({ comparisons: [] })', '{ throw new Error("no simulator\\nand more"); }');
  const { line, measured, error } = await runBeside(text);
  expect(line).toBe('bad failed: no simulator');
  expect(error).toBe('no simulator');
  expect(measured).toEqual(['good/c/counting']);
});

test('a comparison that throws loses its rounds, those before and after it are kept', async () => {
  const { line, measured } = await runBeside(
    suiteText(
      `{ name: 'before', rounds: 2, sides: [${counting}] },
       { name: 'broken', rounds: 9, sides: [${counting}, ${whole(`if ((n += 1) > 5) throw new Error('out of disk'); return { seconds: 1 };`)}] },
       { name: 'after', rounds: 2, sides: [${counting}] }`,
      'let n = 0;',
    ),
  );
  expect(line).toBe('bad failed: out of disk');
  expect(measured).toEqual(['bad/before/counting', 'bad/after/counting', 'good/c/counting']);
});

test('a comparison that cannot be opened is left out', async () => {
  const { line, measured } = await runBeside(
    suiteText(`async () => { throw new Error('port in use'); }, { name: 'after', rounds: 2, sides: [${counting}] }`),
  );
  expect(line).toBe('bad failed: port in use');
  expect(measured).toEqual(['bad/after/counting', 'good/c/counting']);
});

test('an operation that throws', async () => {
  const { line } = await runBeside(
    suiteText(`{ name: 'c', sides: [{ name: 'a', operation: () => { throw new TypeError('not a number'); } }] }`),
  );
  expect(line).toBe('bad failed: not a number');
});

test('a suite that ends its process is told with its exit code and last words', async () => {
  const { line } = await runBeside(
    suiteText(`{ name: 'c', sides: [${whole(`console.error('panic: core meltdown'); process.exit(7);`)}] }`),
  );
  expect(line).toBe('bad failed: its process ended with exit code 7: panic: core meltdown');
});

test('an error that nobody has caught', async () => {
  const { line } = await runBeside(
    suiteText(
      `{ name: 'c', sides: [${whole(`setImmediate(() => { throw new Error('thrown later'); }); await new Promise(() => {});`)}] }`,
    ),
  );
  expect(line).toBe('bad failed: thrown later');
});

test('a file that is no suite, and one that cannot be loaded', async () => {
  expect((await runBeside('export const answer = 42;')).line).toMatch(/^bad failed: its default export is not a suite/);
  expect((await runBeside('export default {')).line).toBe('bad failed: Unexpected end of input');
  expect((await runBeside("import 'not-installed-anywhere';")).line).toMatch(
    /Cannot find package 'not-installed-anywhere'/,
  );
});

test('a suite that cannot be closed is told; what it measured is kept', async () => {
  const text = suiteText(`{ name: 'c', rounds: 2, sides: [${counting}] }`).replace(
    '] })',
    `], close: async () => { throw new Error('still in use'); } })`,
  );
  const { line, measured } = await runBeside(text);
  expect(line).toBe('bad failed: not closed: still in use');
  expect(measured).toEqual(['bad/c/counting', 'good/c/counting']);
});

test.each([
  [`{ name: 'Two Words', sides: [] }`, "comparison 'Two Words' is not one word of a-z, 0-9, dot and hyphen"],
  [`{ name: 'c', sides: [] }`, "comparison 'c' has no sides"],
  [
    `{ name: 'c', sides: [{ name: 'A/B', whole() {} }] }`,
    "side 'A/B' of 'c' is not one word of a-z, 0-9, dot and hyphen",
  ],
  [`{ name: 'c', sides: [{ name: 'a', whole() {} }, { name: 'a', whole() {} }] }`, "'c' has two sides called 'a'"],
  [`{ name: 'c', sides: [{ name: 'a' }] }`, "side 'a' of 'c' has nothing to run"],
  [`{ name: 'c', against: 'b', sides: [{ name: 'a', whole() {} }] }`, "'c' has no side 'b' to be against"],
  [`{ name: 'c', rounds: 0, sides: [{ name: 'a', whole() {} }] }`, "'c' cannot have 0 rounds"],
  [`{ name: 'c', rounds: 2, sides: [{ name: 'a', whole: async () => ({ seconds: NaN }) }] }`, 'a took NaN seconds'],
])('a comparison that cannot be: %s', async (comparison, expected) => {
  const cwd = folder({ 'benchmarks/bad.bench.mjs': suiteText(comparison) });
  expect(await bench(cwd, 'run')).toEqual({ exitCode: 1, stdout: '', stderr: `bad failed: ${expected}\n` });
});
