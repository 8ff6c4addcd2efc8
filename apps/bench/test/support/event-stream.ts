import { request, type IncomingMessage } from 'node:http';

export interface ReceivedEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Reads the events of a live server as a page does, one after another; undefined at the end of the stream. */
export function eventsOf(url: string): { next(): Promise<ReceivedEvent | undefined>; close(): Promise<void> } {
  const events = received(url);
  return {
    next: async () => {
      const { value } = await events.next();
      return value ?? undefined;
    },
    close: async () => void (await events.return(undefined)),
  };
}

async function* received(url: string): AsyncGenerator<ReceivedEvent, undefined> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL('events', url), resolve).on('error', reject).end();
  });
  let text = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      text += String(chunk);
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const name = /^event: (.*)$/m.exec(block)?.[1];
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (name !== undefined && data !== undefined) yield { name, data: JSON.parse(data) as unknown };
      }
    }
  } finally {
    response.destroy();
  }
  return undefined;
}
