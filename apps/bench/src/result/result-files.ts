import { dirname, join, parse } from 'node:path';
import type { ResultFile } from './result.ts';
import { writeResult } from './write-result.ts';

/** How often files are brought up to date while they are measured. */
const REWRITE_MS = 1000;

/** The files of a run, `new.json` and `new.base.json`, from its beginning to its end. */
export class ResultFiles {
  readonly #file: string;
  readonly #now: () => number;
  #writtenAt = 0;

  constructor(file: string, now: () => number) {
    this.#file = file;
    this.#now = now;
  }

  /** @throws BenchError `BENCH_OUTPUT` where they cannot be written: better told before hours of measuring than after */
  async write([result, base]: readonly ResultFile[]): Promise<void> {
    const { name, ext } = parse(this.#file);
    if (base !== undefined) await writeResult(join(dirname(this.#file), `${name}.base${ext}`), base);
    await writeResult(this.#file, result!);
    this.#writtenAt = this.#now();
  }

  /** As {@link write}, if that was a while ago. A full disk may have room again at the end: until then it is no failure. */
  async update(files: () => readonly ResultFile[]): Promise<void> {
    if (this.#now() - this.#writtenAt >= REWRITE_MS) await this.write(files()).catch(() => {});
  }
}
