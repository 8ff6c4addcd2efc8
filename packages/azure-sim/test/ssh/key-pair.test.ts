import ssh2 from 'ssh2';
import { expect, test } from 'vitest';
import { makeKeyPair } from '../../src/ssh/key-pair.ts';

test('every key that is made can be read, and signs for its public half', () => {
  const data = Buffer.from('data');
  for (let count = 0; count < 2_000; count += 1) {
    const { privateText, publicText } = makeKeyPair();
    const [secret, open] = [ssh2.utils.parseKey(privateText), ssh2.utils.parseKey(publicText)];
    if (secret instanceof Error || open instanceof Error) throw new Error(privateText);
    expect(open.verify(data, secret.sign(data))).toBe(true);
  }
});
