/** An access token as it is kept between processes. Never a refresh token. */
export interface StoredToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Who was signed in when it was given; another account or tenant voids it. */
  account: string;
  tenant: string;
}

/** Where access tokens of the slow `az` credential are kept. It must be private to the user; it must not throw. */
export interface TokenStore {
  read(key: string): StoredToken | undefined;
  write(key: string, token: StoredToken): void;
  remove(key: string): void;
}
