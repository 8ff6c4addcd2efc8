import type { Principal } from '../identity/tokens.ts';
import type { Reply } from './reply.ts';
import type { RequestKind } from './request-kind.ts';
import type { Query, RoutedRequest, SimRequest } from './request.ts';

/** A route that asks for no token: metadata, sign-in, the managed identity. */
export interface OpenRoute extends Pattern {
  readonly access: 'open';
  readonly handle: (request: RoutedRequest) => Reply;
}

/** A route of Resource Manager. Its subscription and group exist and may be read when it is called. */
export interface ArmRoute extends Pattern {
  readonly access: 'token';
  readonly handle: (request: RoutedRequest, principal: Principal) => Reply;
}

interface Pattern {
  readonly method: 'GET' | 'POST';
  /** Segments in braces are parameters; the others match without case, as in ARM. */
  readonly path: string;
  readonly kind: RequestKind | ((query: Query) => RequestKind);
}

export type Route = OpenRoute | ArmRoute;

/** A read of Resource Manager's. */
export function armGet(path: string, kind: Pattern['kind'], handle: ArmRoute['handle']): ArmRoute {
  return { access: 'token', method: 'GET', path, kind, handle };
}

export function open(
  method: Pattern['method'],
  path: string,
  kind: Pattern['kind'],
  handle: OpenRoute['handle'],
): OpenRoute {
  return { access: 'open', method, path, kind, handle };
}

/** Finds the route of a request by its method and path. */
export class Router {
  readonly #routes = new Map<string, { route: Route; segments: readonly string[] }[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = split(route.path);
      const key = shape(route.method, segments);
      const sameShape = this.#routes.get(key) ?? [];
      this.#routes.set(key, [...sameShape, { route, segments }]);
    }
  }

  /** `undefined`: there is no such route. */
  find(request: SimRequest): { route: Route; request: RoutedRequest } | undefined {
    const given = split(request.path);
    for (const { route, segments } of this.#routes.get(shape(request.method, given)) ?? []) {
      const parameters = match(segments, given);
      if (parameters === undefined) continue;
      const kind = typeof route.kind === 'string' ? route.kind : route.kind(request.query);
      return { route, request: { ...request, kind, parameters } };
    }
    return undefined;
  }
}

export function split(path: string): string[] {
  return path.split('/').filter(Boolean).map(decode);
}

function shape(method: string, segments: readonly string[]): string {
  return `${method} ${segments.length}`;
}

function match(pattern: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = value;
    else if (segment.toLowerCase() !== value.toLowerCase()) return undefined;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
