import type { BenchmarkResult, ResultFile } from '../../src/result/result.ts';
import { detectableChange } from '../../src/statistics/detectable-change.ts';

/** A benchmark to make up. Times are seconds. */
export interface MadeUp {
  readonly name: string;
  readonly seconds: number;
  /** Relative spread of the rounds. @default 0.02 */
  readonly spread?: number;
  readonly against?: string;
  readonly rounds?: number;
  /** Processes, each a little faster or slower than the next. @default 1 */
  readonly launches?: number;
  readonly memoryMb?: number;
  readonly cpuPercent?: number;
  readonly calls?: number;
  readonly handshakes?: number;
  readonly cache?: readonly [hits: number, misses: number];
}

/** A result file as `run` writes it, of rounds that are drawn from a seed: the same each time. */
export function resultFile(
  benchmarks: readonly MadeUp[],
  options: Partial<Omit<ResultFile, 'benchmarks'>> & {
    readonly seed?: number;
    readonly factor?: number;
    /** Whether it says what can be detected, which takes a while to find out. @default true */
    readonly detectable?: boolean;
  } = {},
): ResultFile {
  const { seed = 1, factor = 1, detectable = true, ...overrides } = options;
  const startedAt = overrides.startedAt ?? '2026-03-01T10:00:00.000Z';
  // Rounds of one index share what the machine did meanwhile: the same in both builds of a run.
  const machine = random(`machine ${overrides.run ?? 'run-1'}`);
  const weather = Array.from({ length: 200 }, () => Math.exp(0.03 * gaussian(machine)));
  return {
    schemaVersion: 1,
    run: 'run-1',
    build: { name: 'new', commit: '4f2c9e1' },
    startedAt,
    finishedAt: new Date(Date.parse(startedAt) + 180_000).toISOString(),
    complete: true,
    environment: {
      node: 'v24.21.0',
      platform: 'linux',
      arch: 'x64',
      cpu: 'AMD EPYC 7763',
      cpus: 2,
      memory_mb: 8192,
      versions: { azfleet: '1.2.0', tinybench: '6.2.3' },
    },
    suites: [...new Set(benchmarks.map((one) => one.name.split('/')[0]!))].map((suite) => ({
      suite,
      status: 'done',
      error: null,
    })),
    missing: [],
    ...overrides,
    benchmarks: benchmarks.map((one) => benchmarkResult(one, { seed, factor, startedAt, weather, detectable })),
  };
}

function benchmarkResult(
  made: MadeUp,
  {
    seed,
    factor,
    startedAt,
    weather,
    detectable,
  }: { seed: number; factor: number; startedAt: string; weather: readonly number[]; detectable: boolean },
): BenchmarkResult {
  const draw = random(`${made.name} ${seed}`);
  const { spread = 0.02, rounds: length = 30, launches = 1 } = made;
  const speeds = Array.from({ length: launches }, () => (launches === 1 ? 1 : Math.exp(0.01 * gaussian(draw))));
  const rounds = Array.from({ length }, (_, index) => {
    const hiccup = draw() < 0.04 ? 1 + draw() * 6 * spread : 1;
    const speed = speeds[Math.floor(((index + 1) * launches - 1) / length)]!;
    return made.seconds * factor * speed * weather[index]! * hiccup * Math.exp(spread * gaussian(draw));
  });
  const sorted = rounds.toSorted((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.min(length - 1, Math.floor(share * length))]!;
  const mean = rounds.reduce((sum, one) => sum + one, 0) / length;
  const [suite = '', comparison = '', side = ''] = made.name.split('/');
  return {
    benchmark: made.name,
    suite,
    comparison,
    side,
    against: made.against === undefined ? null : `${suite}/${comparison}/${made.against}`,
    timestamp: startedAt,
    iterations: length,
    stats: {
      mean,
      median: quantile(0.5),
      stddev: Math.sqrt(rounds.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, length - 1)),
      min: sorted[0]!,
      max: sorted.at(-1)!,
      p95: quantile(0.95),
      p99: quantile(0.99),
    },
    rounds,
    launches,
    cache_stats:
      made.cache === undefined
        ? null
        : { hits: made.cache[0], misses: made.cache[1], hit_ratio: made.cache[0] / (made.cache[0] + made.cache[1]) },
    resource_usage: { peak_memory_mb: made.memoryMb ?? null, cpu_percent: made.cpuPercent ?? null },
    calls: made.calls ?? null,
    handshakes: made.handshakes ?? null,
    detectable_change: detectable ? detectableChange(rounds, undefined, 40, launches) : null,
  };
}

/** Numbers from 0 to 1 (mulberry32), from a text as the seed. */
function random(seed: string): () => number {
  let state = Array.from(seed).reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0)!, 16777619), 2166136261);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function gaussian(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
