/** The report: charts and pages for others, from what has passed disclosure control. */
import { createHash, hash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PublicSelects } from "../db/dialect.ts";
import type { Database } from "../db/open.ts";
import { PipelineError } from "../schema/errors.ts";
import type { NamedForm } from "../schema/formular.ts";
import type { PublicName } from "../schema/publik.ts";
import type { Chart } from "./charts/picture.ts";
import { lastDay } from "./figures.ts";
import { unescaped } from "./html.ts";
import { forbundPath, forbundWithPage, formPath, insatserOf, insatsPath, type Names, namesOf } from "./names.ts";
import type { About, Page, Stop } from "./pages/page.ts";
import { type Insats, type Publik, publikByInsats, readPublik } from "./publik.ts";
import { withFont } from "./utseende.ts";

/** How many pages are under way at once. */
const together = 4;

const isChart = (chart: Chart | undefined): chart is Chart => chart !== undefined;

/** What an earlier report wrote, for the pages and pictures that need not be made again. */
export interface Earlier {
  /** Of each page: a hash of what it was made of, and the files that were made. */
  readonly sidor: Readonly<Record<string, { readonly underlag: string; readonly filer: readonly string[] }>>;
  /** What a file under the output folder holds, if it is as it was written. */
  unchanged(file: string): Uint8Array | undefined;
}

export interface Drawn extends About {
  /** A hash of the program: what other code made is made again. */
  readonly program: string;
  /** Whether every chart is written as PNG too. Without it the PNG of an unchanged chart is kept. */
  readonly png: boolean;
  readonly selects?: PublicSelects | undefined;
  readonly earlier?: Earlier | undefined;
  /** What the kansli of a förbund says, by its id, in Markdown. */
  readonly kommentarer?: ReadonlyMap<string, string> | undefined;
  /** The forms that are filled for an insats, by its id. */
  readonly forms?: ReadonlyMap<string, readonly NamedForm[]> | undefined;
  /** Fills a form with what is published of an insats: the DOCX, and the fields that it has no place for. */
  fillForm?(
    form: NamedForm,
    publik: Publik,
    names: Names,
    insats: Insats,
    about: About,
  ): Promise<{ readonly bytes: Uint8Array; readonly unplaced: readonly string[] }>;
}

/** Imported when the first page is made: a report whose pages are all kept starts without it. */
const drawing = async () => ({
  charts: await import("./charts/index.ts"),
  pages: await import("./pages/all.ts"),
});

/** A page with its charts, and a hash of the rows that it is made of: as text they would be held until the last page is made. */
interface Part {
  readonly path: string;
  readonly rows: string;
  /** The rows that its pictures are of. */
  readonly own: Partial<Publik>;
  make(by: Awaited<ReturnType<typeof drawing>>): {
    readonly page: Page;
    readonly charts: object;
    readonly beside?: readonly Stop[];
  };
  /** The forms that are filled with the same rows, each by its file. */
  readonly forms?: readonly { readonly path: string; fill(): Promise<Uint8Array> }[];
}

