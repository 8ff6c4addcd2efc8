import { ArmError } from './arm-error.ts';
import type { Fault } from './faults.ts';
import type { Reply } from './reply.ts';

const errors: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['BadRequest', 'The request is not valid.'],
  401: ['InvalidAuthenticationToken', 'The access token is invalid.'],
  403: ['AuthorizationFailed', 'The client does not have authorization to perform this action.'],
  404: ['NotFound', 'The resource was not found.'],
  409: ['Conflict', 'The request conflicts with another operation in progress.'],
  429: ['TooManyRequests', 'The request is being throttled.'],
  500: ['InternalServerError', 'The server encountered an internal error.'],
  502: ['BadGateway', 'The gateway received an invalid answer.'],
  503: ['ServiceUnavailable', 'The service is temporarily unavailable.'],
  504: ['GatewayTimeout', 'The gateway did not receive an answer in time.'],
};

/** The answer of a fault that has a `status`. */
export function faultReply({ retryAfterSeconds }: Fault, status: number): Reply {
  const [code, message] = errors[status] ?? ['SimulatedFault', `A simulated answer with status ${status}.`];
  const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {};
  return new ArmError(status, code, message, { headers: { ...retryAfter, ...challenge } }).reply;
}
