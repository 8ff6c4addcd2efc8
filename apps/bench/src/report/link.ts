/** `#start-up/list-1000/azfleet`; whatever else a name has in it is encoded. */
export function linkTo(benchmark: string): string {
  return `#${benchmark.split('/').map(encodeURIComponent).join('/')}`;
}

export function linked(hash: string): string | undefined {
  if (hash.length < 2) return undefined;
  try {
    return hash.slice(1).split('/').map(decodeURIComponent).join('/');
  } catch {
    return undefined; // a broken escape: no benchmark is called so
  }
}
