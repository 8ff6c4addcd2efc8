import type { RequestKind } from './request-kind.ts';

/** A request, taken apart. */
export interface SimRequest {
  readonly method: string;
  /** Path and query as they came, for faults and messages. */
  readonly target: string;
  readonly path: string;
  readonly query: Query;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The form fields of a POST. */
  readonly form: Query;
  /** Scheme, host and port as the client wrote them: links lead back to where it came from. */
  readonly origin: string;
}

/** A request with its route. */
export interface RoutedRequest extends SimRequest {
  readonly kind: RequestKind;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Query parameters. ARM does not mind the case of their names. */
export class Query {
  readonly #values = new Map<string, string>();

  constructor(text: string) {
    for (const [name, value] of new URLSearchParams(text)) this.#values.set(name.toLowerCase(), value);
  }

  get(name: string): string | undefined {
    return this.#values.get(name.toLowerCase());
  }

  /** A comma-separated value, in lower case. */
  list(name: string): ReadonlySet<string> {
    return new Set((this.get(name) ?? '').toLowerCase().split(',').filter(Boolean));
  }

  /** The same query with one parameter set, as text. */
  with(name: string, value: string): string {
    const entries = [...this.#values].filter(([key]) => key !== name.toLowerCase());
    // ARM's parameter names hold a `$`, which clients expect to find unescaped.
    return [...entries, [name, value] as const]
      .map(([key, content]) => `${encodeURIComponent(key).replace('%24', '$')}=${encodeURIComponent(content)}`)
      .join('&');
  }
}
