import { copyFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';

/** Ways in which editors, tools and people change a file. Each leaves `text` in it. */
export const ways: readonly ((path: string, text: string) => void)[] = [
  function inPlace(path, text) {
    writeFileSync(path, text);
  },
  function byRename(path, text) {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  },
  function withTheOldTimes(path, text) {
    const { atimeMs, mtimeMs } = statSync(path);
    writeFileSync(path, text);
    utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  },
  // Twice in a row: the same file, size and time of change, and another content.
  withAnOlderTime,
  withAnOlderTime,
  function fromABackup(path, text) {
    const { atimeMs, mtimeMs } = statSync(path);
    copyFileSync(path, `${path}.bak`);
    writeFileSync(`${path}.bak`, text);
    utimesSync(`${path}.bak`, atimeMs / 1000, mtimeMs / 1000);
    renameSync(`${path}.bak`, path);
  },
  function removedAndMadeAnew(path, text) {
    rmSync(path);
    writeFileSync(path, text);
  },
];

function withAnOlderTime(path: string, text: string): void {
  writeFileSync(path, text);
  utimesSync(path, 1_000_000_000, 1_000_000_000);
}
