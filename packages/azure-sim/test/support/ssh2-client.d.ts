// The client side of ssh2, for the tests.
declare module 'ssh2' {
  import type { EventEmitter } from 'node:events';
  import type { Duplex, Readable } from 'node:stream';

  export interface ClientChannel extends Duplex {
    readonly stderr: Readable;
    signal(name: string): void;
    close(): void;
  }

  export interface Client extends EventEmitter {
    connect(config: {
      sock: Duplex;
      username: string;
      privateKey?: string | undefined;
      password?: string;
      hostVerifier: (key: Buffer) => boolean;
    }): void;
    exec(command: string, callback: (error: Error | undefined, channel: ClientChannel) => void): void;
    destroy(): void;
  }

  export interface ParsedKey {
    sign(data: Buffer): Buffer;
  }

  export interface Ssh2 {
    readonly Client: new () => Client;
  }
}
