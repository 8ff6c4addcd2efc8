import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { fileError } from '../errors.ts';

/** What a benchmark may cost, whatever it cost before. */
export interface Budget {
  /** At most, of one iteration. */
  readonly calls?: number | undefined;
  readonly handshakes?: number | undefined;
  readonly misses?: number | undefined;
  readonly peak_memory_mb?: number | undefined;
  /** At least: 0.8 is 80 %. */
  readonly hit_ratio?: number | undefined;
  /** Its time by that of another side of the same comparison, or of several. */
  readonly ratio?: RatioBudget | readonly RatioBudget[] | undefined;
}

export interface RatioBudget {
  /** A side: `node-e-0`. */
  readonly against: string;
  /** At most. */
  readonly max: number;
}

/** By benchmark. `*` stands for any part of one word of the name, as in `cache/get-1000/azfleet*`. */
export type Budgets = Readonly<Record<string, Budget>>;

const amount = v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)));

const ratio = v.strictObject({ against: v.string(), max: v.pipe(v.number(), v.finite(), v.gtValue(0)) });

const schema: v.GenericSchema<unknown, Budgets> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value), 'is a list'),
  v.record(
    v.pipe(v.string(), v.regex(/^[^/]+\/[^/]+\/[^/]+$/, 'is not SUITE/COMPARISON/SIDE')),
    v.strictObject({
      calls: amount,
      handshakes: amount,
      misses: amount,
      peak_memory_mb: amount,
      hit_ratio: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      ratio: v.optional(v.union([v.array(ratio), ratio])),
    }),
  ),
);

/**
 * Reads a file of budgets.
 * @returns undefined where there is no such file
 * @throws BenchError `BENCH_FILE` (exit code 2) naming the file and the place that is wrong
 */
export async function readBudgets(file: string): Promise<Budgets | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw fileError(`${file} cannot be read (${code})`, undefined, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fileError(`${file} is not JSON`, (error as Error).message, error);
  }
  const { issues, output } = v.safeParse(schema, value);
  if (issues === undefined) return output;
  const place = issues[0].path?.map(({ key }) => String(key)).join(': ');
  throw fileError(`${file} is not a file of budgets: ${place === undefined ? '' : `${place}: `}${issues[0].message}`);
}
