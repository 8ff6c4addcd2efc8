/** Resource ids differ in case between Azure's answers: they are compared folded, and shown as the list of machines has them. */
export function foldId(id: string): string {
  return id.toLowerCase();
}

/** The resource group and the last name of a resource id; empty when the id has none. */
export function partsOfId(id: string): { resourceGroup: string; name: string } {
  const segments = id.split('/');
  const group = segments.findIndex((segment) => segment.toLowerCase() === 'resourcegroups');
  return { resourceGroup: group < 0 ? '' : (segments[group + 1] ?? ''), name: segments.at(-1) ?? '' };
}
