/** Whether a word is a pattern (`*`, `?`, `[a-c]`) and not a literal name. */
export function isGlob(word: string): boolean {
  return /[*?[]/.test(word);
}
