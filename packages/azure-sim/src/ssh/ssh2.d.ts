// The server side of ssh2 1.17.0, as far as it is used. Written down here because @types/ssh2 brings the types of another
// Node version along.
declare module 'ssh2' {
  import type { EventEmitter } from 'node:events';
  import type { Duplex, Writable } from 'node:stream';

  export interface ServerChannel extends Duplex {
    readonly stderr: Writable;
    /** A status, or the name of a signal without its `SIG`. */
    exit(codeOrSignal: number | string): void;
    close(): void;
  }

  export interface AuthContext {
    readonly method: string;
    readonly username: string;
    readonly key: { readonly algo: string; readonly data: Buffer };
    readonly blob?: Buffer;
    /** Missing where the client only asks whether the key would do. */
    readonly signature?: Buffer;
    readonly hashAlgo?: string;
    accept(): void;
    reject(methods?: string[]): void;
  }

  export interface ServerSession extends EventEmitter {
    on(
      event: 'exec',
      listener: (accept: () => ServerChannel, reject: () => void, info: { command: string }) => void,
    ): this;
    on(event: 'signal', listener: (accept: unknown, reject: unknown, info: { name: string }) => void): this;
    on(event: 'close', listener: () => void): this;
  }

  export interface ServerConnection extends EventEmitter {
    on(event: 'authentication', listener: (context: AuthContext) => void): this;
    on(event: 'ready' | 'close', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'session', listener: (accept: () => ServerSession, reject: () => void) => void): this;
    /** The connection that was injected. (Not documented.) */
    readonly _sock: Duplex;
  }

  export interface Server {
    /** Serves a connection that was accepted elsewhere. */
    injectSocket(socket: Duplex): void;
  }

  export interface ParsedKey {
    verify(data: Buffer, signature: Buffer, algorithm?: string): boolean | Error;
  }

  export interface Ssh2 {
    readonly Server: new (
      config: { hostKeys: string[]; ident?: string },
      listener: (connection: ServerConnection) => void,
    ) => Server;
    readonly utils: {
      parseKey(data: string | Uint8Array): ParsedKey | Error;
    };
  }

  const ssh2: Ssh2;
  export default ssh2;
}
