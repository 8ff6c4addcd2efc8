import { Buffer } from 'node:buffer';
import type { Page } from '../fleet/collection.ts';
import { badRequest } from './arm-error.ts';
import { ok, type Reply } from './reply.ts';
import type { RoutedRequest } from './request.ts';

/** A page of a list, with an absolute link to the next one. `read` gets the place after which the page starts. */
export function pageReply<T>(
  request: RoutedRequest,
  read: (after: number) => Page<T>,
  body: (item: T) => object,
): Reply {
  const { items, next } = read(placeOf(request.query.get('$skiptoken')));
  const value = items.map(body);
  if (next === undefined) return ok({ value });
  const query = request.query.with('$skiptoken', Buffer.from(`after:${next}`).toString('base64url'));
  return ok({ value, nextLink: `${request.origin}${request.path}?${query}` });
}

/** The same for what is simply an array. */
export function arrayPage<T>(items: readonly T[], pageSize: number): (after: number) => Page<T> {
  return (after) => {
    const end = after + pageSize;
    return { items: items.slice(after, end), next: end < items.length ? end : undefined };
  };
}

function placeOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, place] = /^after:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (place === undefined) throw badRequest('InvalidSkipToken', 'The provided skip token is not valid.', '$skiptoken');
  return Number(place);
}
