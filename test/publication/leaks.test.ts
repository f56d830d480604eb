/** A curious reader of one register: every sum of shown figures is tried against who they count, counted here by hand. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { resultsIn } from "../../src/output/swap.ts";
import { type Cells, deliver, type Folder, type Goal } from "../contract/delivery.ts";
import { docxText, xlsxText } from "../report/archive.ts";

type Person = readonly [
  id: string,
  kon: string,
  kommun: string,
  start: string,
  end: string | null,
  after: string | null,
];

/**
 * 26 entries of 25 persons: one came twice. 22 have ended: 9 in 2023, 13 in 2024, and of 2 of them nobody knows what came after.
 * The six men of 2023 who ended all went without work. Two live in B, one in C.
 */
const people: readonly Person[] = [
  ...Array.from(
    { length: 6 },
    (_, i): Person => [`a${i}`, "M", "A", "2023-01-10", `2023-0${i + 2}-15`, "arbetssökande"],
  ),
  ...["b0", "b1"].map((id): Person => [id, "K", "B", "2023-02-01", "2023-11-20", "förvärvsarbete"]),
  ["c0", "K", "C", "2023-03-01", "2023-12-01", "förvärvsarbete"],
  ["c0", "K", "A", "2024-02-01", "2024-08-01", "arbetssökande"],
  ...Array.from(
    { length: 5 },
    (_, i): Person => [`d${i}`, "K", "A", "2023-09-01", `2024-0${i + 2}-10`, "förvärvsarbete"],
  ),
  ...Array.from(
    { length: 5 },
    (_, i): Person => [`e${i}`, "M", "A", `2024-0${i + 1}-15`, "2024-10-10", "arbetssökande"],
  ),
  ["f0", "M", "A", "2024-03-01", "2024-11-01", null],
  ["f1", "K", "A", "2024-03-01", "2024-12-01", null],
  ...Array.from({ length: 4 }, (_, i): Person => [`g${i}`, i < 2 ? "K" : "M", "A", "2024-06-01", null, null]),
];

const goal = (matt: string, per: string, more: Partial<Goal> = {}): Goal => ({
  id: [matt, per, more.grupp ?? ""].join("-"),
  matt,
  per,
  villkor: ">= 4",
  ...more,
});
const counts = ["deltaganden", "unika_deltagare", "nya_deltagare", "avslutade_deltagare"];

