import type { Series } from './estimate.ts';

/**
 * The logarithm of each round's ratio: rounds with the same index were measured side by side. Where one series is
 * shorter (an interrupted run), what both have. A round too short for the clock (0 s) tells no ratio and is left out.
 * @param launches in how many processes, one after another, equal parts of the rounds were measured
 */
export function logRatios(rounds: readonly number[], againstRounds: readonly number[], launches = 1): Series {
  const ratios: number[][] = Array.from({ length: launches }, () => []);
  for (let index = 0; index < Math.min(rounds.length, againstRounds.length); index += 1) {
    const [of, against] = [rounds[index]!, againstRounds[index]!];
    const launch = Math.floor(((index + 1) * launches - 1) / rounds.length);
    if (of > 0 && against > 0) ratios[launch]!.push(Math.log(of / against));
  }
  return ratios.filter((own) => own.length > 0);
}
