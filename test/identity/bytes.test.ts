/** Every byte that runs leave on disk, and all that they say, is searched for every number that they were given. */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command } from "../command.ts";
import { type Cells, type Folder, folder, only, type Rows } from "../contract/delivery.ts";
import { styled, workbook } from "../corpus/workbook.ts";
import { dashed, findAnywhere, notations, person, short } from "./numbers.ts";

const key = "en-nyckel-som-ar-minst-32-tecken-lang";

/** One person for each place to hide in, so that what is found says where it came from. */
const p = {
  twelve: person("19600111", "123"),
  dashed: person("19610212", "130"),
  short: person("19620313", "147"),
  plus: person("19200414", "154"),
  tenInColumn: person("20010203", "238"),
  spaced: person("19630515", "161"),
  text: person("19640616", "178"),
  otherColumn: person("19650717", "185"),
  heading: person("19660818", "192"),
  title: person("19670919", "208"),
  comment: person("19681020", "215"),
  sheetName: person("19691121", "222"),
  fileName: person("19701222", "239"),
  folderName: person("19711223", "246"),
  workbookText: person("19720124", "253"),
  workbookNumber: person("19730225", "260"),
  formula: person("19740326", "277"),
  fullWidth: person("19750427", "284"),
  softHyphen: person("19760528", "291"),
  quoted: person("19770629", "307"),
  broken: person("19780730", "314"),
  noZero: person("20050607", "242"),
  coordination: person("19790868", "321"),
  month00: person("19800060", "338"),
  standardIn: person("19810811", "345"),
  argument: person("19820912", "352"),
  grouped: person("19841114", "376"),
  noted: person("19851215", "383"),
  starred: person("19860116", "390"),
  slipInText: `${person("19870217", "406").slice(0, 11)}${(Number(person("19870217", "406")[11]) + 1) % 10}`,
  slipRenamed: `${person("19960101", "499").slice(0, 11)}${(Number(person("19960101", "499")[11]) + 1) % 10}`,
  longHeading: person("19880318", "413"),
  asWho: person("19890419", "420"),
  renamed: person("19900520", "437"),
  format: person("19910621", "444"),
  quotedFormat: person("19920722", "451"),
  spacedText: person("19930823", "468"),
  iso: person("19940924", "475"),
  slash: person("19951025", "482"),
  wrongDigit: `${person("19831013", "369").slice(0, 11)}${(Number(person("19831013", "369")[11]) + 1) % 10}`,
};

const names = { group: "Grupperna", notes: "Noterna", heading: "Rubrikius", who: "Vemsson", unread: "Ingenstans" };
const hidden = { ...p, ...names };

const base: Record<string, Rows> = {
  "insats.csv": [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    ["i", "I", "2020-01-01", "2020-12-31"],
  ],
  "mote.csv": [
    ["insats_id", "mote_id", "datum", "motestyp"],
    ["i", 1, "2020-02-01", "samverkan"],
  ],
};
const deltagare = (...rows: Cells[]): Rows => [["insats_id", "personnummer", "startdatum", "kommun"], ...rows];
const texts = (...cells: string[]): Rows => [
  ["insats_id", "leverabel_id", "text", "status"],
  ...cells.map((cell, i) => ["i", `${cell.length}-${i}`, cell, "klar"]),
];
const wide = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
const book = (cell: string | number | { xml: string }, name = "Leverabel", more = {}): Buffer =>
  workbook({
    sheets: [
      {
        name,
        rows: [
          ["insats_id", "leverabel_id", "text", "status"],
          ["i", "x", cell, "klar"],
        ],
        ...more,
      },
    ],
  });

/** One number among thirty references, as its format shows it. */
const shaped = (number: number, format: string): Buffer =>
  workbook({
    sheets: [
      {
        name: "Leverabel",
        rows: [
          ["insats_id", "leverabel_id", "text", "status"],
          ...Array.from({ length: 30 }, (_, i) => [
            "i",
            `${format}${i}`,
            i === 7 ? styled(number, 1) : `Ref ${i}`,
            "klar",
          ]),
        ],
      },
    ],
    formats: [format],
  });

