import { type Channel, channel } from 'node:diagnostics_channel';

/** `{ namespace, key, freshness, ageMs }`: an entry answered. */
export const hitChannel: Channel = channel('azfleet:cache:hit');
/** `{ namespace, key }`: there was none, or it was not fresh enough. */
export const missChannel: Channel = channel('azfleet:cache:miss');
/** `{ namespace, key, durationMs, kept, error? }`: the origin was asked. */
export const loadChannel: Channel = channel('azfleet:cache:load');
/** `{ pattern, namespaces }`: namespaces were invalidated. */
export const invalidateChannel: Channel = channel('azfleet:cache:invalidate');
/** A {@link CacheWarning}. */
export const warningChannel: Channel = channel('azfleet:cache:warning');
