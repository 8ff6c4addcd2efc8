// The server side of ssh2, for the machines of the tests.
declare module 'ssh2' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';
  import type { Duplex, Writable } from 'node:stream';

  export interface ServerChannel extends Duplex {
    readonly stderr: Writable;
    exit(codeOrSignal: number | string): void;
    close(): void;
  }
  export interface AuthContext {
    readonly method: string;
    readonly username: string;
    readonly key: { algo: string; data: Buffer };
    readonly blob?: Buffer;
    readonly signature?: Buffer;
    readonly hashAlgo?: string;
    accept(): void;
    reject(methods?: string[], partial?: boolean): void;
  }
  export interface ServerSession extends EventEmitter {
    on(
      event: 'exec',
      listener: (accept: () => ServerChannel, reject: () => void, info: { command: string }) => void,
    ): this;
    on(event: 'signal', listener: (accept: unknown, reject: unknown, info: { name: string }) => void): this;
    on(event: 'close', listener: () => void): this;
    readonly _chanInfo: { readonly outgoing: { readonly id: number } };
  }
  export interface ServerConnection extends EventEmitter {
    on(event: 'authentication', listener: (context: AuthContext) => void): this;
    on(event: 'ready' | 'close' | 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'session', listener: (accept: () => ServerSession, reject: () => void) => void): this;
    on(
      event: 'tcpip',
      listener: (accept: () => ServerChannel, reject: () => void, info: { destIP: string; destPort: number }) => void,
    ): this;
    rekey(): void;
    end(): void;
    readonly _sock: Socket;
    readonly _protocol: Protocol;
  }
  export interface ServerConfig {
    hostKeys: (string | Buffer)[];
    algorithms?: { kex?: string[]; serverHostKey?: string[] };
    ident?: string;
  }
  export class Server extends EventEmitter {
    constructor(config: ServerConfig, listener: (connection: ServerConnection) => void);
    listen(port: number, host: string, callback: () => void): this;
    address(): { port: number };
    close(callback?: () => void): this;
  }
  export interface ParsedKey {
    verify(data: Buffer, signature: Buffer, algorithm?: string): boolean;
  }
  export interface Ssh2 {
    readonly Server: typeof Server;
  }
}
