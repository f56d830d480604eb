/** The word a writer probably meant. */
import { distance } from "fastest-levenshtein";

/** A known word that differs from a written one by no more than slips do. */
export const nearestWord = (word: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(word, candidate) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, word.length / 3) ? best.candidate : undefined;
};

/** `; did you mean X?` where a known word is near, else nothing. */
export const nearest = (word: string, known: readonly string[]): string => {
  const meant = nearestWord(word, known);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
};
