import { fold } from "./columns.ts";

/** A kind of möte that a goal names, without the word for a meeting: `Styrgruppsmöten` is `styrgrupp`, as rows are read. */
export const motestypOf = (written: string): string =>
  fold(written).replace(
    /^(samverkan|puls|styrgrupp|planering|granskning|natverk|workshop)s?(mote|motet|moten|motena|traff|traffen|traffar)?$/,
    "$1",
  );

/** A word that a goal or claim asks a column for, as rows have it. */
export const askedWord = (column: string, written: string): string =>
  column === "motestyp" ? motestypOf(written) : written;
