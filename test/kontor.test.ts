/**
 * An invented office's folder, from `finsam init` and the handbook's edits to a report: each figure is compared with what
 * the rows in `kontor/truth.ts` give in plain TypeScript.
 */
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Finished, Folder, only, pick, type Row } from "./contract/delivery.ts";
import { temporaryFolder } from "./folders.ts";
import { applyEdits, readEdits } from "./kontor/edits.ts";
import {
  bemanning,
  budget,
  deltaganden,
  fragor,
  huvudbok,
  insatser,
  type Mote,
  moten,
  type Person,
  parter,
  svar,
  sysselsattning,
  timmar,
  today,
  volymer,
} from "./kontor/truth.ts";
import { draftedOffice } from "./shipped.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/leverera-data.md"), "utf8");
const edits = [...page.matchAll(/^```diff\n([\s\S]*?)^```/gm)].map(([, block = ""]) => readEdits(block));

/** Goals on what the handbook's do not measure: their figures are compared, not their verdicts. */
const goals = [
  "{ id: man-och-kvinnor, matt: deltaganden, per: ar, grupp: kon }",
  "{ id: nya, matt: nya_deltagare, per: ar, grupp: kon }",
  "{ id: avslut, matt: avslutade_deltagare, per: ar, grupp: kon }",
  "{ id: till-arbete, matt: andel_till_arbete_eller_studier, per: ar }",
  "{ id: samverkan, matt: antal_moten, parametrar: { motestyp: samverkan }, per: ar }",
  "{ id: styrgrupp, matt: antal_moten, parametrar: { motestyp: styrgrupp }, per: ar }",
  "{ id: timmar, matt: fakturerade_timmar, per: ar, grupp: part }",
  "{ id: arbetskrafter, matt: arsarbetskrafter, per: ar, grupp: part }",
  "{ id: svarande, matt: svarsfrekvens, per: hela }",
  ...["Mycket nöjd", "Missnöjd"].map(
    (word, i) =>
      `{ id: svar-${i}, matt: enkatandel, parametrar: { fraga: "${fragor.nojd}", svar: ${word} }, per: hela }`,
  ),
  ...["Möten", "Handledning", "Gemensam kartläggning"].map(
    (word, i) =>
      `{ id: hjalp-${i}, matt: enkatandel, parametrar: { fraga: "${fragor.hjalpt}", svar: ${word} }, per: hela }`,
  ),
].map((goal) => `  - ${goal.replace(" matt:", " text: Följs, matt:")}\n`);

const artal = [2023, 2024] as const;
const isIn = (ar: number, day: string | undefined): boolean => day?.startsWith(`${ar}`) === true;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

let d: Folder;
let drafted: Finished;
let ran: Finished;

/** A goal's figures in one window. */
const goalOf = (insats_id: string, mal_id: string, ar: number, gruppvarde = ""): Row => {
  const own = pick(d.rows("maluppfyllelse"), { insats_id, mal_id, fran: `${ar}-01-01` });
  return only(
    own.filter((row) => (row.gruppvarde ?? "") === gruppvarde),
    {},
  );
};

beforeAll(async () => {
  d = new Folder(temporaryFolder("kontor"));
  symlinkSync(join(root, "data"), d.path("data"));
  drafted = await draftedOffice(d.root);
  for (const one of edits) {
    const edited = applyEdits(readFileSync(d.path(one.file), "utf8"), one);
    writeFileSync(d.path(one.file), edited.replace(/^mal:\n/m, `mal:\n${goals.join("")}`));
  }
  ran = await d.cli(["run", "--pipelines", "utkast/kontor.yaml", "--today", today]);
}, 300_000);

describe("the office's folder", () => {
  test("holds at least ten workbooks and ledgers, made with a spreadsheet program and marked as invented", () => {
    const files = readdirSync(join(root, "data/exempel-kontor")).filter((name) => /\.(xlsx|csv)$/.test(name));
    expect(files.length).toBeGreaterThanOrEqual(10);
    const ledgers = files
      .filter((name) => name.endsWith(".csv"))
      .map((name) => readFileSync(join(root, "data/exempel-kontor", name)));
    // Windows-1252: Övrigt begins with the one byte D6.
    expect(ledgers.every((bytes) => bytes.includes(Buffer.from([0xd6, 0x76, 0x72])))).toBe(true);
  });
  test("takes a handful of edits, each an answer to what init asked", () => {
    expect(drafted.code).toBe(0);
    expect(edits.flatMap(({ hunks }) => hunks).length).toBeLessThanOrEqual(10);
    expect(Number(/answer (\d+) questions/.exec(drafted.stdout)?.[1])).toBeLessThanOrEqual(25);
  });
  test("is then read without a refused row, as the handbook shows that check says", () => {
    expect(ran.code).toBe(0);
    expect(page).toContain(" 0 refused; 0 errors");
    expect(ran.stdout).toMatch(/, 0 quarantined, /);
  });
  test("says what was read otherwise than it is written, and of nothing that it was left out when it was read", () => {
    const said = new Set(d.rows("datakvalitet").map(({ kod }) => kod));
    expect([...said].sort()).toEqual([
      ...["dubblett", "forbund_ifyllt", "kategori_utan_rubrik", "kompletterad", "okand_kolumn", "summa_sager_mer"],
      ...["text_overhoppad", "tomt_ord"],
    ]);
  });
});

