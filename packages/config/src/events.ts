import { channel } from 'node:diagnostics_channel';

/** What `azfleet:config:load` tells. */
export interface LoadEvent {
  readonly path: string;
  /**
   * none: there is no file. memory: the file is as this object last saw it. compiled: from the compiled file.
   * parsed: the file was parsed and validated.
   */
  readonly from: 'none' | 'memory' | 'compiled' | 'parsed';
}

/** What `azfleet:config:write` tells. */
export interface WriteEvent {
  readonly path: string;
}

/** @internal */
export const loaded = channel('azfleet:config:load');
/** @internal */
export const written = channel('azfleet:config:write');
