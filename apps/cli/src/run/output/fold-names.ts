/** A name cut at its numbers: `web-01-b` is `['web-', '01', '-b']`; the odd ones are the numbers. */
type Parts = readonly string[];

/** A number longer than this is not counted with; it stays as it is. */
const MOST_DIGITS = 15;

/**
 * Many names in few words: `web-01`, `web-02`, `web-03` and `web-07` are `web-[01-03,07]`. Where names have several
 * numbers, the last one that differs is folded; leading zeros are kept. The folded names are in the order of the first
 * name of each, the numbers in theirs.
 */
export function foldNames(names: readonly string[]): string[] {
  const unique = [...new Set(names)];
  const order = new Map(unique.map((name, place) => [name, place]));
  const folded: { place: number; text: string }[] = [];
  let left: Parts[] = unique.map((name) => name.split(/(\d+)/));
  const mostNumbers = Math.max(0, ...new Set(left.map((parts) => (parts.length - 1) / 2)));
  // Counted from the end: 0 is a name's last number.
  for (let number = 0; number < mostNumbers && left.length > 1; number += 1) {
    const alone: Parts[] = [];
    for (const alike of differingOnlyIn(number, left)) {
      if (alike.length === 1) alone.push(alike[0]!);
      else folded.push({ place: order.get(alike[0]!.join(''))!, text: foldedText(alike, place(alike[0]!, number)) });
    }
    left = alone;
  }
  for (const parts of left) folded.push({ place: order.get(parts.join(''))!, text: parts.join('') });
  return folded.toSorted((a, b) => a.place - b.place).map(({ text }) => text);
}

/** Where a name's number is among its parts, counted from its last one; negative where it has not as many. */
function place(parts: Parts, number: number): number {
  return parts.length - 2 - 2 * number;
}

/** The names in groups that are the same but for that number. Those that do not have it are alone. */
function differingOnlyIn(number: number, names: readonly Parts[]): Iterable<Parts[]> {
  const groups = new Map<string, Parts[]>();
  for (const parts of names) {
    const at = place(parts, number);
    const canFold = at > 0 && parts[at]!.length <= MOST_DIGITS;
    // No name has a NUL in it.
    const key = canFold ? `${parts.slice(0, at).join('')}\0${parts.slice(at + 1).join('')}` : parts.join('');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [parts]);
    else group.push(parts);
  }
  return groups.values();
}

function foldedText(alike: readonly Parts[], at: number): string {
  const [first] = alike;
  return `${first!.slice(0, at).join('')}[${ranges(alike.map((parts) => parts[at]!))}]${first!.slice(at + 1).join('')}`;
}

/** `01-03,07`. Numbers with leading zeros and those of their length are one sequence, all others another. */
function ranges(numbers: readonly string[]): string {
  const paddedLengths = new Set(
    numbers.filter((text) => text.length > 1 && text.startsWith('0')).map(({ length }) => length),
  );
  const sequences = new Map<number, string[]>();
  for (const text of numbers) {
    const sequence = paddedLengths.has(text.length) ? text.length : 0;
    const others = sequences.get(sequence);
    if (others === undefined) sequences.set(sequence, [text]);
    else others.push(text);
  }
  return [...sequences.values()].map(rangesOfOneSequence).join(',');
}

function rangesOfOneSequence(numbers: readonly string[]): string {
  const runs: { first: string; last: string }[] = [];
  for (const text of numbers.toSorted((a, b) => Number(a) - Number(b))) {
    const run = runs.at(-1);
    if (run !== undefined && Number(text) === Number(run.last) + 1) run.last = text;
    else runs.push({ first: text, last: text });
  }
  return runs.map(({ first, last }) => (first === last ? first : `${first}-${last}`)).join(',');
}
