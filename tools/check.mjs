// `pnpm check`: everything that is not a test. Each step's output is shown only where it fails.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const steps = [
  ['types', 'turbo run types --continue'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['format', 'oxfmt --check'],
  ['unused code and dependencies', 'knip'],
  ['lock file names no host', lockFileNamesNoHost],
  ['package checks (publint, attw)', 'turbo run package --continue'],
  ['consumers of the packed packages', `node ${JSON.stringify(join(root, 'tools/consumer-check.mjs'))}`],
];

let failures = 0;
for (const [name, check] of steps) {
  const started = Date.now();
  const { ok, output } = typeof check === 'function' ? check() : await command(check);
  console.log(`${ok ? '✓' : '✗'} ${String(name)}  ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (!ok) {
    failures += 1;
    console.log(output.trimEnd());
  }
}
if (failures > 0) console.log(`${failures} of ${steps.length} checks failed`);
process.exitCode = failures > 0 ? 1 : 0;

function command(line) {
  return new Promise((resolve) => {
    // The lines are the constants above; a shell finds node_modules/.bin and .cmd files alike.
    const child = spawn(line, {
      cwd: root,
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

function lockFileNamesNoHost() {
  const lines = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8').split('\n');
  const named = lines.filter((line) => /https?:\/\//.test(line));
  return { ok: named.length === 0, output: named.join('\n') };
}
