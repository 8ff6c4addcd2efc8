// The one way in: `npm start` and `npm test` on a machine that has only git, Node 20+ and npm.
// Nothing outside Node is imported here, since nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forgetResults, summarise } from './test-summary.mjs';

const NODE_FOR_BUILDING = '24.21.0';
const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const pnpmVersion = packageManager.split('@')[1];
const onWindows = process.platform === 'win32';

const [task, ...rest] = process.argv.slice(2);
process.chdir(root);
process.env.TURBO_TELEMETRY_DISABLED = '1';

const missing = missingTools();
if (missing.length > 0) {
  process.exitCode = await reRunWith(missing);
} else if (task === 'start') {
  process.exitCode = await start();
} else if (task === 'test') {
  process.exitCode = await test();
} else {
  console.error(`tools/run.mjs: expected "start" or "test", got "${task ?? ''}"`);
  process.exitCode = 2;
}

/** The packages that npx has to add, so that this script finds a Node ≥ 22.12 and the pinned pnpm. */
function missingTools() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const tools = [];
  if (major < 22 || (major === 22 && minor < 12)) tools.push(`node@${NODE_FOR_BUILDING}`);
  const pnpm = spawnSync('pnpm', ['--version'], { shell: onWindows, encoding: 'utf8' });
  if (pnpm.stdout?.trim() !== pnpmVersion) tools.push(`pnpm@${pnpmVersion}`);
  return tools;
}

function reRunWith(tools) {
  if (process.env.AZFLEET_TOOLS === '1') {
    console.error(`azfleet: npx could not bring ${tools.join(' and ')}; install them and try again.`);
    return 1;
  }
  // npx hands `-c` to a shell, which runs in whatever folder npm was called from: hence the absolute path.
  const quoted = [join(root, 'tools/run.mjs'), task ?? '', ...rest].map((word) => JSON.stringify(word)).join(' ');
  const packages = tools.flatMap((tool) => ['-p', tool]);
  return run('npx', ['--yes', '--prefer-offline', ...packages, '-c', `node ${quoted}`], {
    env: { ...process.env, AZFLEET_TOOLS: '1' },
  });
}

async function start() {
  const prepared = await prepare('azfleet');
  if (prepared !== 0) return prepared;
  return run(process.execPath, ['apps/cli/dist/azfleet.cjs', ...(rest.length > 0 ? rest : ['demo'])]);
}

async function test() {
  const installed = await step('installing', 'pnpm', ['install', '--frozen-lockfile']);
  if (installed !== 0) return installed;
  forgetResults(root);
  const code = await run('pnpm', ['exec', 'turbo', 'run', 'test', '--continue', '--concurrency=2', ...rest]);
  const summary = summarise(root, { onlySome: rest.length > 0 });
  console.log(summary.line);
  return code === 0 && summary.ok ? 0 : code || 1;
}

async function prepare(target) {
  const installed = await step('installing', 'pnpm', ['install', '--frozen-lockfile']);
  if (installed !== 0) return installed;
  return step('building', 'pnpm', ['exec', 'turbo', 'run', 'build', `--filter=${target}`]);
}

/** Runs one preparing command, with its output shown only if it fails. */
async function step(name, command, args) {
  const started = Date.now();
  if (process.stderr.isTTY) process.stderr.write(`${name} …`);
  let output = '';
  const code = await run(command, args, { stdio: ['ignore', 'pipe', 'pipe'] }, (text) => (output += text));
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  process.stderr.write(`${code === 0 ? '✓' : '✗'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  if (code !== 0) process.stderr.write(output);
  return code;
}

/** Resolves with the exit code. On Windows npx and pnpm are .cmd files, which need a shell; the words are all ours. */
function run(command, args, options = {}, onOutput) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      shell: onWindows && command !== process.execPath,
      ...options,
    });
    child.stdout?.on('data', (chunk) => onOutput?.(String(chunk)));
    child.stderr?.on('data', (chunk) => onOutput?.(String(chunk)));
    child.on('error', (error) => {
      console.error(`azfleet: cannot run ${command}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
