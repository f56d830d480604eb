/** A form of a förbund, filled from what a run has published: as a document of our own, or into the förbund's own. */
import { readFileSync, writeFileSync } from "node:fs";
import { openPackage } from "./inbox/zip.ts";
import { resultsIn } from "./output/swap.ts";
import { zip } from "./output/zip.ts";
import { answerOf } from "./report/answers.ts";
import { type Filled, fill, fillDocument, formPaper } from "./report/documents/form.ts";
import { dataText } from "./report/figures.ts";
import { type Names, namesOf } from "./report/names.ts";
import type { About } from "./report/pages/page.ts";
import { aboutRun, type Insats, type Publik, publikByInsats, readPublik } from "./report/publik.ts";
import { UsageError } from "./schema/errors.ts";
import type { NamedForm } from "./schema/formular.ts";
import { readForm } from "./schema/pipeline.ts";
import { dayText } from "./schema/swedish.ts";

export interface FormOptions {
  /** The run's folder. */
  readonly out?: string | undefined;
  readonly insats: string;
  /** The form's fields: a YAML file. */
  readonly form: string;
  /** The förbund's own document, to be filled; without it the form is laid out here. */
  readonly docx?: string | undefined;
  readonly to: string;
}

const main = "word/document.xml";

const fillTemplate = async (
  file: string,
  fields: readonly Filled[],
): Promise<{ bytes: Uint8Array; unplaced: readonly string[] }> => {
  const template = await openPackage(readFileSync(file));
  if (!template.names.includes(main)) throw new UsageError(`${file}: no DOCX`);
  const parts = new Map<string, string | Uint8Array>();
  for (const name of template.names) parts.set(name, await template.read(name));
  const { xml, unplaced } = fillDocument(Buffer.from(parts.get(main) ?? "").toString("utf8"), fields);
  return { bytes: zip(parts.set(main, xml)), unplaced };
};

/**
 * @param publik what is published of the insats
 * @returns the DOCX, and the fields that the förbund's document has no place for
 */
export const filledForm = async (
  { form, docx }: NamedForm,
  publik: Publik,
  names: Names,
  insats: Insats,
  { today, exempel }: About,
): Promise<{ bytes: Uint8Array; unplaced: readonly string[] }> => {
  const fields = fill(form, (source) => answerOf(source, publik, names));
  if (docx !== undefined) return fillTemplate(docx.file, fields);
  const { docxOf } = await import("./report/documents/docx.ts");
  const foot = `${insats.namn} · ${dataText("", insats.data_till ?? "")} · framtagen ${dayText(today)}`;
  const note = exempel ? "EXEMPEL. Alla uppgifter i formuläret är påhittade." : undefined;
  return { bytes: await docxOf(formPaper(form.formular, foot, note, fields)), unplaced: [] };
};

/**
 * Writes the filled form.
 * @returns the fields that the förbund's document has no place for
 * @throws UsageError the form cannot be read, or the run has no such insats
 */
export const fillForm = async ({
  out = "out",
  insats,
  form: file,
  docx,
  to,
}: FormOptions): Promise<readonly string[]> => {
  const form = readForm(file, docx);
  const db = await resultsIn(out);
  const [publik, about] = await Promise.all([readPublik(db), aboutRun(db)]).finally(() => db.close());
  const found = publik.insats.find(({ insats_id: id }) => id === insats);
  if (found === undefined)
    throw new UsageError(
      `${insats}: ${out} has no such insats; it has ${publik.insats.map(({ insats_id: id }) => id).join(", ")}`,
    );
  const { bytes, unplaced } = await filledForm(form, publikByInsats(publik)(insats), namesOf(publik), found, about);
  writeFileSync(to, bytes);
  return unplaced;
};
