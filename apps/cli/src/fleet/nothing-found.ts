import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { FoundFleet } from './find-fleet.ts';
import { errorLines, fleetExitCode } from './outcome.ts';
import { missingLine } from './session-names.ts';

/** Where the answer is incomplete, a machine that is not in it may well be there: that is then the trouble to tell. */
export function nothingFound(found: FoundFleet): CliError {
  const exitCode = fleetExitCode(found.fleet);
  if (exitCode !== ExitCode.ok) return new CliError('INCOMPLETE', errorLines(found.fleet).join('; '), { exitCode });
  const [name] = found.missing;
  const message = name === undefined ? "no machine matches; see 'azfleet list'" : missingLine(name, found);
  return new CliError('NOTHING_SELECTED', message, { exitCode: ExitCode.nothingSelected });
}
