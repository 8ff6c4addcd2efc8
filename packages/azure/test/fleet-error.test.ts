import { describe, expect, it } from 'vitest';

import { diagnose, isCutShort } from '../src/fleet-error.ts';
import { AzureError } from '../src/index.ts';

const failure = (message: string, members: object): Error => Object.assign(new Error(message), members);

describe('what a failure comes to', () => {
  it.each([
    [
      failure('no', { statusCode: 401, code: 'InvalidAuthenticationToken' }),
      'authentication',
      'InvalidAuthenticationToken',
    ],
    [failure('no', { statusCode: 403, code: 'AuthorizationFailed' }), 'authorization', 'AuthorizationFailed'],
    [failure('no', { statusCode: 404 }), 'not-found', 'HTTP_404'],
    [failure('slow', { statusCode: 429 }), 'throttled', 'HTTP_429'],
    [failure('bad', { statusCode: 409, code: '' }), 'azure', 'HTTP_409'],
    [failure('gone', { code: 'ENOTFOUND' }), 'network', 'ENOTFOUND'],
    [failure('', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'network', 'SELF_SIGNED_CERT_IN_CHAIN'],
    [failure('Unexpected end', { code: 'PARSE_ERROR', statusCode: 200 }), 'azure', 'ANSWER_CUT_SHORT'],
    [new SyntaxError('Unexpected end of JSON input'), 'azure', 'ANSWER_CUT_SHORT'],
    [new Error(''), 'azure', 'UNEXPECTED'],
    ['thrown text', 'azure', 'UNEXPECTED'],
    [undefined, 'azure', 'UNEXPECTED'],
    [new AzureError('AUDIENCE_REFUSED', 'no', { category: 'configuration', hint: 'x' }), 'azure', 'AUDIENCE_REFUSED'],
  ])('%s', (error, category, code) => {
    const diagnosis = diagnose(error, 'cli');
    expect(diagnosis).toMatchObject({ category, code });
    expect(diagnosis.message).not.toBe('');
    expect(diagnosis.hint).not.toBe('');
  });

  it('never has the body of an answer in it', () => {
    const error = failure('Error "x" occurred while parsing the response body - {"secret":1}.', {
      code: 'PARSE_ERROR',
    });
    expect(JSON.stringify(diagnose(error, 'cli'))).not.toContain('secret');
  });

  it('says how to sign in, for the credential there is', () => {
    const hints = (['cli', 'environment', 'managed-identity', 'workload-identity', 'default'] as const).map(
      (credential) => diagnose(failure('no', { statusCode: 401 }), credential).hint,
    );
    expect(new Set(hints).size).toBe(4);
  });

  it('knows an answer that was cut short', () => {
    expect([{ code: 'PARSE_ERROR' }, new SyntaxError(''), undefined, new Error('x')].map(isCutShort)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