/** A register of these persons, with goals, costs and claims on them. */
const deliverRegister = (persons: readonly Person[]): Promise<Folder> => {
  const claim = (id: string, matt: string, formel: string, varde: string | null): Cells => [
    ...["i", id, `Antal deltagare ${id}`, matt, formel, varde, "r.pdf", "1"],
  ];
  return deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
        ["i", "I", "2023-01-01", "2024-12-31", "f"],
      ],
      "kalla.csv": [
        ["dokument", "titel"],
        ["r.pdf", "R"],
      ],
      "deltagare.csv": [
        [
          "insats_id",
          "deltagar_id",
          "kon",
          "kommun",
          "startdatum",
          "slutdatum",
          "sysselsattning_start",
          "sysselsattning_slut",
        ],
        ...persons.map(
          ([id, kon, kommun, start, end, after]): Cells => ["i", id, kon, kommun, start, end, "arbetssökande", after],
        ),
      ],
      "faktura.csv": [
        ["insats_id", "fakturanr", "forbund_id", "fran", "till", "belopp"],
        ["i", "1", "f", "2023-01-01", "2023-12-31", "36500"],
        ["i", "2", "f", "2024-01-01", "2024-12-31", "36600"],
      ],
      "utsaga.csv": [
        ["insats_id", "utsaga_id", "text", "matt", "formel", "varde", "dokument", "avsnitt"],
        claim("avslutade", "avslutade_deltagare", "", "22"),
        claim("deltaganden", "deltaganden", "", "26"),
        claim("unika", "unika_deltagare", "", "25"),
        claim("arbete", "andel_till_arbete_eller_studier", "", "40 %"),
        claim(
          "del",
          "",
          "[maluppfyllelse/i/avslutade_deltagare-ar-///2023-01-01] / [maluppfyllelse/i/deltaganden-hela-///2023-01-01]",
          null,
        ),
        claim(
          "personkronor",
          "",
          "[enhetskostnad/i/deltagande/2023] * [maluppfyllelse/i/unika_deltagare-ar-///2023-01-01]",
          null,
        ),
        claim(
          "skillnad",
          "",
          "[maluppfyllelse/i/deltaganden-hela-///2023-01-01] / [maluppfyllelse/i/unika_deltagare-hela-///2023-01-01]",
          null,
        ),
        claim("trygg", "", "[maluppfyllelse/i/unika_deltagare-hela-///2023-01-01] / [alla]", null),
        claim(
          "igen",
          "",
          "[maluppfyllelse/i/unika_deltagare-hela-///2023-01-01] + [maluppfyllelse/i/unika_deltagare-hela-///2023-01-01]",
          "50",
        ),
        claim("alla", "", "", "100"),
      ],
    },
    pipelines: {
      "i.yaml": {
        insats: "i",
        mal: [
          ...counts.flatMap((matt) => ["hela", "ar", "termin", "tertial", "kvartal"].map((per) => goal(matt, per))),
          ...counts.flatMap((matt) => (["kon", "kommun"] as const).map((grupp) => goal(matt, "hela", { grupp }))),
          goal("avslutade_deltagare", "ar", { grupp: "kon" }),
          goal("andel_till_arbete_eller_studier", "hela", { villkor: ">= 40 %" }),
          goal("andel_till_arbete_eller_studier", "ar", { villkor: ">= 40 %", grupp: "kon" }),
          goal("inskrivningstid", "ar", { villkor: "<= 300" }),
          goal("kostnad_per_deltagare", "ar", { villkor: "<= 3000 kr" }),
          {
            id: "kvot",
            matt: "formel",
            villkor: ">= 10 %",
            parametrar: {
              formel:
                "[maluppfyllelse/i/avslutade_deltagare-ar-///2024-01-01] / [maluppfyllelse/i/deltaganden-hela-///2023-01-01]",
            },
          },
        ],
      },
    },
  });
};

let d: Folder;
beforeAll(async () => {
  d = await deliverRegister(people);
}, 120_000);

interface Shown {
  readonly row: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly value: number;
}

const shown = (): Shown[] => {
  const { tables } = JSON.parse(readFileSync(d.path("out", "rapport", "publicerat.json"), "utf8")) as {
    tables: { resultat: string[]; dims: string[]; cells: { keys: Record<string, string>; value: number | null }[] }[];
  };
  return tables.flatMap(({ resultat, dims, cells }) =>
    (dims.includes("figur") ? [] : cells).flatMap(({ keys, value }, i) =>
      value === null ? [] : [{ row: resultat[Math.floor((i * resultat.length) / cells.length)] ?? "", keys, value }],
    ),
  );
};

/** How often each of the entries is counted in what a cell shows. */
const countedIn = (
  { row, keys }: Shown,
  days: (row: string) => readonly [fran: string, till: string],
): number[] | undefined => {
  const [result, , id = "", grupp = "", varde = ""] = row.split("/");
  const [fran, till] = days(row);
  const matt = result === "maluppfyllelse" ? (id.split("-")[0] ?? "") : "";
  const seen = new Set<string>();
  return people.map(([person, kon, kommun, start, end, after]) => {
    const isOwn = grupp === "" || (grupp === "kon" ? { K: "kvinna", M: "man" }[kon] : kommun) === varde;
    const isEnded = end !== null && end >= fran && end <= till;
    const touches = start <= till && (end ?? "9999") >= fran;
    const isKnown = isEnded && after !== null;
    const isIn =
      matt === "deltaganden"
        ? touches
        : matt === "unika_deltagare" || matt === "kostnad_per_deltagare"
          ? touches && !seen.has(person)
          : matt === "nya_deltagare"
            ? start >= fran && start <= till
            : matt === "avslutade_deltagare" || matt === "inskrivningstid"
              ? isEnded
              : keys.utfall === "raknas"
                ? isKnown && after === "förvärvsarbete"
                : keys.utfall === "ovriga"
                  ? isKnown && after !== "förvärvsarbete"
                  : isKnown;
    if (isOwn && isIn) seen.add(person);
    return isOwn && isIn ? 1 : 0;
  });
};

