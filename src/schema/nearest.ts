/** The word a writer probably meant. */
import { distance } from "fastest-levenshtein";

/** `; did you mean X?` where a known word is near, else nothing. */
export const nearest = (word: string, known: readonly string[]): string => {
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(word, candidate) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, word.length / 3) ? `; did you mean ${best.candidate}?` : "";
};
