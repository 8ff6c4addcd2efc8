import { type Channel, channel } from 'node:diagnostics_channel';

/** A lock was taken: `{ path, token, tookOver }`; `tookOver` when its last owner had crashed. */
export const lockTaken: Channel = channel('azfleet:durable-file:lock');
/** An owner found that its lock had been taken over: `{ path, token }`. */
export const lockLost: Channel = channel('azfleet:durable-file:lock-lost');
/** A file that is appended to was rotated: `{ path, bytes }`. */
export const rotated: Channel = channel('azfleet:durable-file:rotate');
