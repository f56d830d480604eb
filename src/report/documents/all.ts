/** The documents of a page: other forms of the same content. */
import { type DocumentKind, documentPath } from "../pages/page.ts";
import { readPage } from "./paper.ts";

type Read = ReturnType<typeof readPage>;

/** A library is imported when a document of its kind is first made. */
const writers: Readonly<Record<DocumentKind, (page: Read, most: number) => Promise<Uint8Array>>> = {
  pdf: async ({ paper }, most) => (await import("./pdf.ts")).pdfOf(paper, most),
  docx: async ({ paper }) => (await import("./docx.ts")).docxOf(paper),
  xlsx: async ({ paper, tables }) => (await import("./xlsx.ts")).xlsxOf(paper, tables),
};

/** What is made of a page. */
interface Wanted {
  readonly path: string;
  readonly foot: string;
  readonly kinds: readonly DocumentKind[];
  readonly most: number | undefined;
}

/**
 * @param markup the finished page
 * @returns paths under `rapport/`, and what is written there
 */
export const documentsOf = (
  { path, foot, kinds, most = 1 }: Wanted,
  markup: string,
): Promise<[string, Uint8Array][]> => {
  const read = readPage(markup, foot);
  return Promise.all(
    kinds.map(
      async (kind): Promise<[string, Uint8Array]> => [documentPath(path, kind), await writers[kind](read, most)],
    ),
  );
};
