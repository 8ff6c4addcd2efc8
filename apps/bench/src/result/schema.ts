import * as v from 'valibot';
import type { ResultFile } from './result.ts';

/** Grows when a field changes its meaning or goes away; a field that is added does not change it. */
export const SCHEMA_VERSION = 1;

const WORD = '[a-z0-9.-]+';
const text = v.pipe(v.string(), v.minLength(1));
const word = v.pipe(v.string(), v.regex(new RegExp(`^${WORD}$`), 'is not one word of a-z, 0-9, dot and hyphen'));
const benchmarkName = v.pipe(
  v.string(),
  v.regex(new RegExp(`^${WORD}/${WORD}/${WORD}$`), 'is not SUITE/COMPARISON/SIDE, words of a-z, 0-9, dot and hyphen'),
);
const time = v.pipe(v.string(), v.isoTimestamp('is not an ISO 8601 time'));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(amount, v.integer());
const share = v.pipe(amount, v.maxValue(1));

const benchmark = v.pipe(
  v.object({
    benchmark: benchmarkName,
    suite: word,
    comparison: word,
    side: word,
    against: v.nullable(benchmarkName),
    timestamp: time,
    iterations: v.pipe(count, v.minValue(1)),
    stats: v.object({
      mean: amount,
      median: amount,
      stddev: amount,
      min: amount,
      max: amount,
      p95: amount,
      p99: amount,
    }),
    rounds: v.pipe(v.array(amount), v.minLength(1)),
    launches: v.pipe(count, v.minValue(1)),
    cache_stats: v.nullable(v.object({ hits: amount, misses: amount, hit_ratio: share })),
    resource_usage: v.object({ peak_memory_mb: v.nullable(amount), cpu_percent: v.nullable(amount) }),
    calls: v.nullable(amount),
    handshakes: v.nullable(amount),
    detectable_change: v.nullable(amount),
  }),
  v.check(
    ({ benchmark, suite, comparison, side }) => benchmark === `${suite}/${comparison}/${side}`,
    'is not called after its suite, comparison and side',
  ),
);

/** What a result file is; the JSON Schema that is published is made from it. */
export const resultSchema: v.GenericSchema<unknown, ResultFile> = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  run: text,
  build: v.object({ name: text, commit: v.nullable(text) }),
  startedAt: time,
  finishedAt: time,
  complete: v.boolean(),
  environment: v.object({
    node: text,
    platform: text,
    arch: text,
    cpu: v.string(),
    cpus: count,
    memory_mb: amount,
    versions: v.record(v.string(), v.string()),
  }),
  suites: v.array(
    v.object({
      suite: word,
      status: v.picklist(['done', 'failed', 'interrupted']),
      error: v.nullable(v.string()),
    }),
  ),
  benchmarks: v.pipe(
    v.array(benchmark),
    v.check(
      (benchmarks) => new Set(benchmarks.map(({ benchmark }) => benchmark)).size === benchmarks.length,
      'name a benchmark twice',
    ),
  ),
  missing: v.array(v.object({ benchmark: benchmarkName, reason: v.string() })),
});
