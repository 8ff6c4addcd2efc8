import { scanToml } from './scan.ts';

/** The parts of a key as it is written in TOML, `contexts."my work".ssh.port`; undefined when it is not a key. */
export function parseKey(text: string): string[] | undefined {
  if (/[\n\r]/.test(text)) return undefined;
  try {
    const [node, ...more] = scanToml(`${text}=0`);
    const isKey = node?.kind === 'entry' && more.length === 0 && node.valueStart === text.length + 1;
    return isKey ? node.keys.map((part) => part.name) : undefined;
  } catch {
    return undefined;
  }
}
