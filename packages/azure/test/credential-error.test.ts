import { describe, expect, it } from 'vitest';

import { credentialError } from '../src/credential-error.ts';
import { diagnose, isRefusal } from '../src/fleet-error.ts';
import { listInProcess } from './lister-process.ts';
import { startScene } from './scene.ts';

const failure = (message: string, members: object): Error => Object.assign(new Error(message), members);
const unavailable = (message: string, cause?: unknown): Error =>
  failure(message, { name: 'CredentialUnavailableError', cause });

describe('why nobody is signed in', () => {
  it('is what the link of the chain says that was meant', () => {
    const aggregate = failure('ChainedTokenCredential authentication failed.', {
      errors: [
        unavailable('EnvironmentCredential is unavailable. No underlying credential could be used.'),
        unavailable('WorkloadIdentityCredential: is unavailable. tenantId, clientId are required parameters.'),
        unavailable('AADSTS700082: The refresh token has expired due to inactivity.'),
        unavailable('PowerShell is not installed'),
      ],
    });
    expect(credentialError(aggregate, 'default')).toMatchObject({
      code: 'NOT_SIGNED_IN',
      message: 'Not signed in to Azure: AADSTS700082: The refresh token has expired due to inactivity.',
      hint: 'Sign in with: az login',
    });
  });

  it('is the first reason when no link was meant', () => {
    const aggregate = failure('failed', { errors: [unavailable('EnvironmentCredential is unavailable.')] });
    expect(credentialError(aggregate, 'default').message).toContain('EnvironmentCredential is unavailable');
    expect(credentialError('text', 'cli').message).toContain('text');
  });

  it('is the network when the service that signs in could not be reached', () => {
    expect(credentialError(unavailable('getaddrinfo ENOTFOUND login.microsoftonline.com'), 'cli')).toMatchObject({
      code: 'SIGN_IN_UNREACHABLE',
    });
  });
});

describe('a sign-in service that cannot answer', () => {
  it.each([
    [503, 'azure', 'SIGN_IN_UNAVAILABLE', 'ServiceUnavailable: The service is temporarily unavailable.'],
    [429, 'throttled', 'SIGN_IN_THROTTLED', 'TooManyRequests: The request is being throttled.'],
  ] as const)('with %d is no refusal: the last answer is shown', async (status, category, code, reason) => {
    const { errors, ...outcome } = await listWithOldAnswers(status);
    expect(outcome).toMatchObject({ vms: 3, sources: ['cache', 'cache', 'cache', 'cache'], code: 0 });
    const message = `Sign-in is not available: ManagedIdentityCredential: ${reason}`;
    expect(errors).toEqual([expect.objectContaining({ category, code, status, message })]);
  });

  it.each([400, 401, 403])('is another matter than one that says no with %d', async (status) => {
    const { vms, errors } = await listWithOldAnswers(status);
    expect(vms).toBe(0);
    expect(errors).toEqual([expect.objectContaining({ category: 'authentication', code: 'NOT_SIGNED_IN' })]);
    expect(errors[0]?.message).not.toMatch(/Not Available|Timestamp|Trace ID/);
  });

  it.each([
    ['its own status', failure('no', { statusCode: 502 })],
    ['its text', failure('unknown_error Status code: 502\nMore details:\nBad gateway,', {})],
    ['its cause', unavailable('failed', failure('Bad gateway', { status: 502 }))],
    [
      'a link of the chain',
      failure('all failed', { errors: [unavailable('x is unavailable'), failure('no', { statusCode: 502 })] }),
    ],
  ])('is known by %s', (_, error) => {
    const explained = credentialError(error, 'default');
    expect(isRefusal(explained)).toBe(false);
    expect(diagnose(explained, 'default')).toMatchObject({ category: 'azure', status: 502 });
  });

  it('is not blamed for what a link says that was not meant', () => {
    const chain = [
      unavailable('x is not available', failure('no', { status: 502 })),
      unavailable("Please run 'az login'"),
    ];
    expect(credentialError(failure('', { errors: chain }), 'default')).toMatchObject({ code: 'NOT_SIGNED_IN' });
  });
});

it("leaves out what the service says for its operators' logs", () => {
  const text =
    'invalid_client: Error(s): 7000215 - Timestamp: Not Available - Description: AADSTS7000215: Invalid client secret provided. ' +
    'Trace ID: 1-2 Correlation ID: 3-4 Timestamp: 2026-01-02 03:04:05Z - Correlation ID: 3-4 - Trace ID: 1-2';
  expect(credentialError(new Error(text), 'environment').message).toBe(
    'Not signed in to Azure: invalid_client: AADSTS7000215: Invalid client secret provided.',
  );
});

/** Two hours after a listing another process lists, which has no token yet: the SDK keeps those of a process. */
async function listWithOldAnswers(tokenStatus: number): ReturnType<typeof listInProcess> {
  const scene = await startScene({ machines: 3 });
  scene.clock.advance(-2 * 3_600_000);
  await scene.list();
  scene.sim.inject({ kind: 'token', status: tokenStatus });
  return listInProcess(scene);
}