const files: Record<string, string | Buffer | Rows> = {
  ...base,
  "a/deltagare.csv": deltagare(
    ["i", p.twelve, "2020-01-01", "0180"],
    ["i", dashed(p.dashed), "2020-01-01", "0180"],
    ["i", short(p.short), "2020-01-01", "0180"],
    ["i", short(p.plus).replace("-", "+"), "2020-01-01", "0180"],
    ["i", short(p.spaced).replace("-", " "), "2020-01-01", "0180"],
    ["i", Number(p.noZero.slice(2)), "2020-01-01", "0180"],
    ["i", p.coordination, "2020-01-01", "0180"],
    ["i", dashed(p.month00), "2020-01-01", "0180"],
    ["i", p.wrongDigit, "2020-01-01", "0180"],
    ["i", wide(dashed(p.fullWidth)), "2020-01-01", "0180"],
  ),
  "b/leverabel.csv": texts(
    `Ring ${short(p.text)} om tid`,
    `Möte\u00a0med ${p.softHyphen.slice(0, 8)}\u00ad${p.softHyphen.slice(8)}`,
  ),
  "c/leverabel.csv": [
    ["insats_id", "leverabel_id", "text", "status", "Övrigt"],
    ["i", "c", "T", "klar", p.otherColumn],
  ],
  "d/leverabel.csv": [
    ["insats_id", "leverabel_id", "text", "status", dashed(p.heading)],
    ["i", "d", "T", "klar", "x"],
  ],
  "e/leverabel.csv": `Lista för ${short(p.title)}\n\ninsats_id;leverabel_id;text;status\ni;e;T;klar\n`,
  "f/leverabel.csv": [
    ["insats_id", "leverabel_id", "text", "status"],
    ...Array.from({ length: 8 }, (_, n): Cells => ["i", `f${n}`, p.tenInColumn.slice(2), "klar"]),
  ],
  "g/leverabel.csv": `insats_id;leverabel_id;text;status\ni;g;"${dashed(p.quoted)}";klar\n`,
  "h/leverabel.csv": `insats_id;leverabel_id;text;status\ni;"h;${dashed(p.broken)}\n`,
  [`j/${short(p.fileName)}.csv`]: texts("T"),
  [`${p.folderName}/leverabel.csv`]: texts("U"),
  "k/leverabel.xlsx": book(dashed(p.workbookText)),
  "l/leverabel.xlsx": book(Number(p.workbookNumber)),
  "m/leverabel.xlsx": book({ xml: `<c r="@" t="str"><f>"${dashed(p.formula)}"</f><v>T</v></c>` }),
  "n/leverabel.xlsx": book("T", dashed(p.sheetName)),
  "o/leverabel.xlsx": workbook({
    sheets: [
      {
        name: "Leverabel",
        rows: [
          ["insats_id", "leverabel_id", "text", "status"],
          ["i", "o", "T", "klar"],
        ],
      },
    ],
    more: [
      {
        name: "xl/comments1.xml",
        data: Buffer.from(
          `<comments><commentList><comment ref="A1"><text><t>${short(p.comment)}</t></text></comment></commentList></comments>`,
        ),
      },
    ],
  }),
  "q/deltagare.xlsx": workbook({
    sheets: [
      {
        name: "Deltagare",
        rows: [
          ["Deltagaren", null, null, "Insatsen", null],
          ["Personnummer", "Namn", "Kön", "Insats", "Startdatum"],
          [short(p.grouped).replace("-", " "), names.group, "K", "i", "2020-02-01"],
        ],
        after: '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="D1:E1"/></mergeCells>',
      },
    ],
  }),
  "r/deltagare.csv": deltagare(
    ["i", `${p.noted.slice(2)} ${names.notes} (samtycke finns)`, "2020-01-01", "0180"],
    ["i", `${p.starred.slice(2)}*`, "2020-01-01", "0180"],
    ["i", `${p.slipInText.slice(2)}/F`, "2020-01-01", "0180"],
  ),
  "s/deltagare.csv": [
    ["insats_id", "Deltagarens personnummer (10 siffror)", "Klientens namn", "startdatum"],
    ["i", p.longHeading.slice(2), names.heading, "2020-01-01"],
  ],
  "t/deltagare.csv": [
    ["insats_id", "Deltagare", "startdatum", "kon"],
    ["i", p.asWho.slice(2), "2020-01-01", "K"],
    ["i", "D-12", "2020-01-01", "K"],
  ],
  "nr/deltagare.csv": [
    ["insats_id", "Nr", "startdatum", "kon"],
    ["i", p.renamed.slice(2), "2020-01-01", "K"],
  ],
  "nr2/deltagare.csv": [
    ["insats_id", "Nr", "startdatum", "kon"],
    ["i", p.slipRenamed.slice(2), "2020-01-01", "K"],
  ],
  "u/deltagare.csv": [
    ["insats_id", "Deltagare", "Personnummer", "startdatum"],
    ["i", `Anna ${names.who}`, dashed(p.twelve), "2020-03-01"],
  ],
  "v/leverabel.csv": texts(
    `Ring ${short(p.spacedText).replace("-", " ")}`,
    `Möte ${p.iso.slice(0, 4)}-${p.iso.slice(4, 6)}-${p.iso.slice(6, 8)}-${p.iso.slice(8)}`,
    short(p.slash).replace("-", "/"),
  ),
  "x/lista.csv": [
    ["Förnamn", "Efternamn", "Ort"],
    ["Anna", names.unread, "Tierp"],
  ],
  "y/leverabel.xlsx": shaped(Number(p.format.slice(2)), "000000\\-0000"),
  "z/leverabel.xlsx": shaped(Number(p.quotedFormat.slice(2)), '[$-41D]000000"-"0000'),
};

