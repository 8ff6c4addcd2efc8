import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type Identity, whyUnusable } from './identity.ts';
import { type KeyFile, KeyFiles } from './key-file.ts';
import type { Passphrases } from './passphrases.ts';
import { type AgentKey, SshAgent } from './ssh-agent.ts';

/** Which keys to try for a machine. */
export interface IdentityRules {
  /** Files that were asked for by name, or the usual ones. */
  readonly files: readonly string[];
  /** Whether somebody named the files: then one that is missing is worth a word. */
  readonly named: boolean;
  /** No key of the agent but those that `files` name. */
  readonly only: boolean;
  /** The agent's socket. */
  readonly agentPath: string | undefined;
  /** Certificates that were asked for. */
  readonly certificates: readonly string[];
}

export interface IdentityList {
  /** In the order in which they are tried. */
  readonly identities: readonly Identity[];
  /** What was left out and why, for the message when none was right. */
  readonly notes: readonly string[];
}

/** Finds the keys of the user: in files and in the SSH agent. */
export class Identities {
  readonly #files = new KeyFiles();
  readonly #agents = new Map<string, SshAgent>();
  readonly #passphrases: Passphrases;
  readonly #clock: Clock;

  constructor(passphrases: Passphrases, clock: Clock) {
    this.#passphrases = passphrases;
    this.#clock = clock;
  }

  /** Tells sets of keys apart: connections that were made with different ones are not shared. */
  keyOf(rules: IdentityRules): string {
    const hash = createHash('sha256');
    for (const path of rules.files) {
      const file = this.#files.read(path);
      hash.update(`${path}\0${file.kind}\0`).update(publicPart(file) ?? '');
    }
    return hash.update(`${rules.only}\0${rules.agentPath ?? ''}`).digest('base64');
  }

  /**
   * In order: the named files and what the agent has of them, then the other keys of the agent, then the usual files.
   * Servers stop listening after a few keys (MaxAuthTries), so what was asked for comes first. A key that would need a
   * passphrase before its public part is known comes last.
   */
  async list(rules: IdentityRules): Promise<IdentityList> {
    const notes = rules.certificates.map((path) => `${path}: certificates are not supported`);
    const agentKeys = await this.#agentKeys(rules, notes);
    const fromFiles = this.#fromFiles(rules, agentKeys, notes);
    const taken = new Set(fromFiles.map(({ blob }) => blob?.toString('base64')));
    const others = rules.only ? [] : agentKeys.filter(({ blob }) => !taken.has(blob.toString('base64')));
    const fromAgent = others.map((key) => this.#agentIdentity(rules, key));
    const all = rules.named ? [...fromFiles, ...fromAgent] : [...fromAgent, ...fromFiles];
    return {
      identities: [...all.filter(({ blob }) => blob !== undefined), ...all.filter(({ blob }) => blob === undefined)],
      notes,
    };
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.close();
  }

  async #agentKeys(rules: IdentityRules, notes: string[]): Promise<AgentKey[]> {
    if (rules.agentPath === undefined) return [];
    try {
      const keys = await this.#agent(rules.agentPath).list();
      return keys.filter((key) => {
        const reason = whyUnusable(key.type);
        if (reason !== undefined && !rules.only) notes.push(`${key.comment} in the SSH agent: ${reason}`);
        return reason === undefined;
      });
    } catch (error) {
      notes.push(`the SSH agent at ${rules.agentPath}: ${(error as Error).message}`);
      return [];
    }
  }

  #fromFiles(rules: IdentityRules, agentKeys: readonly AgentKey[], notes: string[]): Identity[] {
    return rules.files.flatMap((path) => {
      const file = this.#files.read(path);
      const blob = publicPart(file);
      const held = blob && agentKeys.find((key) => key.blob.equals(blob));
      // What has to be unlocked is better signed by the agent, which has it unlocked.
      if (held !== undefined && file.kind !== 'private') return [this.#agentIdentity(rules, held)];
      if (file.kind === 'private') return [{ ...file.key, label: path, signsAtOnce: true }];
      if (file.kind === 'encrypted') return [this.#encryptedIdentity(path, file.text, file.blob)];
      if (file.kind === 'public')
        notes.push(`${path}: it is a public key, and the SSH agent does not hold its private one`);
      else if (file.kind === 'unusable') notes.push(`${path}: ${file.reason}`);
      else if (rules.named) notes.push(`${path}: there is no such file`);
      return [];
    });
  }

  #encryptedIdentity(path: string, text: string, blob: Buffer | undefined): Identity {
    const unlock = async (): Promise<Identity> => {
      const key = await this.#passphrases.unlock(path, text);
      return { ...key, label: path, signsAtOnce: true };
    };
    const sign = async (data: Buffer, algorithm: string): Promise<Buffer> => (await unlock()).sign(data, algorithm);
    return { blob, label: path, signsAtOnce: false, sign, unlock };
  }

  #agentIdentity({ agentPath = '' }: IdentityRules, { blob, comment }: AgentKey): Identity {
    const sign = (data: Buffer, algorithm: string): Promise<Buffer> =>
      this.#agent(agentPath).sign(blob, data, algorithm);
    return { blob, label: `${comment} in the SSH agent`, signsAtOnce: false, sign };
  }

  #agent(path: string): SshAgent {
    const agent = this.#agents.get(path) ?? new SshAgent(path, this.#clock);
    this.#agents.set(path, agent);
    return agent;
  }
}

function publicPart(file: KeyFile): Buffer | undefined {
  if (file.kind === 'private') return file.key.blob;
  return file.kind === 'encrypted' || file.kind === 'public' ? file.blob : undefined;
}
