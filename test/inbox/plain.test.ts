/** A plain text that the database splits gives what the careful reader gives, and what is not plain is read with care. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generera } from "../../bench/generera.ts";
import type { Database } from "../../src/db/open.ts";
import { openArchive } from "../../src/inbox/archive.ts";
import { ingest } from "../../src/inbox/ingest.ts";
import { keepPlain, keptHead } from "../../src/inbox/plain.ts";
import { parsePipeline } from "../../src/schema/pipeline.ts";
import { emptyRooms, furnished } from "../database.ts";
import { temporaryFolder } from "../folders.ts";

let db: Database;
beforeAll(async () => {
  db = await furnished();
});
afterAll(() => db.close());

const filled = ["inbox.tabell", "inbox.rad", "inbox.summa", "inbox.utlagg", "checks.fynd"];

/** What a folder of deliveries puts into the inbox, and how many of its files were kept as text. */
const takeIn = async (folder: string, plainFrom: number): Promise<{ rows: string[]; texts: number }> => {
  await emptyRooms(db);
  const work = temporaryFolder("arkiv");
  const archive = openArchive(join(work, "inget"), work);
  const pipeline = parsePipeline(join(folder, "p.yaml"), 'insats: "*"\nkallor: [data]\n');
  await ingest(db, archive, [pipeline], { today: "2026-11-22", plainFrom });
  const rows: string[] = [];
  for (const table of filled) {
    const found = await db.rows<{ text: string }>(`select cast(to_json(hel) as varchar) as text from ${table} as hel`);
    rows.push(table, ...found.map(({ text }) => text));
  }
  return { rows, texts: readdirSync(work).filter((name) => name.endsWith(".csv.gz")).length };
};

/** Takes a folder in both ways. @returns how many files were kept as text */
const compareBoth = async (folder: string): Promise<number> => {
  const careful = await takeIn(folder, Number.POSITIVE_INFINITY);
  const both = await takeIn(folder, 0);
  expect(careful.texts).toBe(0);
  expect(both.rows).toEqual(careful.rows);
  return both.texts;
};

const folderOf = (files: ReadonlyMap<string, string>): string => {
  const folder = temporaryFolder("klartext");
  mkdirSync(join(folder, "data"));
  for (const [name, text] of files) writeFileSync(join(folder, "data", name), text);
  return folder;
};

test("of the corpus", async () => {
  const corpus = join(import.meta.dirname, "../corpus/files");
  const folder = folderOf(new Map());
  for (const name of readdirSync(corpus).filter((one) => /\.(csv|tsv|txt)$/.test(one)))
    copyFileSync(join(corpus, name), join(folder, "data", name));
  expect(await compareBoth(folder)).toBeGreaterThan(3);
}, 60_000);

test("of a generated country, clean and dirty", async () => {
  for (const dirt of [false, true]) {
    const folder = temporaryFolder("land");
    await generera(folder, { scale: 0.001, seed: 3, insatser: 22, dirt });
    expect(await compareBoth(folder)).toBe(11);
  }
}, 120_000);

