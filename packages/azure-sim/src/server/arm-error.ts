import type { Reply } from './reply.ts';

/** An answer of Azure Resource Manager that is an error: thrown by a route, sent as `{ error: { code, message } }`. */
export class ArmError extends Error {
  readonly reply: Reply;

  constructor(status: number, code: string, message: string, options: ArmErrorOptions = {}) {
    super(message);
    const { headers = {}, target } = options;
    const error = { code, message, ...(target === undefined ? {} : { target }) };
    this.reply = { status, headers, body: { error } };
  }
}

interface ArmErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly target?: string;
}

export function resourceNotFound(type: string, name: string, group: string): ArmError {
  const what = `The Resource '${type}/${name}' under resource group '${group}' was not found.`;
  return new ArmError(
    404,
    'ResourceNotFound',
    `${what} For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

export function groupNotFound(group: string): ArmError {
  return new ArmError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
}

export function subscriptionNotFound(id: string): ArmError {
  return new ArmError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
}

export function badRequest(code: string, message: string, target?: string): ArmError {
  return new ArmError(400, code, message, target === undefined ? {} : { target });
}
