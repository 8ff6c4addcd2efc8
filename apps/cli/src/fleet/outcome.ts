import type { Fleet, FleetError } from '@azfleet/azure';
import { withHint } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';

/** The exit code that says how complete the answer is. */
export function fleetExitCode({ errors, vms }: Fleet): ExitCode {
  if (errors.length === 0) return ExitCode.ok;
  return vms.length === 0 && errors.every(isDenied) ? ExitCode.notPermitted : ExitCode.azureIncomplete;
}

function isDenied({ category }: FleetError): boolean {
  return category === 'authentication' || category === 'authorization';
}

/** One line for each thing that went wrong; where the rest of a subscription is there, it says what is missing. */
export function errorLines({ errors, parts }: Fleet): string[] {
  return errors.map(({ subscriptionId, kind, message, hint }) => {
    const isPartial = parts.some((part) => part.subscriptionId === subscriptionId && !part.stale);
    return `subscription ${subscriptionId}${isPartial ? ` (${kind})` : ''}: ${withHint(message, hint)}`;
  });
}