describe("the participants, with those carried over from one year's sheet to the next", () => {
  const isThere = (ar: number, { start, slut }: Person): boolean =>
    start < `${ar + 1}` && (slut === undefined || slut >= `${ar}`);
  test.each(artal)("%i: as many women and men as were there, began and ended", (ar) => {
    for (const kon of ["kvinna", "man", "okant"] as const) {
      const own = deltaganden.filter((one) => one.kon === kon);
      const counted = (goal: string): unknown =>
        pick(d.rows("maluppfyllelse"), {
          insats_id: "vagknuten",
          mal_id: goal,
          fran: `${ar}-01-01`,
          gruppvarde: kon,
        })[0]?.taljare ?? 0;
      expect([kon, counted("man-och-kvinnor"), counted("nya"), counted("avslut")]).toEqual([
        kon,
        own.filter((one) => isThere(ar, one)).length,
        own.filter(({ start }) => isIn(ar, start)).length,
        own.filter(({ slut }) => isIn(ar, slut)).length,
      ]);
    }
    const there = deltaganden.filter((one) => isThere(ar, one)).map(({ nr }) => nr);
    expect(goalOf("vagknuten", "personer", ar).taljare).toBe(new Set(there).size);
  });
  test.each(artal)("%i: those who ended to work or studies, of those who ended", (ar) => {
    const ended = deltaganden.filter(({ slut }) => isIn(ar, slut));
    const found = goalOf("vagknuten", "till-arbete", ar);
    expect([found.taljare, found.namnare]).toEqual([
      ended.filter(({ efter }) => ["Arbete", "Studier", "Förvärvsarbete"].includes(efter ?? "")).length,
      ended.length,
    ]);
  });
  test("women, men and unknown in the whole insats", () => {
    const count = (kon: Person["kon"]): number => deltaganden.filter((one) => one.kon === kon).length;
    expect(only(d.rows("konsfordelning"), { insats_id: "vagknuten" })).toMatchObject({
      ...{ kvinnor: count("kvinna"), man: count("man"), okant: count("okant"), totalt: deltaganden.length },
    });
  });
});

describe("the möten", () => {
  test.each(artal)("%i: those that were held, and none that was cancelled or lies ahead", (ar) => {
    const held = (typ: Mote["typ"]): number =>
      moten.filter((one) => one.typ === typ && one.status === "hållet" && isIn(ar, one.datum)).length;
    expect([goalOf("vagknuten", "samverkan", ar).varde, goalOf("vagknuten", "styrgrupp", ar).varde]).toEqual([
      held("Samverkan"),
      held("Styrgrupp"),
    ]);
  });
  test.each(artal.flatMap((ar) => parter.map(({ id }) => ({ ar, id }))))(
    "$ar: $id was there at so many of those it was called to",
    ({ ar, id }) => {
      const said = moten.flatMap(({ datum, narvaro }) => (isIn(ar, datum) && narvaro[id] ? [narvaro[id]] : []));
      const called = said.filter((one) => one !== "ej kallad");
      const found = goalOf("vagknuten", "narvaro", ar, id);
      expect([found.taljare, found.namnare]).toEqual([
        called.filter((one) => one === "närvarande").length,
        called.length,
      ]);
    },
  );
});

