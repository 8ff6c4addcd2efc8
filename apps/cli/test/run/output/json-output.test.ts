import { expect, test } from 'vitest';
import { inPieces, randomFrom, sinkFor } from './support.ts';

const json = { flags: ['-o', 'json'] };

test('one document, the machines in the order of the fleet', async () => {
  const sink = sinkFor(['vm-1', 'vm-2', 'vm-3'], json);
  await sink.says(2, 'three\n');
  await sink.ends(2);
  expect(sink.stdout()).toBe('');
  await sink.says(0, 'one\n');
  await sink.says(0, 'warning\n', 'stderr');
  await sink.ends(0, { status: 'failed', exitCode: 2, attempts: 2, elapsedMs: 12.7 });
  await sink.ends(1, { status: 'skipped', reason: 'deallocated', address: undefined, attempts: 0, elapsedMs: 0 });
  await sink.end();
  const document = JSON.parse(sink.stdout());
  expect(sink.stdout()).toBe(`${JSON.stringify(document, null, 2)}\n`);
  expect(document.schemaVersion).toBe(1);
  expect(document.machines).toEqual([
    {
      name: 'vm-1',
      resourceGroup: 'web',
      subscriptionId: '00000000-0000-0000-0000-000000000001',
      id: sink.machines[0]!.id,
      address: '10.0.0.4',
      status: 'failed',
      reason: null,
      exitCode: 2,
      signal: null,
      stdout: 'one\n',
      stdoutEncoding: 'utf8',
      stderr: 'warning\n',
      stderrEncoding: 'utf8',
      elapsedMs: 13,
      attempts: 2,
      error: null,
    },
    expect.objectContaining({
      name: 'vm-2',
      status: 'skipped',
      reason: 'deallocated',
      address: null,
      exitCode: null,
      stdout: null,
      stdoutEncoding: null,
      stderr: null,
      stderrEncoding: null,
    }),
    expect.objectContaining({ name: 'vm-3', exitCode: 0, stdout: 'three\n', stderr: '' }),
  ]);
  expect(document.summary).toEqual({ ok: 1, failed: 1, timeout: 0, unreachable: 0, aborted: 0, skipped: 1 });
});

test('a machine is printed as soon as all before it are done', async () => {
  const sink = sinkFor(['vm-1', 'vm-2', 'vm-3'], json);
  await sink.ends(1);
  expect(sink.stdout()).toBe('');
  await sink.ends(0);
  expect(sink.stdout()).toContain('"name": "vm-2"');
  expect(sink.stdout()).not.toContain('"name": "vm-3"');
});

test('errors are told with code, message and hint', async () => {
  const sink = sinkFor(['vm-1', 'vm-2'], json);
  const error = { code: 'SSH_AUTH_FAILED', message: 'vm-1: could not\nsign in.', hint: 'Check the key.' };
  await sink.ends(0, { status: 'unreachable', error });
  await sink.ends(1, { status: 'timeout', error: { ...error, hint: undefined } });
  await sink.end();
  const { machines } = JSON.parse(sink.stdout());
  expect(machines[0]).toMatchObject({ error, stdout: null, exitCode: null });
  expect(machines[1]).toMatchObject({ error: { ...error, hint: null }, stdout: '', exitCode: null });
});

test('each stream is text where all of it is UTF-8, else base64', async () => {
  const sink = sinkFor(['vm'], json);
  const random = randomFrom(2);
  const binary = Buffer.from(Array.from({ length: 1000 }, () => random(256)));
  const text = '\ufeffé机器 "quoted" \\ \u0000\u001b[31m\u007f\u2028\n'.repeat(50);
  for (const piece of inPieces(binary, random)) await sink.says(0, piece);
  for (const piece of inPieces(Buffer.from(text), random)) await sink.says(0, piece, 'stderr');
  await sink.ends(0);
  await sink.end();
  const [machine] = JSON.parse(sink.stdout()).machines;
  expect(machine.stdoutEncoding).toBe('base64');
  expect(Buffer.from(machine.stdout, 'base64').equals(binary)).toBe(true);
  expect(machine.stderrEncoding).toBe('utf8');
  expect(machine.stderr).toBe(text);
});

test('no machines at all: still a document', async () => {
  const sink = sinkFor([], json);
  await sink.end();
  expect(JSON.parse(sink.stdout())).toMatchObject({ machines: [], summary: { ok: 0 } });
});

test('after an interruption the machines that are done are all there', async () => {
  const sink = sinkFor(['vm-1', 'vm-2', 'vm-3'], json);
  await sink.says(2, 'x');
  await sink.ends(2, { status: 'aborted' });
  await sink.ends(1);
  await sink.end();
  const { machines } = JSON.parse(sink.stdout());
  expect(machines.map(({ name }: { name: string }) => name)).toEqual(['vm-3', 'vm-2']);
});

test('a terminal gets the same JSON without a control in it', async () => {
  const sink = sinkFor(['vm'], { ...json, columns: 80 });
  const text = 'é\u009b31m \u202e \u007f \u001b';
  for (const byte of Buffer.from(text)) await sink.says(0, Buffer.from([byte]));
  await sink.ends(0);
  await sink.end();
  // oxlint-disable-next-line no-control-regex
  expect(sink.stdout()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(JSON.parse(sink.stdout()).machines[0].stdout).toBe(text);
});

test('failures are told on stderr, too', async () => {
  const sink = sinkFor(['vm'], json);
  await sink.ends(0, { status: 'failed', exitCode: 2 });
  expect(sink.stderr()).toBe('vm: exit 2\n');
});
