import { expect, test } from 'vitest';
import { Labels } from '../../../src/run/output/labels.ts';
import { vm } from '../../support/vm.ts';

test('a name that is its own is all that is shown', () => {
  const machines = [vm({ name: 'web-1' }), vm({ name: 'web-2' })];
  const labels = new Labels(machines);
  expect(machines.map((machine) => labels.of(machine))).toEqual(['web-1', 'web-2']);
  expect(labels.longest).toBe(5);
});

test('a name in two groups is shown with its group, whatever its case', () => {
  const machines = [
    vm({ name: 'vm', resourceGroup: 'blue' }),
    vm({ name: 'VM', resourceGroup: 'green' }),
    vm({ name: 'db', resourceGroup: 'blue' }),
  ];
  const labels = new Labels(machines);
  expect(machines.map((machine) => labels.of(machine))).toEqual(['blue/vm', 'green/VM', 'db']);
  expect(labels.longest).toBe(8);
});

test('a name and group in two subscriptions is shown with its subscription', () => {
  const machines = [
    vm({ name: 'vm', subscriptionId: 'one' }),
    vm({ name: 'vm', subscriptionId: 'two' }),
    vm({ name: 'vm', resourceGroup: 'db' }),
  ];
  const labels = new Labels(machines);
  expect(machines.map((machine) => labels.of(machine))).toEqual(['one/web/vm', 'two/web/vm', 'db/vm']);
});

test('a machine that Azure is asked for again is the same one', () => {
  const machines = [vm({ name: 'vm', resourceGroup: 'blue' }), vm({ name: 'vm', resourceGroup: 'green' })];
  const again = vm({ name: 'vm', resourceGroup: 'blue', id: machines[0]!.id.toUpperCase(), publicIps: ['20.9.9.9'] });
  expect(new Labels(machines).of(again)).toBe('blue/vm');
});

test('a machine that was not announced is shown by its name', () => {
  expect(new Labels([]).of(vm({ name: 'new' }))).toBe('new');
});
