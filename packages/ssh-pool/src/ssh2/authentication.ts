import ssh2, { type AgentAuthentication, type Client, type ParsedKey } from 'ssh2';
import { SshPoolError, foreignText } from '../errors.ts';
import type { IdentityList } from '../identities/identities.ts';
import type { Identity } from '../identities/identity.ts';

/**
 * Signs in with public keys and nothing else: no `none` probe, no password. Where a signature costs the person nothing
 * it is sent at once; otherwise the server is asked first whether it would take the key.
 */
export class Authentication {
  readonly #user: string;
  readonly #known: readonly Identity[];
  readonly #locked: readonly Identity[];
  readonly #notes: string[];
  #byBlob = new Map<string, Identity>();
  #rounds = 0;
  #refusal = '';

  constructor(user: string, { identities, notes }: IdentityList) {
    this.#user = user;
    this.#known = identities.filter(({ blob }) => blob !== undefined);
    this.#locked = identities.filter(({ blob }) => blob === undefined);
    this.#notes = [...notes];
  }

  /** ssh2 asks for the next method: first all keys whose public part is known, then those that must be unlocked for it. */
  next(answer: (method: AgentAuthentication | false) => void): void {
    this.#rounds += 1;
    if (this.#refusal !== '') answer(false);
    else if (this.#rounds === 1 && this.#known.length > 0) answer(this.#method(this.#known));
    else if (this.#locked.length > 0 && this.#rounds <= 2) void this.#unlockAll(answer);
    else answer(false);
  }

  /** Takes part in what ssh2 says and hears. */
  attach(client: Client): void {
    this.#signAtOnce(client);
    this.#hearRefusals(client);
  }

  /** ssh2 keeps to itself what the server would take instead. */
  #hearRefusals({ _protocol: { _handlers: handlers } }: Client): void {
    const handle = handlers.USERAUTH_FAILURE;
    handlers.USERAUTH_FAILURE = (protocol, methods, isPartial) => {
      if (isPartial) this.#refusal = `the server wants ${list(methods)} besides the key, which is not supported`;
      else if (!methods.includes('publickey')) this.#refusal = `the server takes ${list(methods)} only, and no keys`;
      handle(protocol, methods, isPartial);
    };
  }

  /** Replaces ssh2's question "would you take this key" by the signed request itself, for keys that sign at once. */
  #signAtOnce(client: Client): void {
    const protocol = client._protocol;
    const ask = protocol.authPK.bind(protocol);
    protocol.authPK = (user, key, algorithm, sign) => {
      const identity = this.#identityOf(key);
      if (sign !== undefined || identity?.signsAtOnce !== true) {
        ask(user, key, algorithm, sign);
        return;
      }
      ask(user, key, algorithm, (data, done) => {
        // A key that cannot sign after all: ask, and let ssh2 go on to the next one when it fails again.
        void answerWith(identity.sign(data, algorithm ?? key.type), done, () => ask(user, key, algorithm));
      });
    };
  }

  /** The server has had enough of our keys, in its own words. */
  refused(description: string): void {
    this.#refusal ||= foreignText(description);
  }

  /** Something to tell if no key is taken in the end. */
  note(text: string): void {
    this.#notes.push(text);
  }

  failure(label: string): SshPoolError {
    const tried = this.#known.length + this.#locked.length;
    const reason = this.#refusal === '' ? `none of ${tried} keys was accepted` : this.#refusal;
    const what = tried === 0 ? 'there is no key to sign in with' : reason;
    const notes = this.#notes.length === 0 ? '' : ` Not used: ${this.#notes.map(foreignText).join('; ')}.`;
    return new SshPoolError('SSH_AUTH_FAILED', `${label}: could not sign in as ${this.#user}: ${what}.${notes}`, {
      target: label,
    });
  }

  async #unlockAll(answer: (method: AgentAuthentication | false) => void): Promise<void> {
    this.#rounds = 2;
    const unlocked: Identity[] = [];
    for (const identity of this.#locked) {
      try {
        const open = await identity.unlock?.();
        if (open !== undefined) unlocked.push(open);
      } catch (error) {
        this.note((error as Error).message);
      }
    }
    answer(unlocked.length > 0 ? this.#method(unlocked) : false);
  }

  #method(identities: readonly Identity[]): AgentAuthentication {
    this.#byBlob = new Map(identities.map((identity) => [identity.blob?.toString('base64') ?? '', identity]));
    const keys = identities.map(({ blob }) => ssh2.utils.parseKey(blob ?? '')).filter((key) => !(key instanceof Error));
    const agent = new IdentityAgent(keys as ParsedKey[], (key) => this.#identityOf(key));
    return { type: 'agent', username: this.#user, agent };
  }

  #identityOf(key: ParsedKey): Identity | undefined {
    return this.#byBlob.get(key.getPublicSSH().toString('base64'));
  }
}

function list(methods: readonly string[]): string {
  return foreignText(methods.join(' or '));
}

/** Our keys, wherever they are, in the shape that ssh2 knows: an agent may take its time to sign. */
class IdentityAgent extends ssh2.BaseAgent {
  readonly #keys: ParsedKey[];
  readonly #find: (key: ParsedKey) => Identity | undefined;

  constructor(keys: ParsedKey[], find: (key: ParsedKey) => Identity | undefined) {
    super();
    this.#keys = keys;
    this.#find = find;
  }

  override getIdentities(callback: (error: Error | null, keys?: ParsedKey[]) => void): void {
    callback(null, this.#keys);
  }

  override sign(
    key: ParsedKey,
    data: Buffer,
    { hash }: { hash?: string },
    callback: (error: Error | null, signature?: Buffer) => void,
  ): void {
    const identity = this.#find(key);
    const algorithm = hash === undefined || hash === 'sha1' ? key.type : `rsa-sha2-${hash.slice(3)}`;
    const signing = identity?.sign(data, algorithm) ?? Promise.reject(new Error('There is no such key'));
    void answerWith(signing, (signature) => callback(null, signature), callback);
  }
}

/** ssh2 throws when the connection has gone while the key was being unlocked; then nobody waits for the answer. */
async function answerWith(
  signing: Promise<Buffer>,
  answer: (signature: Buffer) => void,
  fail: (error: Error) => void,
): Promise<void> {
  try {
    const signature = await signing.catch((error: Error) => error);
    if (signature instanceof Error) fail(signature);
    else answer(signature);
  } catch {
    // As above.
  }
}
