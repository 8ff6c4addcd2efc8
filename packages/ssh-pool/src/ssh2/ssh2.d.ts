// The part of ssh2 1.17.0 that is used, internals included (src/ssh2/internals.ts says which and why). Written down here
// because @types/ssh2 lacks the internals and brings the types of another Node version along.
declare module 'ssh2' {
  import type { EventEmitter } from 'node:events';
  import type { Duplex } from 'node:stream';

  export interface ParsedKey {
    readonly type: string;
    readonly comment: string;
    isPrivateKey(): boolean;
    getPrivatePEM(): string;
    getPublicSSH(): Buffer;
  }

  export type SignCallback = (error: Error | null, signature?: Buffer) => void;

  export class BaseAgent {
    getIdentities(callback: (error: Error | null, keys?: ParsedKey[]) => void): void;
    sign(key: ParsedKey, data: Buffer, options: { hash?: string }, callback: SignCallback): void;
  }

  export interface AgentAuthentication {
    type: 'agent';
    username: string;
    agent: BaseAgent;
  }

  export interface ConnectConfig {
    sock: Duplex;
    username: string;
    readyTimeout: number;
    keepaliveInterval: number;
    algorithms: { serverHostKey: string[] };
    hostVerifier: (key: Buffer, verify: (good: boolean) => void) => void;
    authHandler: (
      methodsLeft: string[] | null,
      partialSuccess: boolean | null,
      next: (method: AgentAuthentication | false) => void,
    ) => void;
  }

  export interface Protocol {
    authPK(
      user: string,
      key: ParsedKey,
      algorithm: string | undefined,
      sign?: (data: Buffer, done: (signature: Buffer) => void) => void,
    ): void;
    session(channel: number, window: number, packetSize: number): void;
    exec(channel: number, command: string, wantReply: boolean): void;
    signal(channel: number, name: string): void;
    ping(): void;
    channelData(channel: number, data: Buffer): void;
    channelEOF(channel: number): void;
    channelClose(channel: number): void;
    channelWindowAdjust(channel: number, bytes: number): void;
    readonly _handlers: {
      USERAUTH_FAILURE: (protocol: Protocol, methodsLeft: string[], isPartial: boolean) => void;
    };
  }

  export interface Channel extends Duplex {
    readable: boolean;
    readonly incoming: { id: number; window: number; state: string };
    readonly outgoing: { id: number; window: number; packetSize: number; state: string };
    readonly stderr: { push(chunk: Buffer | null): boolean; readable: boolean };
    _callbacks: ((failed: boolean) => void)[];
    _waitWindow: boolean;
    _chunkcb: (() => void) | undefined;
  }

  export interface ChannelOpened {
    (error: (Error & { reason?: number | string }) | undefined, channel?: Channel): void;
    type?: string;
  }

  export class Client extends EventEmitter {
    connect(config: ConnectConfig): this;
    end(): this;
    forwardOut(
      sourceHost: string,
      sourcePort: number,
      host: string,
      port: number,
      callback: (error: (Error & { reason?: number | string }) | undefined, channel: Channel) => void,
    ): this;
    readonly _protocol: Protocol;
    readonly _chanMgr: { add(opened: ChannelOpened): number; remove(id: number): void };
    readonly _callbacks: ((failed: Error | boolean) => void)[];
    _remoteVer: string | undefined;
  }

  export interface Ssh2 {
    readonly Client: typeof Client;
    readonly BaseAgent: typeof BaseAgent;
    readonly utils: { parseKey(data: string | Buffer, passphrase?: string): ParsedKey | Error };
  }

  const ssh2: Ssh2;
  export default ssh2;
}