describe("what is shown of a register", () => {
  test("gives no 1–4 by itself, nor less one or two others", () => {
    const windows = new Map(
      d.rows("maluppfyllelse").map((row) => [String(row.resultat_id), [String(row.fran), String(row.till)] as const]),
    );
    const figures = shown().filter(({ row }) => row.startsWith("maluppfyllelse/"));
    expect(figures.length).toBeGreaterThan(12);
    const sets = figures.flatMap((one) => {
      const times = countedIn(one, (row) => windows.get(row) ?? ["", ""]);
      return times ? [{ ...one, times }] : [];
    });
    for (const { row, keys, value, times } of sets)
      expect([row, keys, times.reduce((sum, n) => sum + n, 0)]).toEqual([row, keys, value]);
    const isFew = (times: readonly number[]): boolean => {
      const sum = times.reduce((total, n) => total + n, 0);
      return times.every((n) => n >= 0) && sum > 0 && sum < 5;
    };
    const leaks: string[] = [];
    const less = (a: readonly number[], b: readonly number[]): number[] => a.map((n, i) => n - (b[i] ?? 0));
    for (const a of sets) {
      if (isFew(a.times)) leaks.push(a.row);
      for (const b of sets) {
        const rest = less(a.times, b.times);
        if (isFew(rest)) leaks.push(`${a.row} − ${b.row}`);
        for (const c of sets) if (isFew(less(rest, c.times))) leaks.push(`${a.row} − ${b.row} − ${c.row}`);
      }
    }
    expect(leaks).toEqual([]);
  });
  const shownAt = (row: string, utfall?: string): number | undefined =>
    shown().find((one) => one.row === row && one.keys.utfall === utfall)?.value;
  const both = (...rows: readonly (readonly [row: string, utfall?: string])[]): boolean =>
    rows.every(([row, utfall]) => shownAt(row, utfall) !== undefined);
  test("entries and persons are not both there: one came twice", () => {
    expect(
      both(
        ["maluppfyllelse/i/deltaganden-hela-///2023-01-01"],
        ["maluppfyllelse/i/unika_deltagare-hela-///2023-01-01"],
      ),
    ).toBe(false);
  });
  test("those that ended and those of whom it is known what came after are not both there", () => {
    expect(
      both(
        ["maluppfyllelse/i/avslutade_deltagare-hela-///2023-01-01"],
        ["maluppfyllelse/i/andel_till_arbete_eller_studier-hela-///2023-01-01", "Totalt"],
      ),
    ).toBe(false);
  });
  test.each([
    ["deltagande", "deltaganden"],
    ["avslutad", "avslutade_deltagare"],
  ])("no cost per %s gives the number that a goal hides", (per, matt) => {
    const cost = shown().filter(({ row }) => row.startsWith(`enhetskostnad/i/${per}/`));
    const goals = shown().filter(({ row }) => row.startsWith(`maluppfyllelse/i/${matt}-`));
    expect(goals.length).toBeGreaterThan(0);
    for (const { value } of cost) expect(goals.map((one) => one.value)).toContain(value);
  });
  test("what a value on the comparison page rests on is hidden where the goal that it is of is", async () => {
    const db = await resultsIn(d.path("out"));
    const rows = await db
      .rows<{ matt: string; n: number | null; ar_dold: boolean; ar_malet_dolt: boolean }>(`
        select modell.matt, cast(modell.n as double) as n, modell.ar_dold, bool_and(rad.ar_dold) as ar_malet_dolt
        from publik.modelljamforelse as modell inner join results.maluppfyllelse as facit
          on facit.matt = modell.matt and facit.grupp = '' and facit.fran = modell.fran and facit.till = modell.till
        inner join publik.maluppfyllelse as rad on rad.resultat_id = facit.resultat_id
        group by all order by modell.matt`)
      .finally(() => db.close());
    expect(new Set(rows.map(({ ar_dold: isHidden }) => isHidden))).toEqual(new Set([true, false]));
    const isSilent = ({ n, ar_dold: isHidden }: (typeof rows)[number]): boolean => isHidden && n === null;
    expect(rows.filter((row) => row.ar_malet_dolt && !isSilent(row))).toEqual([]);
  });
  test("a claim that a measure is tried against is hidden where the measure's own figure is", async () => {
    const db = await resultsIn(d.path("out"));
    const claims = await db
      .rows<{ id: string; skrivet: string; beraknat: string | null }>(
        "select utsaga_id as id, skrivet, beraknat_varde as beraknat from publik.utsagekontroll where formel is null and matt is not null order by id",
      )
      .finally(() => db.close());
    const goalOf: Readonly<Record<string, string>> = {
      arbete: "andel_till_arbete_eller_studier",
      avslutade: "avslutade_deltagare",
      deltaganden: "deltaganden",
      unika: "unika_deltagare",
    };
    const own = claims.filter(({ id }) => goalOf[id] !== undefined);
    expect(own.map(({ id }) => id)).toEqual(Object.keys(goalOf));
    const isOpen = (matt = ""): boolean => shown().some(({ row }) => row.startsWith(`maluppfyllelse/i/${matt}-hela-/`));
    expect(own.map(({ skrivet, beraknat }) => [skrivet === "..", beraknat === ".."])).toEqual(
      own.map(({ id }) => (isOpen(goalOf[id]) ? [false, false] : [true, true])),
    );
    expect(new Set(own.map(({ skrivet }) => skrivet === ".."))).toEqual(new Set([true, false]));
  });
  test("six of six men without work are not said to be", () => {
    expect(
      shownAt("maluppfyllelse/i/andel_till_arbete_eller_studier-ar-kon/kon/man/2023-01-01", "Totalt"),
    ).toBeUndefined();
  });
  test("a formula shows what it comes to where all that it counts may stand there, and else nothing", async () => {
    const db = await resultsIn(d.path("out"));
    const claims = await db.rows<{ id: string; varde: string | null }>(
      "select utsaga_id as id, beraknat_varde as varde from publik.utsagekontroll where formel is not null",
    );
    const goals = await db
      .rows<{ varde: number | null }>("select varde from publik.maluppfyllelse where matt = 'formel'")
      .finally(() => db.close());
    const shownBy = new Map(claims.map(({ id, varde }) => [id, varde]));
    // 9 of 26, both shown; 36 500 kr by 14 persons, times the 14.
    expect(Number(shownBy.get("del"))).toBeCloseTo(9 / 26, 12);
    expect(shownBy.get("personkronor")).toBe("36500");
    // 26 entries of 25 persons, twice the 25, the 25 of a stated 100, and 13 of 26 who ended in 2024.
    expect(["skillnad", "igen", "trygg"].map((id) => shownBy.get(id))).toEqual(["..", "..", ".."]);
    expect(goals).toEqual([{ varde: null }]);
    const page = readFileSync(d.path("out", "rapport", "utsagekontroll.html"), "utf8").replace(
      /<style>.*?<\/style>/s,
      "",
    );
    expect(page).toMatch(/34,6|0,346/);
    expect(page).not.toMatch(/1,04\b|104 %/);
  });
  test("a count of 1–4 has no verdict: at least four of them is four", async () => {
    const few = d
      .rows("maluppfyllelse")
      .filter(({ taljare, matt }) => counts.includes(String(matt)) && Number(taljare) > 0 && Number(taljare) < 5);
    expect(few.length).toBeGreaterThan(10);
    const db = await resultsIn(d.path("out"));
    const visible = await db
      .rows<{ resultat_id: string }>("select resultat_id from publik.maluppfyllelse where status <> 'dolt'")
      .finally(() => db.close());
    const ids = visible.map(({ resultat_id: id }) => id);
    expect(few.filter(({ resultat_id: id }) => ids.includes(String(id)))).toEqual([]);
  });
});

