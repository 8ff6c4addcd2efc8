import { expect, test } from 'vitest';
import { AnswerSink } from '../../src/run/answers/answer-sink.ts';
import { processes } from '../../src/run/answers/processes.ts';
import type { Question } from '../../src/run/answers/question.ts';
import { who } from '../../src/run/answers/who.ts';
import type { MachineResult, RunSink } from '../../src/run/machine-result.ts';
import { vm } from '../support/vm.ts';

const machine = vm({ name: 'web-01' });

const ok: MachineResult = {
  machine,
  address: '10.0.0.4',
  status: 'ok',
  reason: undefined,
  exitCode: 0,
  signal: undefined,
  error: undefined,
  attempts: 1,
  elapsedMs: 12,
};

/** What becomes of a machine that ended so, after it had written this. */
async function answerTo<Item>(
  question: Question<Item>,
  ended: Partial<MachineResult>,
  written: { readonly stdout?: readonly string[]; readonly stderr?: string } = {},
) {
  const told: MachineResult[] = [];
  const next: RunSink = {
    write() {},
    result: (result) => void told.push(result),
    end: async () => {},
    close: async () => {},
  };
  const sink = new AnswerSink(question, { print: async () => {}, next });
  for (const text of written.stdout ?? []) sink.write(machine, 'stdout', Buffer.from(text));
  if (written.stderr !== undefined) sink.write(machine, 'stderr', Buffer.from(written.stderr));
  await sink.result({ ...ok, ...ended });
  const [answer] = sink.answers([machine]);
  expect(told).toEqual([answer!.result]);
  return answer!;
}

test("BusyBox's w, which has other columns", async () => {
  const stdout = [
    'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\nroot            pts/0           00:00   Nov 23 15:47:50  10.0.0.1\n',
  ];
  const { result, records } = await answerTo(who, {}, { stdout });
  expect(records).toBeUndefined();
  expect(result).toMatchObject({
    status: 'failed',
    error: {
      code: 'NOT_UNDERSTOOD',
      message: 'web-01: what its w says is not understood: it is not that of procps',
      hint: 'install procps there, whose w azfleet reads',
    },
  });
});

test("BusyBox's ps, which refuses", async () => {
  const stderr = `ps: invalid option -- 'w'\nBusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n\nUsage: ps`;
  const { result } = await answerTo(processes, { status: 'failed', exitCode: 1 }, { stderr });
  expect(result).toMatchObject({
    status: 'failed',
    exitCode: 1,
    error: { code: 'NOT_UNDERSTOOD', message: "web-01: its ps is BusyBox's" },
  });
});

test('a machine without the program', async () => {
  const stderr = "env: 'w': No such file or directory\n";
  const { result } = await answerTo(who, { status: 'failed', exitCode: 127 }, { stderr });
  expect(result.error).toMatchObject({ code: 'NO_PROGRAM', message: 'web-01: there is no w' });
});

test.each([
  ['what it said itself', { exitCode: 1 }, '\nw: cannot open /proc\nmore\n', 'web-01: w: cannot open /proc (exit 1)'],
  ['nothing but its exit code', { exitCode: 1 }, '', 'web-01: w: exit 1'],
  ['a signal', { exitCode: undefined, signal: 'KILL' }, '', 'web-01: w: signal KILL'],
  ['nothing at all', { exitCode: undefined }, '', 'web-01: w: exit unknown'],
])('another failure is told with %s', async (_what, ended, stderr, message) => {
  const { result, records } = await answerTo(who, { status: 'failed', ...ended }, { stderr });
  expect(records).toBeUndefined();
  expect(result.error).toMatchObject({ code: 'COMMAND_FAILED', message });
});

test('an answer may come in any pieces', async () => {
  const text = ` 1 up\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\nroot     pts/0    10.0.0.1         12:00    1.00s  0.00s  0.00s é`;
  const bytes = [...Buffer.from(text)].map((byte) => Uint8Array.of(byte));
  const sink = new AnswerSink(who, {
    print: async () => {},
    next: { write() {}, result() {}, end: async () => {}, close: async () => {} },
  });
  for (const piece of bytes) sink.write(machine, 'stdout', piece);
  await sink.result(ok);
  expect(sink.answers([machine])[0]!.records).toMatchObject([{ user: 'root', what: 'é' }]);
});

test('an answer without end is not kept', async () => {
  const piece = 'x'.repeat(1024 * 1024);
  const { result, records } = await answerTo(who, {}, { stdout: Array.from({ length: 20 }, () => piece) });
  expect(records).toBeUndefined();
  expect(result.error?.code).toBe('NOT_UNDERSTOOD');
});

test.each(['unreachable', 'timeout', 'aborted', 'skipped'] as const)('%s stays what it is', async (status) => {
  const { result, records } = await answerTo(who, { status });
  expect(result.status).toBe(status);
  expect(records).toBeUndefined();
});

test('the answers are printed before anything else that comes at the end', async () => {
  const order: string[] = [];
  const sink = new AnswerSink(who, {
    print: async () => void order.push('print'),
    next: {
      write() {},
      result() {},
      end: async () => void order.push('end'),
      close: async () => void order.push('close'),
    },
  });
  await sink.end();
  await sink.close();
  expect(order).toEqual(['print', 'end', 'close']);
});
