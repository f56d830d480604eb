/** The documents of a page: other forms of the same content. */
import { type DocumentKind, documentKinds, documentPath, type Page } from "../pages/page.ts";
import { readPage } from "./paper.ts";

type Read = ReturnType<typeof readPage>;

/** A library is imported when a document of its kind is first made. */
const writers: Readonly<Record<DocumentKind, (page: Read, most: number) => Promise<Uint8Array>>> = {
  pdf: async ({ paper }, most) => (await import("./pdf.ts")).pdfOf(paper, most),
  docx: async ({ paper }) => (await import("./docx.ts")).docxOf(paper),
  xlsx: async ({ paper, tables }) => (await import("./xlsx.ts")).xlsxOf(paper, tables),
};

/**
 * @param markup the finished page
 * @returns paths under `rapport/`, and what is written there
 */
export const documentsOf = async (page: Page, markup: string): Promise<[string, Uint8Array][]> => {
  const read = readPage(markup, page.foot ?? page.title);
  return Promise.all(
    documentKinds(page).map(
      async (kind): Promise<[string, Uint8Array]> => [
        documentPath(page.path, kind),
        await writers[kind](read, page.documents?.most ?? 1),
      ],
    ),
  );
};
