/** Loads the TOML parser: import it only when a file is checked or changed. */
import { type JudgedConfig, judgeConfig } from './parse.ts';
import type { Problem } from './problem.ts';
import { absentContext, contextsKey, defaultContextKey } from './resolve.ts';
import type { ConfigSchema } from './schema.ts';

/** Finds everything that is wrong and odd about a configuration, and whether its default context is there. */
export function judgeWhole(text: string, source: string, schema: ConfigSchema): JudgedConfig {
  const judged = judgeConfig(text, source, schema);
  const absent = defaultContextProblem(judged, source);
  const problems = absent === undefined ? judged.problems : [...judged.problems, absent];
  return { ...judged, problems };
}

function defaultContextProblem({ data, locator }: JudgedConfig, source: string): Problem | undefined {
  const name = data[defaultContextKey];
  const contexts = data[contextsKey] ?? {};
  if (typeof name !== 'string' || typeof contexts !== 'object' || contexts === null || Object.hasOwn(contexts, name))
    return undefined;
  const { message, nearest } = absentContext(name, Object.keys(contexts));
  const place = locator.value([defaultContextKey]);
  return { source, ...place, key: defaultContextKey, expected: 'the name of a context', nearest, message };
}
