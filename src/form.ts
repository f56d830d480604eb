/** A form of a förbund, filled from what a run has published: as a document of our own, or into the förbund's own. */
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { openPackage } from "./inbox/zip.ts";
import { resultsIn } from "./output/swap.ts";
import { zip } from "./output/zip.ts";
import { answerOf, type Source } from "./report/answers.ts";
import { type Filled, type Form, fill, fillDocument, formPaper, formSchema } from "./report/documents/form.ts";
import { namesOf } from "./report/names.ts";
import { publikByInsats, readPublik } from "./report/publik.ts";
import { UsageError } from "./schema/errors.ts";
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

const readForm = (file: string): Form => {
  let given: unknown;
  try {
    given = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = formSchema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UsageError(`${file}: ${issue?.path.join(".")}: ${issue?.message}`);
};

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
  const form = readForm(file);
  const db = await resultsIn(out);
  const [publik, [korning]] = await Promise.all([
    readPublik(db),
    db.rows<{ idag: string; exempel: boolean }>("select idag, exempel from results.korning"),
  ]).finally(() => db.close());
  const found = publik.insats.find(({ insats_id: id }) => id === insats);
  if (found === undefined)
    throw new UsageError(
      `${insats}: ${out} has no such insats; it has ${publik.insats.map(({ insats_id: id }) => id).join(", ")}`,
    );
  const [own, names] = [publikByInsats(publik)(insats), namesOf(publik)];
  const fields = fill(form, (source) => answerOf(source as Source, own, names));
  if (docx !== undefined) {
    const { bytes, unplaced } = await fillTemplate(docx, fields);
    writeFileSync(to, bytes);
    return unplaced;
  }
  const { docxOf } = await import("./report/documents/docx.ts");
  const until = found.data_till === null ? "odaterat underlag" : `underlag till och med ${dayText(found.data_till)}`;
  const foot = `${found.namn} · ${until} · framtagen ${dayText(korning?.idag ?? "")}`;
  const note = korning?.exempel ? "EXEMPEL. Alla uppgifter i formuläret är påhittade." : undefined;
  writeFileSync(to, await docxOf(formPaper(form.formular, foot, note, fields)));
  return [];
};