/** A hash of the JSON of both, a row at a time: the text of a whole country is longer than any can be. */
const hashTables = (about: About, publik: Publik): string => {
  const all = createHash("sha256").update(`[${JSON.stringify(about)},{`);
  for (const [i, [name, rows]] of Object.entries<readonly object[]>(publik).entries()) {
    all.update(`${i === 0 ? "" : ","}"${name}":[`);
    for (const [at, row] of rows.entries()) all.update(`${at === 0 ? "" : ","}${JSON.stringify(row)}`);
    all.update("]");
  }
  return all.update("}]").digest("hex");
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A picture's line in `diagram/diagram.csv`: its file, title, words for those who do not see it, page, source, and to when the data go. */
const pictureLine = (picture: string, svg: string, page: string, kalla: string, till: string): string => {
  const [title = "", text = ""] = ["title", "desc"].map((tag) =>
    unescaped(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(svg)?.[1] ?? ""),
  );
  return `${[`${picture.slice("diagram/".length)}.svg`, title, text, page, kalla, till].map(quoted).join(";")}\r\n`;
};

/** The most documents that are named one by one. */
const fewSources = 6;

/** What figures rest on, for those who show them elsewhere: documents by name, or what was delivered. */
const sourceOf = (tables: Partial<Publik>, names: Names): string => {
  const documents = new Set(
    Object.values<readonly object[]>(tables)
      .flat()
      .flatMap((row) => ("dokument" in row && typeof row.dokument === "string" ? [names.kalla(row.dokument)] : [])),
  );
  if (documents.size === 0) return "Leveranser till uppföljningen";
  return documents.size > fewSources
    ? `${documents.size} dokument, se underlag.html`
    : [...documents].sort().join("; ");
};

/** What no insats's page shows: other pages' rows, so that they make none of those anew. */
const elsewhere = [
  ...(["leveranser", "datakvalitet", "okopplade", "forbundskostnad", "forbundskostnad_ar"] as const),
  ...(["bidragsandel", "arsunderlag", "last", "prisindex"] as const),
];

/** What only the page of the insats shows: no other page is made of it. */
const ofInsatsOnly = [
  ...(["leverabel", "mote", "moteantal", "narvaroantal", "bemanning", "enkat"] as const),
  ...(["malgruppskostnad", "malsamband", "scenario"] as const),
];

const without = (publik: Publik, tables: readonly PublicName[]): Publik => ({
  ...publik,
  ...Object.fromEntries(tables.map((name) => [name, []])),
});

/** Every page of the report, by what it is made of. */
const partsOf = (
  all: Publik,
  drawn: Pick<Drawn, "program" | "kommentarer" | "forms" | "fillForm"> & About,
): { readonly parts: readonly Part[]; readonly names: Names } => {
  const { program, kommentarer, forms, fillForm, ...about } = drawn;
  const publik = without(all, ofInsatsOnly);
  const names = namesOf(publik);
  const { exempel } = about;
  const ofInsats = publikByInsats(all);
  const korning = hashTables(about, publik).slice(0, 8);
  const rowsOfAll = hash("sha256", JSON.stringify([program, korning]));
  const insatsStops = publik.insats.map(({ insats_id: id, namn }): Stop => [insatsPath(id), namn]);
  const ofEach = without(ofInsats(""), elsewhere);
  const rowsOfEach = hash("sha256", JSON.stringify([program, about, insatsStops, ofEach]));
  const forbundStops = forbundWithPage(publik).map(({ forbund_id: id, namn }): Stop => [forbundPath(id), namn]);
  const ofAll = (path: string, make: Part["make"]): Part => ({ path, rows: rowsOfAll, own: publik, make });
  const parts: readonly Part[] = [
    ofAll("index.html", ({ charts, pages }) => {
      const oversikt = charts.chartOfAll(publik, names, exempel);
      return { page: pages.indexPage(publik, ofInsats, names, { ...about, korning }, oversikt), charts: { oversikt } };
    }),
    ofAll("underlag.html", ({ pages }) => ({ page: pages.underlagPage(publik, names), charts: {} })),
    ofAll("utsagekontroll.html", ({ pages }) => ({ page: pages.utsagekontrollPage(publik, names), charts: {} })),
    ofAll("jamforelse.html", ({ charts, pages }) => {
      const compared = charts.chartsOfComparison(publik, names, exempel);
      const trends = charts.chartsOfTrends(publik, exempel);
      const page = pages.jamforelsePage(publik, names, compared, trends);
      return { page, charts: [...compared.flatMap(({ chart, vidgad }) => [chart, vidgad]), ...trends] };
    }),
    ofAll("andringar.html", ({ pages }) => ({ page: pages.andringarPage(publik, names), charts: {} })),
    ofAll("definitioner.html", ({ pages }) => ({ page: pages.definitionerPage(publik), charts: {} })),
    ofAll("definitionsprov.html", ({ charts, pages }) => {
      const omslag = charts.chartOfProv(publik, names, exempel);
      return { page: pages.definitionsprovPage(publik, names, omslag), charts: { omslag } };
    }),
    ...publik.insats.map((insats): Part => {
      const { insats_id: id } = insats;
      const of = without(ofInsats(id), elsewhere);
      const tables = Object.entries(of).filter(([name, rows]) => rows !== ofEach[name as PublicName]);
      const own = forms?.get(id) ?? [];
      return {
        path: insatsPath(id),
        rows: hash("sha256", JSON.stringify([rowsOfEach, tables, own])),
        own: { ...of, insats: [insats], kalla: [] },
        make: ({ charts, pages }) => {
          const drawn = charts.chartsOfInsats(of, names, insats, exempel);
          const beside = pages.besideOf(insatsStops, insatsPath(id), ["index.html#insatser", "Alla insatser"]);
          const linked = own.map(({ name, form }): Stop => [formPath(id, name), form.formular]);
          return { page: { ...pages.insatsPage(of, names, insats, drawn), forms: linked }, charts: drawn, beside };
        },
        forms: own.map((form) => ({
          path: formPath(id, form.name),
          fill: async () => {
            const filled = await fillForm?.(form, of, names, insats, about);
            if (filled === undefined || filled.unplaced.length > 0)
              throw new PipelineError([`${form.docx?.file}: no place for ${filled?.unplaced.join(", ")}`]);
            return filled.bytes;
          },
        })),
      };
    }),
    ...forbundWithPage(publik).map((forbund): Part => {
      const { forbund_id: id } = forbund;
      const insatser = new Set(insatserOf(publik, id));
      const paper = { today: about.today, korning, kommentar: kommentarer?.get(id) };
      return {
        path: forbundPath(id),
        rows: JSON.stringify([rowsOfAll, paper]),
        own: {
          insats: publik.insats.filter(({ insats_id: insats }) => insatser.has(insats)),
          finansiering: publik.finansiering.filter(({ forbund_id: of }) => of === id),
          utsagekontroll: publik.utsagekontroll.filter(({ forbund_id: of }) => of === id),
        },
        make: ({ charts, pages }) => {
          const drawn = charts.chartsOfForbund(publik, names, id, exempel);
          const beside = pages.besideOf(forbundStops, forbundPath(id), ["index.html#forbund", "Alla förbund"]);
          return { page: pages.forbundPage(publik, ofInsats, names, forbund, drawn, paper), charts: drawn, beside };
        },
      };
    }),
  ];
  return { parts, names };
};

/**
 * One page of the report as it is made of `all`, whatever that holds.
 * @returns undefined where there is no such page
 */
export const pageText = async (all: Publik, path: string, about: About): Promise<string | undefined> => {
  const part = partsOf(all, { program: "", ...about }).parts.find((one) => one.path === path);
  if (part === undefined) return undefined;
  const by = await drawing();
  const { page, beside } = part.make(by);
  return by.pages.documentText(page, about, beside);
};

/**
 * Writes `folder/rapport` (pages and publicerat.json) and `folder/diagram` (every chart as SVG, and as PNG where asked for).
 * @returns what `Earlier.sidor` is next time; and what writes the documents that are not kept, which needs no database
 */
export const writeReport = async (
  db: Database,
  folder: string,
  { png: isPng, selects, earlier, ...drawn }: Drawn,
): Promise<{ readonly sidor: Earlier["sidor"]; writeDocuments(): Promise<void> }> => {
  const all = await readPublik(db, selects);
  const { parts, names } = partsOf(all, drawn);
  const write = (path: string, content: string | Uint8Array): void => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const writePng = async (path: string, svg: string): Promise<void> => {
    const isSame = earlier?.unchanged(`${path}.svg`)?.toString() === svg;
    const kept = isSame ? earlier?.unchanged(`${path}.png`) : undefined;
    if (kept || isPng) write(`${path}.png`, kept ?? (await (await import("./charts/png.ts")).png(svg)));
  };
  const described: string[] = [];
  const later: (() => Promise<void>)[] = [];
  const finish = async ({ path, rows, own, make, forms = [] }: Part): Promise<[string, Earlier["sidor"][string]]> => {
    const underlag = hash("sha256", `${path}\n${rows}`);
    const before = earlier?.sidor[path];
    const kept = before?.underlag === underlag ? before.filer.map((file) => earlier?.unchanged(file)) : [undefined];
    const pictures = new Map<string, string>();
    const made: string[] = [];
    if (before && kept.every((bytes) => bytes !== undefined)) {
      for (const [i, file] of before.filer.entries()) {
        write(file, kept[i] ?? "");
        if (file.endsWith(".svg")) pictures.set(file.slice(0, -".svg".length), String(kept[i]));
        else made.push(file);
      }
    } else {
      const by = await drawing();
      const { page, charts, beside } = make(by);
      write(join("rapport", path), by.pages.documentText(page, drawn, beside));
      made.push(`rapport/${path}`);
      const { foot = page.title, documents } = page;
      const kinds = by.pages.documentKinds(page);
      made.push(...kinds.map((kind) => `rapport/${by.pages.documentPath(path, kind)}`));
      // The page is read again then: a country's worth is never held at once.
      if (kinds.length > 0)
        later.push(async () => {
          const { documentsOf } = await import("./documents/all.ts");
          const text = readFileSync(join(folder, "rapport", path), "utf8");
          for (const [file, bytes] of await documentsOf({ path, foot, kinds, most: documents?.most }, text))
            write(join("rapport", file), bytes);
        });
      for (const { path: file, fill } of forms) {
        made.push(`rapport/${file}`);
        later.push(async () => write(join("rapport", file), await fill()));
      }
      for (const [name, drawn] of Object.values(charts).flat().filter(isChart).flatMap(by.charts.filesOf)) {
        const file = withFont(drawn);
        write(join("diagram", `${name}.svg`), file);
        pictures.set(`diagram/${name}`, file);
      }
    }
    for (const [picture, svg] of pictures)
      described.push(pictureLine(picture, svg, path, sourceOf(own, names), lastDay(own.insats ?? []) ?? ""));
    await Promise.all([...pictures].map(([picture, svg]) => writePng(picture, svg)));
    return [path, { underlag, filer: [...made, ...[...pictures.keys()].map((picture) => `${picture}.svg`)] }];
  };
  // While some pages' pictures are drawn the next pages are made; a country's worth is never held at once.
  const sidor: [string, Earlier["sidor"][string]][] = [];
  for (let from = 0; from < parts.length; from += together) {
    sidor.push(...(await Promise.all(parts.slice(from, from + together).map(finish))));
  }
  write("diagram/diagram.csv", `\ufefffil;titel;alt_text;sida;kalla;data_till\r\n${described.sort().join("")}`);
  const written = sidor.flatMap(([, { filer }]) =>
    filer.filter((file) => file.startsWith("rapport/")).map((file) => file.slice("rapport/".length)),
  );
  const { publiceratText } = await import("./publicerat.ts");
  write(join("rapport", "publicerat.json"), publiceratText(all, drawn, written, drawn.forms));
  const writeDocuments = async (): Promise<void> => {
    for (const one of later) await one();
  };
  return { sidor: Object.fromEntries(sidor), writeDocuments };
};
