/** The documents of a page: other forms of the same content. */
import { type DocumentKind, documentPath, type Page } from "../pages/page.ts";
import { type Paper, paperOf } from "./paper.ts";

/** A library is imported when a document of its kind is first made. */
const writers: Readonly<Record<DocumentKind, (paper: Paper, most: number) => Promise<Uint8Array>>> = {
  pdf: async (paper, most) => (await import("./pdf.ts")).pdfOf(paper, most),
  docx: async (paper) => (await import("./docx.ts")).docxOf(paper),
};

/**
 * @param markup the finished page
 * @returns paths under `rapport/`, and what is written there
 */
export const documentsOf = async ({ path, foot, documents }: Page, markup: string): Promise<[string, Uint8Array][]> => {
  if (documents === undefined) return [];
  const paper = paperOf(markup, foot ?? "");
  const made: [string, Uint8Array][] = [];
  for (const kind of documents.kinds) made.push([documentPath(path, kind), await writers[kind](paper, documents.most)]);
  return made;
};
