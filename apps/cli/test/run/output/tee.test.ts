import { expect, test } from 'vitest';
import { TeeSink } from '../../../src/run/output/tee.ts';

test('closing closes every sink, and is told of what went wrong', async () => {
  const closed: string[] = [];
  const closing = (name: string, error?: Error) => ({
    write() {},
    result() {},
    end: async () => {},
    close: async () => {
      closed.push(name);
      if (error !== undefined) throw error;
    },
  });
  const tee = new TeeSink([closing('a', new Error('no')), closing('b')]);
  await expect(tee.close()).rejects.toThrow('no');
  expect(closed).toEqual(['a', 'b']);
});
