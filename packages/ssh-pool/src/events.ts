import { type Channel, channel } from 'node:diagnostics_channel';

/** A hand-shake begins: `{ target }`. */
export const connecting: Channel = channel('azfleet:ssh-pool:connecting');
/** A hand-shake is through: `{ target, handshakeMs }`. */
export const connected: Channel = channel('azfleet:ssh-pool:connected');
/** A connection is gone: `{ target, reason }`, the code of an error, or `closed` when it was no longer needed. */
export const disconnected: Channel = channel('azfleet:ssh-pool:disconnected');
/** A command ended: `{ target, reused, exitCode, signal, timings, error }`. What was run is nobody's business. */
export const commandDone: Channel = channel('azfleet:ssh-pool:command');
/** A host key was added to known_hosts, or could not be: `{ target, action, file, type, fingerprint, error }`. */
export const hostKey: Channel = channel('azfleet:ssh-pool:host-key');
/** A server refused a further session: `{ target, sessions }`, the number that it takes. */
export const sessionRefused: Channel = channel('azfleet:ssh-pool:session-refused');
