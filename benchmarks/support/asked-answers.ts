import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** What a listing is made of: these, of each subscription; and, where all are meant, which subscriptions there are. */
const listings = new Set(['vm-list', 'vm-status', 'nic-list', 'public-ip-list']);

const channel = 'azfleet:azure-sim:request';

interface RequestEvent {
  readonly kind: string;
  readonly target: string;
}

/** Which of its answers a simulator in this process was asked for since it was last asked: an answer has pages. */
export interface AskedAnswers {
  take(): number;
  close(): void;
}

export function countAskedAnswers(subscriptionIds: readonly string[]): AskedAnswers {
  const own = new Set(subscriptionIds);
  let asked = new Set<string>();
  const listen = (message: unknown): void => {
    const { kind, target } = message as RequestEvent;
    const subscription = /^\/subscriptions\/([^/?]+)/.exec(target)?.[1] ?? '';
    if (kind === 'subscriptions' || (listings.has(kind) && own.has(subscription))) asked.add(`${kind} ${subscription}`);
  };
  subscribe(channel, listen);
  return {
    take() {
      const count = asked.size;
      asked = new Set();
      return count;
    },
    close: () => void unsubscribe(channel, listen),
  };
}