/** Cells that are not what they seem, among those that are. */
const cell = fc.oneof(
  {
    arbitrary: fc.constantFrom("a", "2023-01-01", "12,50", "1 234", "1\u00a0234,50", "Åsa", "café", "", "x y"),
    weight: 40,
  },
  {
    arbitrary: fc.constantFrom(
      ...[
        "Summa",
        "summa 2023",
        "Totalt",
        "varav kvinnor",
        "alla",
        "Källa: x",
        "anm. y",
        "*not",
        "Notera",
        "KÄLLOR",
        " ",
      ],
      ...["19811228-9874", "8112289874", "811228 9874", "1,98112289874E+11", "12 345 678,90", "123456789", "1234567"],
      ...[
        "Ã¥",
        "a\u0301",
        "#N/A",
        "#VÄRDEFEL!",
        "a\u00adb",
        "a\u200bb",
        '"a"',
        'a"b',
        "â€“",
        "–",
        "\ufffd",
        "\u00a0",
        "\t",
      ],
      ...["Anna Andersson", "insats_id", "makulerad", "a;b", "1E5", "²", "¼", "١٢٣"],
    ),
    weight: 3,
  },
);
const headings = [
  "insats_id;faktura_id;forbund_id;fran;till;belopp",
  "insats_id;mote_id;datum;motestyp",
  "insats_id;deltagar_id;kon;startdatum",
  "Insats;Deltagare;Kommentar",
  "insats_id;faktura_id;forbund_id;fran;till;belopp;kredit",
  "Namn;Personnummer;Antal",
  "insats_id;post;ar;;belopp",
  "insats_id;faktura_id;forbund_id;fran;till;belopp;Status",
];
const text = fc
  .record({
    heading: fc.constantFrom(...headings),
    rows: fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 8 }),
    odd: fc.constantFrom("", "", "", "kort", "lang", "tom", "bara avgransare", "rubrik igen"),
    newline: fc.constantFrom("\n", "\n", "\r\n", "\r"),
    start: fc.constantFrom("", "", "\ufeff", "sep=;\n"),
    isEnded: fc.boolean(),
  })
  .map(({ heading, rows, odd, newline, start, isEnded }) => {
    const width = heading.split(";").length;
    const lines = rows.map((cells, i) => [`i${i}`, ...cells].slice(0, width).join(";"));
    const extra: Readonly<Record<string, string>> = {
      ...{ kort: "i;a", lang: `${";x".repeat(width)};y`, tom: "", "bara avgransare": ";".repeat(width - 1) },
      "rubrik igen": heading,
    };
    const own = extra[odd];
    if (own !== undefined) lines.splice(Math.ceil(lines.length / 2), 0, own);
    return start + [heading, ...lines].join(newline) + (isEnded ? newline : "");
  });

test("of texts with all that makes a text other than plain", async () => {
  let texts = 0;
  for (const seed of [1, 2, 3]) {
    const files = fc.sample(text, { numRuns: 120, seed }).map((one, i) => [`fil-${i}.csv`, one] as const);
    texts += await compareBoth(folderOf(new Map(files)));
  }
  expect(texts).toBeGreaterThan(20);
}, 120_000);

test("a line that crosses from one piece of the file to the next is one line", async () => {
  const line = `i;${"å".repeat(40)};2023-01-01;samverkan\n`;
  const bytes = Buffer.from(`insats_id;mote_id;datum;motestyp\n${line.repeat(30_000)}`);
  const folder = temporaryFolder("klartext");
  const [path, to] = [join(folder, "mote.csv"), join(folder, "kept.gz")];
  writeFileSync(path, bytes);
  const looked = await keepPlain(path, createHash("sha256").update(bytes).digest("hex"), to);
  expect(looked).toMatchObject({
    records: 30_001,
    fewest: 4,
    filled: [30_000, 30_000, 30_000, 30_000],
    digits: [0, 0, 8, 0],
    isSpaced: [false, false, false, false],
  });
  expect(keptHead(to)).toEqual(looked?.head);
  expect(gunzipSync(readFileSync(to))).toEqual(bytes);
  expect(await keepPlain(path, "another hash", to)).toBeUndefined();
}, 20_000);

test("a text that is written anew, without a person, is taken away", async () => {
  const [folder, work, next] = [temporaryFolder("arkiv"), temporaryFolder("arkiv"), temporaryFolder("arkiv")];
  const path = join(folder, "mote.txt");
  writeFileSync(path, "insats_id;mote_id;datum;motestyp\ni;1;2023-01-01;samverkan\n");
  const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
  const shown = { rader: 2, fyllda: [1, 1, 1, 1], minst: 4 };
  const first = openArchive(folder, work);
  await keepPlain(path, sha256, first.textPlace(sha256) ?? "");
  first.keepText(sha256, shown);
  first.commit();
  const then = openArchive(work, next);
  expect(then.textOf(sha256)).toEqual({ path: join(work, `${sha256}.csv.gz`), ...shown });
  const [tabell] = then.read(sha256);
  expect(tabell?.poster[1]?.celler).toEqual(["i", "1", "2023-01-01", "samverkan"]);
  expect(then.dropped()).toEqual([]);
  then.write(sha256, tabell ? [{ ...tabell, poster: tabell.poster.slice(0, 1) }] : []);
  expect(then.dropped()).toEqual([`${sha256}.csv.gz`]);
  expect(then.textOf(sha256)).toBeUndefined();
});
