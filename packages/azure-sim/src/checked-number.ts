import { AzureSimError } from './errors.ts';

/** @throws AzureSimError `INVALID_OPTION`, where the value is not as the rule says */
export function checkedNumber(name: string, value: number, rule: { whole?: true; min?: number; max?: number }): number {
  const { whole, min = -Infinity, max = Infinity } = rule;
  if (Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  const range = `${whole ? 'a whole number' : 'a number'} from ${min} to ${max}`.replace(' to Infinity', ' on');
  const hint = `Give ${range}.`;
  throw new AzureSimError('INVALID_OPTION', `Expected \`${name}\` to be ${range}, got \`${value}\`.`, { hint });
}
