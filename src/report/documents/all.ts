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
  const paper = paperOf(markup, foot ?? "");
  const { kinds, most } = documents ?? { kinds: [], most: 1 };
  return Promise.all(
    kinds.map(
      async (kind): Promise<[string, Uint8Array]> => [documentPath(path, kind), await writers[kind](paper, most)],
    ),
  );
};
