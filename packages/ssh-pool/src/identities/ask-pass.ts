import { spawn } from 'node:child_process';
import type { PassphrasePrompt } from './prompt.ts';

/**
 * Asks through the program that `SSH_ASKPASS` names, as ssh does: the question is its argument, the answer its first
 * line, and a failure means no. No shell is involved. `SSH_ASKPASS_REQUIRE=never` turns it off.
 */
export function askPassPrompt(env: Readonly<Record<string, string | undefined>>): PassphrasePrompt | undefined {
  const program = env['SSH_ASKPASS'];
  if (program === undefined || program === '' || env['SSH_ASKPASS_REQUIRE'] === 'never') return undefined;
  return ({ message }) =>
    new Promise((resolve) => {
      const child = spawn(program, [message], { stdio: ['ignore', 'pipe', 'ignore'], env: { ...env }, shell: false });
      let answer = '';
      child.stdout.setEncoding('utf8');
      child.stdout.on('data', (text: string) => (answer += text));
      child.on('error', () => resolve(undefined));
      child.on('close', (code) => resolve(code === 0 ? answer.split(/\r?\n/, 1)[0] : undefined));
    });
}