test("another register that gives the same published counts gives the same report, in every file to the letter", async () => {
  // One moved from B to C, and two who ended in one year, of whom it is not known what came after, changed kön.
  const others = people.map(
    ([id, kon, kommun, ...rest]): Person => [
      ...([id, { f0: "K", f1: "M" }[id] ?? kon, id === "b1" ? "C" : kommun] as const),
      ...rest,
    ],
  );
  const other = await deliverRegister(others);
  const filesOf = (folder: Folder): Map<string, string> =>
    new Map(
      ["rapport", "diagram"].flatMap((part) =>
        [...folder.bytes(`out/${part}`)].map(([path, content]) => {
          const file = folder.path(path);
          // What is packed is read; a PDF has the words of the document beside it.
          const said = /\.docx$/.test(path)
            ? docxText(file)
            : /\.xlsx$/.test(path)
              ? xlsxText(file)
              : content.toString("latin1");
          // What a run and a file are known by.
          return [path, /\.pdf$/.test(path) ? "" : said.replace(/[0-9a-f]{64}|(?<=rning )[0-9a-f]{8}/g, "")];
        }),
      ),
    );
  const [one, two] = [filesOf(d), filesOf(other)];
  expect([...one.keys()]).toContain("out/rapport/insats/i.html");
  expect([...two.keys()]).toEqual([...one.keys()]);
  expect([...one].filter(([path, content]) => two.get(path) !== content).map(([path]) => path)).toEqual([]);
  const verdicts = (folder: Folder): unknown[] => folder.rows("maluppfyllelse").map(({ taljare }) => taljare);
  expect(verdicts(other)).not.toEqual(verdicts(d));
}, 120_000);