const tolkning = [{ fil: "nr*/deltagare.csv", dataset: "deltagare", kolumner: { Nr: "personnummer" } }];
const sourceOnly = ["data"];
const program = join(import.meta.dirname, "../../src/start.js");

describe("every number that runs were given", () => {
  const refused = folder({
    files,
    pipelines: {
      "p.yaml": { insats: "i", tolkning, mal: [{ id: "m", matt: "leverabel_klar", per: "hela", villkor: ">= 1 %" }] },
    },
  });
  const kept = folder({
    files,
    pipelines: {
      "p.yaml": {
        insats: "i",
        tolkning,
        personuppgifter: "pseudonymisera",
        rattsligt_stod: "Samtycke",
        mal: [{ id: "unika", matt: "unika_deltagare", per: "hela", villkor: ">= 1" }],
      },
    },
  });
  const said: string[] = [];
  /** A run, as a process with its own home and temporary folder inside the folder that is searched. */
  const run = (d: Folder, killAfter?: number): Promise<number | null> =>
    new Promise((done) => {
      mkdirSync(d.path("tmp"), { recursive: true });
      const child = spawn(process.execPath, [program, "run", "--today", "2021-01-01"], {
        cwd: d.root,
        env: { PATH: process.env.PATH, HOME: d.path("tmp"), TMPDIR: d.path("tmp"), NO_COLOR: "1", FINSAM_KEY: key },
      });
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (text: Buffer) => said.push(text.toString()));
      const killer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
      child.on("close", (code) => {
        clearTimeout(killer);
        done(code);
      });
    });
  const codes: Record<string, number | null> = {};
  /** Any other command, in this process. */
  const type = async (d: Folder, args: readonly string[], input = ""): Promise<number | null> => {
    const env = { TMPDIR: d.path("tmp"), FINSAM_KEY: key };
    const { code, stdout, stderr } = await command(args, { cwd: d.root, env, input });
    said.push(stdout, stderr);
    return code;
  };

  beforeAll(async () => {
    for (const [name, d] of Object.entries({ refused, kept })) {
      codes[name] = await run(d);
      codes[`${name} reply`] = await type(d, ["reply"]);
      await type(d, ["show", "datakvalitet"]);
      await type(d, ["show", "leveranser", "--csv"]);
      for (const file of ["a/deltagare.csv", `j/${short(p.fileName)}.csv`, "n/leverabel.xlsx", "d/leverabel.csv"])
        await type(d, ["inspect", `data/${file}`, ...(file.startsWith("a") ? ["--json"] : [])]);
      codes[`${name} forget`] = await type(d, ["forget", "--today", "2021-01-01"], `${dashed(p.standardIn)}\n`);
    }
    const forms = [p.argument, dashed(p.argument), short(p.argument), p.argument.slice(2)];
    for (const form of [...forms, short(p.argument).replace("-", " ")])
      for (const args of [[form], ["forget", form], ["show", form], ["trace", form], ["run", "--today", form]])
        codes[args.join(" ").replace(form, "…")] = await type(refused, args);
  }, 240_000);
  afterAll(() => {
    for (const d of [refused, kept]) rmSync(d.path("tmp"), { recursive: true, force: true });
  });

  test("were looked for where they could be: what is not hidden is found", async () => {
    writeFileSync(refused.path("tmp", "facit.txt"), wide(dashed(p.argument)));
    expect(await findAnywhere(refused.root, { argument: p.argument }, sourceOnly)).toEqual(["argument: tmp/facit.txt"]);
    rmSync(refused.path("tmp", "facit.txt"));
  });
  test("the runs took in what they should, and refused the rest", () => {
    expect([codes.refused, codes.kept]).toEqual([1, 1]);
    const of = (d: Folder, fil: string): unknown => only(d.rows("leveranser"), { fil: `data/${fil}` }).lasta;
    expect(of(kept, "a/deltagare.csv")).toBe(9);
    expect(of(kept, "b/leverabel.csv")).toBe(2);
    for (const [folder, rows] of Object.entries({ r: 2, s: 1, t: 2, nr: 1, nr2: 0, u: 1 }))
      expect([folder, of(kept, `${folder}/deltagare.csv`)]).toEqual([folder, rows]);
    expect(of(kept, "q/deltagare.xlsx")).toBe(1);
    const passed = refused.rows("leveranser").filter(({ lasta }) => Number(lasta) > 0);
    expect(passed.map(({ fil }) => fil)).toEqual(["data/insats.csv", "data/mote.csv"]);
  });
  test("stand nowhere on disk where they are refused", async () => {
    expect(await findAnywhere(refused.root, hidden, sourceOnly)).toEqual([]);
  });
  test("nor where they are pseudonymised", async () => {
    expect(await findAnywhere(kept.root, hidden, sourceOnly)).toEqual([]);
  });
  test("nor in anything that was said", () => {
    const all = said.join("\n");
    expect(Object.values(names).filter((name) => all.includes(name))).toEqual([]);
    const heard = Object.entries(p).filter(([, number]) => notations(number).some((text) => all.includes(text)));
    expect(heard.map(([name]) => name)).toEqual([]);
  });
  test("nor does the key stand on disk, or in anything that was said", async () => {
    expect(await findAnywhere(kept.root, { key }, sourceOnly)).toEqual([]);
    expect(said.join("\n")).not.toContain(key);
  });
  test("nor in what a killed run leaves behind", async () => {
    for (const d of [refused, kept]) rmSync(d.path("out"), { recursive: true });
    for (const [i, after] of [400, 700, 1000, 1300, 1600].entries()) {
      const d = i % 2 === 0 ? kept : refused;
      await run(d, after);
      expect(await findAnywhere(d.root, hidden, sourceOnly, false)).toEqual([]);
    }
  }, 120_000);
});
