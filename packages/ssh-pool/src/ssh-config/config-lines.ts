import type { BigIntStats } from 'node:fs';
import { SshPoolError, isOutOfDescriptors, systemCode } from '../errors.ts';
import { FileCache } from '../file-cache.ts';

/** One directive of an ssh_config file. */
export interface ConfigLine {
  /** In lower case: ssh does not care. */
  readonly keyword: string;
  readonly args: readonly string[];
  /** `FILE:LINE`, for messages. */
  readonly where: string;
}

/** ssh_config files in lines, read again when they change. */
export class ConfigFiles {
  readonly #cache = new FileCache(parseConfig);

  /**
   * The lines of a file; none when there is no such file.
   *
   * @throws {@link SshPoolError} `SSH_CONFIG_INVALID`
   */
  read(path: string): readonly ConfigLine[] {
    try {
      return this.#cache.read(path) ?? [];
    } catch (error) {
      if (error instanceof SshPoolError || isOutOfDescriptors(error)) throw error;
      throw new SshPoolError('SSH_CONFIG_INVALID', `${path} cannot be read: ${systemCode(error) ?? String(error)}.`, {
        hint: 'Make it a file that you can read, or move it away.',
        cause: error,
      });
    }
  }
}

function parseConfig(text: string, path: string, stats: BigIntStats): ConfigLine[] {
  refuseForeignHands(path, stats);
  const lines: ConfigLine[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = parseLine(raw, `${path}:${index + 1}`);
    if (line !== undefined) lines.push(line);
  }
  return lines;
}

/** Whoever can write this file decides where we connect and with which key. ssh refuses such a file as well. */
function refuseForeignHands(path: string, stats: BigIntStats): void {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  const foreign = stats.uid !== 0n && stats.uid !== BigInt(uid);
  if (!foreign && (stats.mode & 0o022n) === 0n) return;
  const reason = foreign ? 'belongs to another user' : 'can be written by others';
  throw new SshPoolError('SSH_CONFIG_INVALID', `${path} is not used: it ${reason}.`, {
    hint: foreign ? 'Make it your own file.' : `Run: chmod go-w ${path}`,
  });
}

function parseLine(raw: string, where: string): ConfigLine | undefined {
  const match = /^\s*([^\s=#"]+)(?:\s*=\s*|\s+|$)(.*)$/.exec(raw);
  const keyword = match?.[1];
  if (keyword === undefined) return undefined;
  return { keyword: keyword.toLowerCase(), args: splitArguments(match?.[2] ?? '', where), where };
}

/** Words, as ssh splits them: quotes of both kinds keep spaces, a backslash escapes a quote, `#` ends the line. */
function splitArguments(text: string, where: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    const next = text.charAt(i + 1);
    if (character === '\\' && (next === '"' || next === "'" || next === '\\')) {
      word = (word ?? '') + next;
      i += 1;
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === ' ' || character === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '#' && word === undefined) {
      break;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') throw new SshPoolError('SSH_CONFIG_INVALID', `${where}: a quotation mark is not closed.`);
  if (word !== undefined) words.push(word);
  return words;
}
