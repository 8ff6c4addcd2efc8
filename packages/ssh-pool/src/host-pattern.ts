/** Whether `name` fits a pattern of ssh_config or known_hosts: `*` stands for any text, `?` for one character. */
export function fitsPattern(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = name.toLowerCase();
  // The usual two-pointer match: after the last `*`, try again one character further on. Never exponential.
  let p = 0;
  let starAt = -1;
  let retryAt = 0;
  for (let n = 0; n < given.length;) {
    if (wanted[p] === '*') {
      starAt = p;
      retryAt = n;
      p += 1;
    } else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === given[n])) {
      p += 1;
      n += 1;
    } else if (starAt >= 0) {
      p = starAt + 1;
      retryAt += 1;
      n = retryAt;
    } else {
      return false;
    }
  }
  while (wanted[p] === '*') p += 1;
  return p === wanted.length;
}

/**
 * Whether a list of patterns fits: one of them fits `name`, and none that begins with `!` fits any of `allNames`. A
 * machine has a name and an address; who excludes it by one means the machine.
 */
export function fitsPatternList(
  patterns: readonly string[],
  name: string,
  allNames: readonly string[] = [name],
): boolean {
  let fits = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      const excluded = pattern.slice(1);
      if (allNames.some((one) => fitsPattern(excluded, one))) return false;
    } else if (fitsPattern(pattern, name)) {
      fits = true;
    }
  }
  return fits;
}
