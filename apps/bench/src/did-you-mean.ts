import { nearest } from '@azfleet/config';

/** `did you mean 'compare'?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const near = nearest(word, candidates);
  return near === undefined ? undefined : `did you mean '${near}'?`;
}