describe("the ledger, in three exports that overlap", () => {
  const costs = huvudbok.filter(({ konto }) => konto !== "1930");
  const oreOf = (projekt: string, ar: number, post?: string): number =>
    sum(
      costs
        .filter((one) => one.projekt === projekt && isIn(ar, one.datum) && (post ?? one.text) === one.text)
        .map(({ ore }) => ore),
    );
  const each = artal.flatMap((ar) => insatser.map(({ id, projekt }) => ({ ar, id, projekt })));
  test.each(each)("$id $ar: its invoiced öre, each line once", ({ ar, id, projekt }) => {
    expect(goalOf(id, "kostnad", ar).taljare).toBe(oreOf(projekt, ar));
  });
  test.each(each)("$id $ar: each budget line and what it came to", ({ ar, id, projekt }) => {
    const found = pick(d.rows("budgetutfall"), { insats_id: id, ar }).map(
      ({ post, budget_ore: ore, utfall_ore: utfall, status }) => ({ post, ore, utfall, status }),
    );
    const right = budget
      .filter((one) => one.insats === id && one.ar === ar)
      .map(({ post, tkr }) => ({ post, ore: tkr * 100_000, utfall: oreOf(projekt, ar, post), status: "beviljad" }));
    expect(new Set(found)).toEqual(new Set(right));
  });
  test.each(each)("$id $ar: all is the one förbund's cost", ({ ar, id, projekt }) => {
    const found = only(d.rows("kostnadsandel_ar"), { insats_id: id, ar, dimension: "forbund" });
    expect([found.id, found.belopp_ore]).toEqual(["exempelbygden", oreOf(projekt, ar)]);
  });
});

describe("hours, staffing and survey", () => {
  test.each(artal)("%i: hours of each part, written h:mm in a sheet a month", (ar) => {
    for (const part of ["Region", "Kommunen"]) {
      const minutes = sum(
        timmar.filter((one) => one.part === part && isIn(ar, one.manad)).map(({ minuter }) => minuter),
      );
      expect(Number(goalOf("vagknuten", "timmar", ar, part).varde)).toBeCloseTo(minutes / 60, 9);
    }
  });
  test.each(artal)("%i: full-time years by days", (ar) => {
    const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    for (const { part, omfattning, fran, till } of bemanning) {
      const [from, to] = [fran > `${ar}-01-01` ? fran : `${ar}-01-01`, till < `${ar}-12-31` ? till : `${ar}-12-31`];
      const right = from > to ? 0 : (omfattning * days(from, to)) / days(`${ar}-01-01`, `${ar}-12-31`);
      const [found] = pick(d.rows("maluppfyllelse"), {
        mal_id: "arbetskrafter",
        gruppvarde: part,
        fran: `${ar}-01-01`,
      });
      expect(Number(found?.varde)).toBeCloseTo(right, 6);
    }
  });
  test("each answer's share of the answers, and answers of those asked", () => {
    const shareOf = (goal: string): unknown[] => {
      const { taljare, namnare } = goalOf("vagknuten", goal, 2023);
      return [taljare, namnare];
    };
    const answered = svar.filter(({ nojd }) => nojd !== undefined);
    for (const [goal, word] of [
      ["nojda", "Nöjd"],
      ["svar-0", "Mycket nöjd"],
      ["svar-1", "Missnöjd"],
    ] as const)
      expect([goal, ...shareOf(goal)]).toEqual([
        goal,
        answered.filter(({ nojd }) => nojd === word).length,
        answered.length,
      ]);
    const helped = svar.flatMap(({ hjalpt }) => hjalpt);
    // Of the question that takes one answer: a respondent may give several to the other.
    expect(shareOf("svarande")).toEqual([answered.length, 40]);
    for (const [i, word] of ["Möten", "Handledning", "Gemensam kartläggning"].entries())
      expect([word, ...shareOf(`hjalp-${i}`)]).toEqual([
        word,
        helped.filter((one) => one === word).length,
        helped.length,
      ]);
  });
});

describe("the insats that registers no persons", () => {
  test.each(artal)("%i: new women and men, from a sheet with months across", (ar) => {
    const own = volymer.filter(({ manad }) => isIn(ar, manad));
    const found = goalOf("steget-in", "nya", ar);
    expect(found.taljare).toBe(sum(own.map(({ kvinnor, man }) => kvinnor + man)));
    expect(goalOf("steget-in", "nya", ar, "kvinna").taljare).toBe(sum(own.map(({ kvinnor }) => kvinnor)));
  });
  test.each(artal)("%i: to work or studies, from a saved report with two header rows", (ar) => {
    const of = (words: readonly string[]): number =>
      sum(
        sysselsattning
          .filter(({ varde }) => words.includes(varde))
          .flatMap(({ antal }) => antal.filter((one) => one.ar === ar).map((one) => one.antal)),
      );
    const found = goalOf("steget-in", "till-arbete", ar);
    expect([found.taljare, found.namnare]).toEqual([
      of(["Förvärvsarbete", "Studier"]),
      of(["Förvärvsarbete", "Studier", "Arbetssökande", "Övrigt"]),
    ]);
  });
});
