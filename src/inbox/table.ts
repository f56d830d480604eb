/** What every reader gives, whatever the file: records of text with their place, and what was odd about them. */
import type { FindingCode } from "../schema/findings.ts";

export interface Post {
  /** Physical line (text file) or sheet row where the record starts, from 1. */
  readonly rad: number;
  readonly celler: readonly string[];
  /**
   * What each cell of a workbook is, one letter a cell, since text alone does not tell 45000 from a date's serial:
   * `n` a number, `d` a date, `b` a boolean, `t` text, `-` nothing; `<` covered by the merged cell to its left;
   * `T` text and `D` a date repeated from a cell merged downwards, `M` a number in such a cell.
   */
  readonly slag?: string | undefined;
}

/** Something that the reader saw. An error in a cell counts only where the cell is read. */
export interface Fynd {
  readonly kod: FindingCode;
  readonly rad: number | null;
  readonly cell: number | null;
  readonly varde?: string | undefined;
  readonly detalj?: string | undefined;
}

export interface Tabell {
  /** The sheet's name; empty for a text file. */
  readonly blad: string;
  readonly kodning: string;
  readonly avgransare: string;
  readonly poster: readonly Post[];
  readonly fynd?: readonly Fynd[] | undefined;
  /** Serials of a workbook count from 1900 or from 1904. */
  readonly epok?: 1900 | 1904 | undefined;
}

/** Text of a workbook that stands in no cell, and where, in words. */
export interface SideText {
  readonly plats: string;
  readonly text: string;
}

/** What is read of a file. */
export interface Read {
  readonly tabeller: readonly Tabell[];
  readonly vidSidan: readonly SideText[];
}

/** A file that cannot be read at all: the code of the finding and what to fill in. */
export class FileError extends Error {
  readonly kod: FindingCode;
  readonly detalj: string;
  constructor(kod: FindingCode, detalj = "") {
    super(`${kod}: ${detalj}`);
    this.kod = kod;
    this.detalj = detalj;
  }
}

export const isBlank = ({ celler }: Post): boolean => celler.every((cell) => cell.trim() === "");

/** How many records some tables have. */
export const recordsIn = (tabeller: readonly Pick<Tabell, "poster">[]): number =>
  tabeller.reduce((sum, { poster }) => sum + poster.length, 0);
