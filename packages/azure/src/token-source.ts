import type { Clock } from './clock.ts';
import type { InventoryEvent } from './events.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

/** What this package needs of a credential of the SDK. */
export interface Credential {
  getToken(scope: string, options: TokenRequest): Promise<{ token: string; expiresOnTimestamp: number } | null>;
}

export interface TokenRequest {
  /** The decoded claims of a claims challenge: the token must satisfy them. */
  claims?: string;
  enableCae?: boolean;
}

/** A stored token is not taken up in the last five minutes of its life, so that it does not expire under way. */
const STORED_MARGIN_MS = 5 * 60_000;

/** One in hand is used longer: `az` may have given it with few minutes left, and would give the same again. */
const CURRENT_MARGIN_MS = 30_000;

/** Calls that start together fail together: one that comes a little later than the others does not run `az` again. */
const SAME_FAILURE_MS = 1000;

/** The Azure CLI's own application id, `appid` of the tokens it gives to a user. */
const AZURE_CLI_APP_ID = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

export interface TokenSourceOptions {
  scope: string;
  /** Makes a fresh credential: one that remembers no token. */
  createCredential: () => Promise<Credential>;
  /** Where tokens of `az` are kept; undefined when the connection cannot use `az`, or must not keep them. */
  stored: { store: TokenStore; key: string; owner: TokenOwner; always: boolean } | undefined;
  clock: Clock;
  onEvent: (event: InventoryEvent) => void;
}

/** Who is signed in to `az`. */
interface TokenOwner {
  account: string;
  tenant: string;
}

interface Token {
  token: string;
  expiresOnTimestamp: number;
}

/** Gives one access token to everyone who asks, and asks the credential for it once at a time. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  #credential: Promise<Credential> | undefined;
  #current: Token | undefined;
  #pending: Promise<Token> | undefined;
  #answeredClaims: string | undefined;
  #failure: { error: unknown; at: number } | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  async getToken(request: TokenRequest = {}): Promise<Token> {
    // A challenge voids the token in hand, wherever it came from, unless that one answers the challenge already: requests
    // that were sent together are challenged together.
    const isAnswered = request.claims !== undefined && request.claims === this.#answeredClaims;
    if (request.claims !== undefined && !isAnswered) this.#drop();
    else if (this.#current && this.#lives(this.#current.expiresOnTimestamp, CURRENT_MARGIN_MS)) return this.#current;
    else if (this.#failure && this.#options.clock.now() - this.#failure.at < SAME_FAILURE_MS) throw this.#failure.error;
    this.#pending ??= this.#obtain(request).finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  /** Says that Azure refused `token`: it is forgotten everywhere, unless it has been replaced meanwhile. */
  reject(token: string): void {
    if (this.#current?.token === token) this.#drop();
  }

  async #obtain(request: TokenRequest): Promise<Token> {
    const { clock, onEvent } = this.#options;
    const startedAt = clock.now();
    const stored = request.claims === undefined ? this.#readStored() : undefined;
    try {
      this.#current = stored ?? (await this.#askCredential(request));
    } catch (error) {
      this.#failure = { error, at: clock.now() };
      throw error;
    }
    this.#answeredClaims = request.claims;
    onEvent({ type: 'token', source: stored ? 'store' : 'credential', durationMs: clock.now() - startedAt });
    return this.#current;
  }

  async #askCredential(request: TokenRequest): Promise<Token> {
    this.#credential ??= this.#options.createCredential();
    const credential = await this.#credential;
    const token = await credential.getToken(this.#options.scope, { enableCae: true, ...request });
    if (token === null) throw new Error('The credential gave no token');
    this.#writeStored(token);
    return token;
  }

  #readStored(): Token | undefined {
    const { stored } = this.#options;
    const found = stored?.store.read(stored.key);
    if (stored === undefined || found === undefined) return undefined;
    const isOwn = found.account === stored.owner.account && found.tenant === stored.owner.tenant;
    if (isOwn && this.#lives(found.expiresAt, STORED_MARGIN_MS))
      return { token: found.token, expiresOnTimestamp: found.expiresAt };
    stored.store.remove(stored.key);
    return undefined;
  }

  #writeStored(token: Token): void {
    const { stored } = this.#options;
    if (stored === undefined || !(stored.always || isOfAzureCli(token.token, stored.owner))) return;
    const kept: StoredToken = { token: token.token, expiresAt: token.expiresOnTimestamp, ...stored.owner };
    stored.store.write(stored.key, kept);
  }

  #lives(expiresAt: number, marginMs: number): boolean {
    return expiresAt - marginMs > this.#options.clock.now();
  }

  /** The credential goes too: it may remember the refused token. */
  #drop(): void {
    this.#current = undefined;
    this.#answeredClaims = undefined;
    this.#credential = undefined;
    this.#options.stored?.store.remove(this.#options.stored.key);
  }
}

/** Under the `default` chain anyone may have answered; a token of `az` names the Azure CLI, or the account `az` signed in as. */
function isOfAzureCli(token: string, owner: TokenOwner): boolean {
  const claims = claimsOf(token);
  if (claims['appid'] === AZURE_CLI_APP_ID) return true;
  const account = owner.account.toLowerCase();
  return [claims['appid'], claims['upn'], claims['unique_name']].some(
    (claim) => typeof claim === 'string' && claim.toLowerCase() === account,
  );
}

function claimsOf(token: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
