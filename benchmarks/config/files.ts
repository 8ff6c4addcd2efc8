import * as config from '@azfleet/config';
import type { SuiteContext } from '@azfleet/bench';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What the child processes use too, which run no TypeScript. */
interface Settings {
  readonly createConfiguration: (loader: typeof config) => config.Configuration<object>;
  readonly configRequest: (directory: string) => config.ConfigRequest<object>;
  readonly createNames: (loader: typeof config, directory: string) => config.NamesFile;
}

const { createConfiguration, configRequest, createNames } = (await import(
  new URL('settings.mjs', import.meta.url).href
)) as Settings;

/** A folder with config.toml, sessions.toml and what is compiled of them. */
export interface Files {
  readonly directory: string;
  readonly config: config.Configuration<object>;
  readonly request: config.ConfigRequest<object>;
  readonly names: config.NamesFile;
  readonly namesPath: string;
}

/** Writes both files, and has them loaded once they are old enough for their compiled form to be kept. */
export async function makeFiles(context: SuiteContext, contexts: number, names: number): Promise<Files> {
  const directory = join(context.directory, `${contexts}-contexts-${names}-names`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, 'config.toml'), configText(contexts));
  writeFileSync(join(directory, 'sessions.toml'), namesText(names));
  await pause(100);
  const files = {
    directory,
    config: createConfiguration(config),
    request: configRequest(directory),
    names: createNames(config, directory),
    namesPath: join(directory, 'sessions.toml'),
  };
  await checkRemembering(files);
  return files;
}

/** A file that has not changed is not read again, and one that has changed is. */
async function checkRemembering({ config, request, names }: Files): Promise<void> {
  await Promise.all([config.load(request), names.load()]);
  if (config.load(request) instanceof Promise) throw new Error('a settled file was parsed again');
  utimesSync(request.path, 1, 1);
  const pending = config.load(request);
  if (!(pending instanceof Promise)) throw new Error('a change of the file was not seen');
  await pending;
  // The change of the inode is again too young to be relied on.
  await pause(100);
  await config.load(request);
}

function configText(contexts: number): string {
  return `default_context = "context-1"

[ssh]
user = "ops"
identity_files = ["~/.ssh/id_ed25519"]
host_key_policy = "accept-new"
max_idle = 20
idle_timeout = "5m"

[cache]
vm_list = "5m"
vm_status = "30s"
public_ip = "10m"
max_size = "64MB"
${Array.from({ length: contexts }, (_, index) => contextText(index)).join('')}`;
}

function contextText(index: number): string {
  return `
# Subscription ${index}
[contexts.context-${index}]
subscriptions = ["${subscription(index)}"]
resource_group = "rg-${index}"
credential = "cli"
ssh.jump = "ops@bastion-${index}.example.com:22"
`;
}

function namesText(names: number): string {
  return Array.from({ length: names }, (_, index) => `name-${index} = "${machineId(index)}"\n`).join('');
}

function machineId(index: number): string {
  const group = `/subscriptions/${subscription(1)}/resourceGroups/rg-${index % 50}`;
  return `${group}/providers/Microsoft.Compute/virtualMachines/vm-${index}`;
}

function subscription(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`;
}