test("möten per individ are shown where nobody or at least five came back, not where two did", async () => {
  const returning = { ingen: 0, tva: 2, sex: 6 };
  const ids = Object.keys(returning);
  const own = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
        ...ids.map((id): Cells => [id, id, "2024-01-01", "2024-12-31", "f"]),
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ...ids.flatMap((id): Cells[] => [1, 2].map((nr) => [id, `m${nr}`, `2024-0${nr}-10`, "samverkan"])),
      ],
      "arende.csv": [
        ["insats_id", "mote_id", "deltagar_id"],
        ...Object.entries(returning).flatMap(([id, again]): Cells[] => [
          ...Array.from({ length: 10 }, (_, i): Cells => [id, "m1", `p${i}`]),
          ...Array.from({ length: again }, (_, i): Cells => [id, "m2", `p${i}`]),
        ]),
      ],
    },
    pipelines: {
      "i.yaml": { insats: ids, mal: [{ id: "mal", matt: "moten_per_individ", per: "hela", villkor: ">= 1,5" }] },
    },
  });
  const db = await resultsIn(own.path("out"));
  const seen = await db
    .rows<{ insats_id: string; varde: number | null; status: string }>(
      "select insats_id, varde, status from publik.maluppfyllelse order by insats_id",
    )
    .finally(() => db.close());
  expect(seen.map(({ insats_id: id, varde, status }) => [id, varde, status])).toEqual([
    ["ingen", 1, "ej_uppnatt"],
    ["sex", 1.6, "uppnatt"],
    ["tva", null, "dolt"],
  ]);
}, 120_000);
