/** What every store keeps: 50 machines, 10 KB of JSON. */
export const value = Array.from({ length: 50 }, (_, index) => ({
  id: `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-web/providers/Microsoft.Compute/virtualMachines/vm-${index}`,
  size: 'Standard_B2s',
  state: 'running',
  tags: { env: 'prod', n: index },
}));

export function keyOf(index) {
  return `vm-${index}`;
}

/** @throws Error where that is not what was kept */
export function checked(read) {
  if (read?.length !== value.length) throw new Error('an entry was not there');
  return read;
}
