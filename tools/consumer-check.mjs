// Installs the packed packages as a stranger would: into an empty folder, with nothing of this repository around.
// Each must import and require, its types must compile without skipLibCheck on two TypeScript versions, and the CLI
// must run after a global install.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TYPESCRIPTS = ['7.0.2', '5.9.3'];
const root = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'azfleet-consumer-'));
const onWindows = process.platform === 'win32';

try {
  const packages = publishedPackages();
  const tarballs = pack(packages);
  const libraries = packages
    .filter(({ manifest }) => manifest.exports !== undefined)
    .map(({ manifest }) => manifest.name);
  const consumer = makeConsumer(packages, tarballs);
  for (const name of libraries) {
    node(consumer, ['--input-type=module', '-e', `const m = await import('${name}'); ${mustExport(name)}`]);
    node(consumer, ['--no-warnings', '-e', `const m = require('${name}'); ${mustExport(name)}`]);
    console.log(`✓ ${name}: import, require`);
  }
  for (const version of TYPESCRIPTS) {
    compile(consumer, libraries, version);
    console.log(`✓ types of ${libraries.length} packages on TypeScript ${version}, without skipLibCheck`);
  }
  globalInstall(tarballs.get('azfleet'));
  console.log('✓ azfleet, installed globally');
} finally {
  rmSync(work, { recursive: true, force: true });
}

function publishedPackages() {
  return ['packages', 'apps']
    .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** Package name → path of its tarball. */
function pack(packages) {
  const target = join(work, 'tarballs');
  mkdirSync(target);
  return new Map(
    packages.map(({ folder, manifest }) => {
      run('pnpm', ['pack', '--pack-destination', target], folder);
      const file = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
      return [manifest.name, join(target, file)];
    }),
  );
}

function makeConsumer(packages, tarballs) {
  const folder = join(work, 'consumer');
  mkdirSync(folder);
  const dependencies = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
  const aliases = Object.fromEntries(TYPESCRIPTS.map((version) => [alias(version), `npm:typescript@${version}`]));
  // What one tarball depends on is in another, not in the registry: the override says so.
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      dependencies: { ...dependencies, ...aliases },
      overrides: dependencies,
    }),
  );
  npm(['install', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  return folder;
}

function mustExport(name) {
  return `if (Object.keys(m).length === 0) throw new Error('${name} exports nothing');`;
}

function compile(consumer, libraries, version) {
  const lines = libraries.map(
    (name, index) => `import * as p${index} from '${name}';\nexport const q${index}: object = p${index};`,
  );
  writeFileSync(join(consumer, 'index.mts'), `${lines.join('\n')}\n`);
  const tsc = join(consumer, 'node_modules', alias(version), 'bin', 'tsc');
  node(consumer, [tsc, '--strict', '--module', 'nodenext', '--skipLibCheck', 'false', '--noEmit', 'index.mts']);
}

function alias(version) {
  return `typescript-${version.split('.')[0]}`;
}

function globalInstall(tarball) {
  const prefix = join(work, 'global');
  npm(['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', '--loglevel=error', tarball], work);
  const bin = onWindows ? join(prefix, 'azfleet.cmd') : join(prefix, 'bin', 'azfleet');
  const env = { ...process.env, HOME: work, XDG_CONFIG_HOME: work, XDG_CACHE_HOME: work, XDG_STATE_HOME: work };
  const version = run(bin, ['--version'], work, env).trim();
  const expected = JSON.parse(readFileSync(join(root, 'apps/cli/package.json'), 'utf8')).version;
  if (version !== `azfleet ${expected}`) throw new Error(`azfleet --version printed '${version}'`);
  const listed = run(bin, ['sim', '--machines', '3', '--', 'azfleet', 'list', '-o', 'json'], work, env);
  if (JSON.parse(listed).vms.length !== 3) throw new Error(`azfleet list printed ${listed}`);
}

function node(cwd, args) {
  return run(process.execPath, args, cwd);
}

function npm(args, cwd) {
  return run('npm', args, cwd);
}

function run(command, args, cwd, env = process.env) {
  try {
    return execFileSync(command, args, {
      cwd,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: onWindows,
    });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`, { cause: error });
  }
}
