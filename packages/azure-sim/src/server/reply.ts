/** What a route answers; the server adds the common headers. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

export function ok(body: object): Reply {
  return { status: 200, body };
}
