/**
 * The tables of participants, made a second time: the example's CSV rows, one person at a time in plain TypeScript. What the rows
 * give is then delivered as totals of another insats, which must have the same tables.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { open } from "../src/db/open.ts";
import { deriveLineage } from "../src/lineage.ts";
import { tabeller } from "../src/schema/tabeller.ts";
import { participantTables } from "../src/tables.ts";
import { type Cells, columns, deliver, only, pick, type Row, type Rows } from "./contract/delivery.ts";
import { shippedRun, today } from "./shipped.ts";

type Person = Readonly<Record<string, string>>;

const personsOf = (insats: string): Person[] => {
  const path = join(import.meta.dirname, "..", "data", "exempel", insats, "deltagare.csv");
  const [head = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines
    .map((line) => Object.fromEntries(line.split(";").map((cell, i) => [head.split(";")[i] ?? "", cell])))
    .filter(({ avslutsorsak, startdatum = "" }) => avslutsorsak !== "felregistrering" && startdatum <= today);
};

const folded = (cell = ""): string[] =>
  cell
    .split("+")
    .map((word) =>
      word
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .trim()
        .replace(/[^a-z0-9]+/g, "_"),
    )
    .filter((word) => word !== "");
const written = (cell = ""): string[] => (cell === "" ? [] : [cell]);

const kolumnOf = ({ kon = "" }: Person): "kvinnor" | "man" | "okant" =>
  ["K", "kvinna"].includes(kon) ? "kvinnor" : ["M", "man"].includes(kon) ? "man" : "okant";
const endOf = ({ slutdatum = "" }: Person): string => (slutdatum === "" ? "9999-12-31" : slutdatum);
const daysOf = (one: Person): number => (Date.parse(endOf(one)) - Date.parse(one.startdatum ?? "")) / 86_400_000;
const band = (n: number, bands: readonly (readonly [number, string])[]): string =>
  bands.findLast(([from]) => from <= n)?.[1] ?? "";

const inWork = ["forvarvsarbete", "subventionerat_arbete", "studier", "arbete_och_studier"];
const worksOf = (cell = ""): boolean | undefined =>
  cell === "" ? undefined : folded(cell).some((word) => inWork.includes(word));
const yesNo = (value: boolean | undefined): string[] => (value === undefined ? [] : [value ? "ja" : "nej"]);
const share = (cell = ""): number =>
  cell === "" ? Number.NaN : Number(cell.replace(" %", "").replace(",", ".")) / (cell.includes("%") ? 100 : 1);
const begun = ({ sysselsattning_start: before, sysselsattning_slut: after, ...one }: Person): string[] => {
  if (!worksOf(after)) return [];
  const [from, to] = [share(one.omfattning_start), share(one.omfattning_slut)];
  if (worksOf(before) === undefined) return [];
  if (worksOf(before) && Number.isNaN(from + to)) return [];
  return [`arbetar_eller_studerar → ${!worksOf(before) || to > from ? "borjat_eller_okat" : "inte_okat"}`];
};
const groups: Readonly<Record<string, readonly string[]>> = {
  forvarvsarbete: ["forvarvsarbete"],
  subventionerat_arbete: ["forvarvsarbete"],
  studier: ["studier"],
  arbete_och_studier: ["forvarvsarbete", "studier"],
  arbetssokande: ["aktivt_arbetssokande"],
  sjukskriven: ["ovriga"],
  praktik: ["ovriga"],
};

const priority: Readonly<Record<string, string>> = {
  sjukpenning: "sjukskrivna",
  aktivitetsersattning: "unga_med_aktivitetsersattning",
};

interface Counted {
  readonly tabell: string;
  readonly tidpunkt: string;
  readonly av: "deltaganden" | "avslutade";
  readonly wordsOf: (one: Person) => string[];
  /** Of whom it is asked, where not of all. */
  readonly among?: (one: Person) => boolean;
  /** The variable that states it as totals. */
  readonly utfall?: string;
}
const of = (
  av: Counted["av"],
  tabell: string,
  wordsOf: Counted["wordsOf"],
  utfall?: string,
  tidpunkt = "",
): Counted => ({ tabell, tidpunkt, av, wordsOf, ...(utfall !== undefined && { utfall }) });

const counted: readonly Counted[] = [
  of("deltaganden", "kon", (one) => (kolumnOf(one) === "okant" ? [] : [kolumnOf(one) === "man" ? "man" : "kvinna"])),
  of(
    "deltaganden",
    "alder",
    (one) => [
      band(Number(one.startdatum?.slice(0, 4)) - Number(one.fodelsear), [
        [0, "-19"],
        [20, "20-24"],
        [25, "25-29"],
        [30, "30-44"],
        [45, "45-59"],
        [60, "60-"],
      ]),
    ],
    "alder",
  ),
  of("deltaganden", "utbildning", ({ utbildning }) => folded(utbildning), "utbildning"),
  of("deltaganden", "remitterande", ({ remitterande }) => folded(remitterande), "remitterande"),
  of("deltaganden", "kommun", ({ kommun }) => written(kommun), "kommun"),
  of("deltaganden", "tid_i_forsorjning", (one) => written(one.tid_i_forsorjning), "tid_i_forsorjning"),
  of("deltaganden", "forsorjning_vid_start", (one) => folded(one.forsorjning_start)),
  of("deltaganden", "prioriterad_grupp", (one) => [
    ...new Set(folded(one.forsorjning_start).map((word) => priority[word] ?? "inga_av_dem")),
  ]),
  of(
    "avslutade",
    "tid_i_insats",
    (one) => [
      band(daysOf(one), [
        [0, "-90 dagar"],
        [91, "91-182 dagar"],
        [183, "183-365 dagar"],
        [366, "366-730 dagar"],
        [731, "731- dagar"],
      ]),
    ],
    "tid_i_insats",
  ),
  of("avslutade", "avslutsorsak", ({ avslutsorsak }) => folded(avslutsorsak), "avslutsorsak"),
  of("avslutade", "fortsatt_behov", (one) => written(one.fortsatt_behov), "fortsatt_behov"),
  of("avslutade", "sysselsattningsgrupp", (one) =>
    folded(one.sysselsattning_slut).flatMap((word) => groups[word] ?? []),
  ),
  of("avslutade", "sysselsattning", (one) => folded(one.sysselsattning_start), "sysselsattning_fore", "fore"),
  of("avslutade", "sysselsattning", (one) => folded(one.sysselsattning_slut), "sysselsattning_efter", "efter"),
  of("avslutade", "arbete_eller_studier", (one) => yesNo(worksOf(one.sysselsattning_start)), undefined, "fore"),
  of("avslutade", "arbete_eller_studier", (one) => yesNo(worksOf(one.sysselsattning_slut)), undefined, "efter"),
  { ...of("avslutade", "borjat_eller_okat", begun), among: (one) => worksOf(one.sysselsattning_slut) === true },
  of("avslutade", "forsorjning", (one) => folded(one.forsorjning_start), "forsorjning_fore", "fore"),
  of("avslutade", "forsorjning", (one) => folded(one.forsorjning_slut), "forsorjning_efter", "efter"),
];

const kolumner = ["kvinnor", "man", "okant", "totalt"] as const;
type Kolumn = (typeof kolumner)[number];
const isOf = (one: Person, kolumn: Kolumn): boolean => kolumn === "totalt" || kolumnOf(one) === kolumn;

interface Window {
  readonly fran: string;
  readonly till: string;
}
const presentIn = (persons: readonly Person[], { fran, till }: Window): Person[] =>
  persons.filter((one) => (one.startdatum ?? "") <= till && endOf(one) >= fran);
const endedIn = (persons: readonly Person[], { fran, till }: Window): Person[] =>
  persons.filter((one) => endOf(one) >= fran && endOf(one) <= till);

type Cell = readonly [string, string, string, string, number, number, number];
const sorted = (cells: readonly (readonly unknown[])[]): string[] => cells.map((cell) => JSON.stringify(cell)).sort();

/** Of one period: table, moment, row, column, number, of how many it is known, of how many it is asked. */
const countRows = (persons: readonly Person[], window: Window): Cell[] => {
  const named = (tabell: string): string[] => [
    ...new Set(
      counted
        .filter((one) => one.tabell === tabell)
        .flatMap(({ av, wordsOf }) =>
          (av === "avslutade" ? endedIn : presentIn)(persons, window).flatMap((one) => wordsOf(one)),
        ),
    ),
  ];
  return counted.flatMap(({ tabell, tidpunkt, av, wordsOf, among = () => true }) => {
    const all = (av === "avslutade" ? endedIn : presentIn)(persons, window).filter(among);
    if (!all.some((one) => wordsOf(one).length > 0)) return [];
    return named(tabell).flatMap((rad) =>
      kolumner.map((kolumn): Cell => {
        const own = all.filter((one) => isOf(one, kolumn));
        const known = own.filter((one) => wordsOf(one).length > 0);
        const antal = known.filter((one) => wordsOf(one).includes(rad)).length;
        return [tabell, tidpunkt, rad, kolumn, antal, known.length, own.length];
      }),
    );
  });
};

const quantiles = ["median", "medel", "kvartil_1", "kvartil_3"];
const insatser = ["exempel-samverkansteam", "exempel-arbetsvagen"];
const years: readonly (readonly [string, string, string])[] = [
  ["exempel-samverkansteam", "2023-09-18", "2023-12-31"],
  ["exempel-samverkansteam", "2024-01-01", "2024-12-31"],
  ["exempel-samverkansteam", "2025-01-01", "2025-08-31"],
  ["exempel-samverkansteam", "2023-09-18", "2025-08-31"],
  ["exempel-arbetsvagen", "2024-02-29", "2024-12-31"],
  ["exempel-arbetsvagen", "2025-01-01", "2025-12-31"],
  ["exempel-arbetsvagen", "2026-01-01", "2026-12-31"],
];

let rows: Row[] = [];
beforeAll(async () => {
  const { out } = await shippedRun("exempel");
  rows = JSON.parse(readFileSync(join(out, "internt", "deltagartabell.json"), "utf8")) as Row[];
});

const tablesOf = (all: readonly Row[], id: string, { fran, till }: Window): Row[] =>
  all.filter((row) => row.id === id && row.fran === fran && row.till === till);
/** How a shown row says of how many it is asked. */
const asked = ({ namnare, tackningsgrad }: Row): number =>
  tackningsgrad === null ? 0 : Number(tackningsgrad) > 0 ? Math.round(Number(namnare) / Number(tackningsgrad)) : -1;
const cellsOf = (all: readonly Row[]): unknown[][] =>
  all
    .filter(({ tabell, rad }) => counted.some((one) => one.tabell === tabell) && !quantiles.includes(String(rad)))
    .map((row) => [row.tabell, row.tidpunkt, row.rad, row.kolumn, row.antal, row.namnare, asked(row)]);
/** Where nobody of a kön is known, of how many it is asked cannot be read back. */
const comparable = ([tabell, tidpunkt, rad, kolumn, antal, known, all]: Cell): Cell => [
  tabell,
  tidpunkt,
  rad,
  kolumn,
  antal,
  known,
  known === 0 && all > 0 ? -1 : all,
];

describe("the example's tables from rows", () => {
  test("are those that are declared", () => {
    const made = new Set([...counted.map(({ tabell }) => tabell), "forsorjning_efter_given_fore"]);
    const ofRows = tabeller.filter(({ variabel }) => variabel !== undefined);
    expect([...new Set(ofRows.map(({ tabell }) => tabell))].sort()).toEqual([...made].sort());
  });
  test("stand in the handbook with their headings", () => {
    const page = readFileSync(join(import.meta.dirname, "..", "docs", "deltagartabell.md"), "utf8");
    expect(tabeller.filter(({ tabell, rubrik }) => !page.includes(`| \`${tabell}\` | ${rubrik} |`))).toEqual([]);
  });
  test.each(years)("%s %s–%s are as counted one person at a time", (insats, fran, till) => {
    const expected = countRows(personsOf(insats), { fran, till }).map(comparable);
    expect(sorted(cellsOf(tablesOf(rows, insats, { fran, till })))).toEqual(sorted(expected));
    expect(expected.length).toBeGreaterThan(100);
  });
  test.each(years)("%s %s–%s have the median, quartiles and mean of days", (insats, fran, till) => {
    const days = endedIn(personsOf(insats), { fran, till })
      .map(daysOf)
      .sort((a, b) => a - b);
    const at = (p: number): number => {
      const [place, rest] = [Math.floor((days.length - 1) * p), ((days.length - 1) * p) % 1];
      return (days[place] ?? 0) + rest * ((days[place + 1] ?? 0) - (days[place] ?? 0));
    };
    const found = tablesOf(rows, insats, { fran, till })
      .filter(({ rad, kolumn }) => quantiles.includes(String(rad)) && kolumn === "totalt")
      .map(({ rad, varde, enhet }) => [rad, Number(Number(varde).toFixed(6)), enhet]);
    const mean = days.reduce((sum, day) => sum + day, 0) / days.length;
    const expected = [
      ["kvartil_1", at(0.25)],
      ["kvartil_3", at(0.75)],
      ["median", at(0.5)],
      ["medel", mean],
    ] as const;
    expect(sorted(found)).toEqual(sorted(expected.map(([rad, value]) => [rad, Number(value.toFixed(6)), "dagar"])));
  });
  test.each(years)("%s %s–%s have försörjning after for each before", (insats, fran, till) => {
    const ended = endedIn(personsOf(insats), { fran, till });
    const counts = new Map<string, number>();
    for (const one of ended)
      for (const before of folded(one.forsorjning_start))
        for (const after of folded(one.forsorjning_slut))
          counts.set(`${before} → ${after}`, (counts.get(`${before} → ${after}`) ?? 0) + 1);
    const found = tablesOf(rows, insats, { fran, till }).filter(
      ({ tabell, kolumn }) => tabell === "forsorjning_efter_given_fore" && kolumn === "totalt",
    );
    expect(sorted(found.map(({ rad, antal }) => [rad, antal]))).toEqual(sorted([...counts]));
    for (const { rad, namnare } of found) {
      const [before = ""] = String(rad).split(" → ");
      expect(namnare).toBe(ended.filter((one) => folded(one.forsorjning_start).includes(before)).length);
    }
  });
  test("the change is after less before, where the same insatser state both", () => {
    const changes = rows.filter(({ enhet }) => enhet === "förändring");
    expect(changes.length).toBeGreaterThan(500);
    const key = (row: Row): string =>
      JSON.stringify([row.niva, row.id, row.tabell, row.fran, row.till, row.rad, row.kolumn]);
    const before = new Map(
      rows.filter(({ tidpunkt }) => tidpunkt === "fore").map((row) => [key(row), Number(row.antal)]),
    );
    expect(changes.filter((row) => row.varde !== Number(row.antal) - (before.get(key(row)) ?? Number.NaN))).toEqual([]);
  });
});

describe("the flow", () => {
  const flows = (): Map<string, Map<string, number>> => {
    const found = new Map<string, Map<string, number>>();
    for (const { niva, id, fran, till, kolumn, tabell, rad, antal } of rows) {
      if (tabell !== "flode" || antal === null) continue;
      const key = [niva, id, fran, till, kolumn].join(" ");
      found.set(key, (found.get(key) ?? new Map<string, number>()).set(String(rad), Number(antal)));
    }
    return found;
  };
  test("balances in every window of every level and kön", () => {
    const whole = [...flows()].filter(([, flow]) => flow.size === 4);
    const wrong = whole.filter(
      ([, flow]) =>
        (flow.get("pagaende_vid_start") ?? 0) + (flow.get("nya") ?? 0) !==
        (flow.get("avslutade") ?? 0) + (flow.get("pagaende_vid_slut") ?? 0),
    );
    expect(wrong).toEqual([]);
    expect(whole.length).toBeGreaterThan(400);
  });
  test("is that of the persons, in each year and month of each insats", () => {
    const wrong = [...flows()].filter(([key, flow]) => {
      const [niva, id = "", fran = "", till = "", kolumn = ""] = key.split(" ");
      if (niva !== "insats" || !insatser.includes(id)) return false;
      const persons = personsOf(id).filter((one) => isOf(one, kolumn as Kolumn));
      const start = persons.filter((one) => (one.startdatum ?? "") < fran && endOf(one) >= fran).length;
      const nya = persons.filter((one) => (one.startdatum ?? "") >= fran && (one.startdatum ?? "") <= till).length;
      const ended = endedIn(persons, { fran, till }).length;
      const expected = [start, nya, ended, start + nya - ended];
      return ["pagaende_vid_start", "nya", "avslutade", "pagaende_vid_slut"].some(
        (rad, i) => flow.get(rad) !== expected[i],
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe("the evaluator's page", () => {
  const textOf = (markup: string): string => markup.replace(/<[^>]+>/g, "").trim();
  let page = "";
  beforeAll(async () => {
    const { out } = await shippedRun("exempel");
    page = await participantTables({ out, niva: "insats", id: "exempel-samverkansteam" });
  });
  /** The cells of a table's rows in one period. */
  const cellsIn = (heading: string, period: string): string[][] => {
    const from = page.indexOf(`<h2>${heading}</h2>`);
    const body = page.slice(from, page.indexOf("</table>", from)).split("<tbody");
    const own = body.find((part) => new RegExp(`>\\s*${period}`).test(textOf(part.split("</tr>")[0] ?? ""))) ?? "";
    return own
      .split("</tr>")
      .slice(1)
      .map((row) => [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = ""]) => textOf(cell)))
      .filter((cells) => cells.length > 0);
  };

  test("has each number of the result, women, men, unknown and all, and what is known in the period's heading", () => {
    const own = pick(rows, { id: "exempel-samverkansteam", tabell: "kommun", fran: "2024-01-01", till: "2024-12-31" });
    const numbers = ["Exempelvik", "Låtsköping", "Påhittby"].map((rad) => [
      rad,
      ...kolumner.map((kolumn) => String(pick(own, { rad, kolumn })[0]?.antal)),
    ]);
    expect(cellsIn("Kommun", "2024:").map((cells) => cells.map((cell) => cell.replace(/ \(.*/, "")))).toEqual(numbers);
    const [whole] = pick(own, { kolumn: "totalt" });
    expect(page).toContain(`2024: känt om ${whole?.namnare}, täckningsgrad`);
  });
  test("sets before and after side by side, with the change, and says that it is no effect under each such table", () => {
    const change = cellsIn("Arbetar eller studerar före och efter", "2024:").map((cells) => [cells[0], cells.at(-1)]);
    const own = { tabell: "arbete_eller_studier", tidpunkt: "efter", fran: "2024-01-01", kolumn: "totalt" };
    const after = pick(rows, { niva: "insats", id: "exempel-samverkansteam", ...own });
    expect(change.map(([, text]) => Number(text?.replace("−", "-")))).toEqual(after.map(({ varde }) => varde));
    const sides = new Set(
      pick(rows, { niva: "insats", id: "exempel-samverkansteam", tidpunkt: "efter" }).map(({ tabell }) => tabell),
    );
    expect(page.match(/En förändring är ingen effekt/g)).toHaveLength(sides.size);
  });
  test("says that it is internal and invented, and asks for nothing from elsewhere", () => {
    expect(page).toContain("<strong>Intern.</strong>");
    expect(page).toContain("<strong>EXEMPEL.</strong>");
    expect(page).not.toMatch(/<script|https?:/);
  });
  test("of what the run does not have is a wrong usage, with what it has", async () => {
    const { out } = await shippedRun("exempel");
    await expect(participantTables({ out, niva: "modell", id: "x" })).rejects.toThrow(/samverkansteam/);
  });
});

describe("delivered totals", () => {
  const window = { fran: "2024-01-01", till: "2024-12-31" };
  const persons = personsOf("exempel-samverkansteam");
  const header = ["insats_id", "namn", "startdatum", "slutdatum", "modell"];
  const konOf = { kvinnor: "K", man: "M", okant: "okänt" } as const;
  const totalsOf = (insats: string): Cells[] =>
    counted.flatMap(({ utfall, av, wordsOf }) => {
      const counts = new Map<string, number>();
      for (const one of (av === "avslutade" ? endedIn : presentIn)(persons, window))
        for (const word of wordsOf(one)) {
          const key = JSON.stringify([utfall, word, konOf[kolumnOf(one)]]);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      return [...counts].flatMap(([key, antal]): Cells[] =>
        utfall === undefined ? [] : [[insats, window.fran, window.till, ...(JSON.parse(key) as string[]), antal]],
      );
    });
  const counts = (insats: string, slag: string, some: readonly Person[]): Cells => [
    insats,
    window.fran,
    window.till,
    slag,
    ...(["kvinnor", "man", "okant"] as const).map((kolumn) => some.filter((one) => isOf(one, kolumn)).length),
  ];
  const nya = persons.filter(({ startdatum = "" }) => startdatum >= window.fran && startdatum <= window.till);
  const files: Record<string, Rows> = {
    "insats.csv": [
      header,
      ["summor", "S", window.fran, window.till, "m"],
      ["fel", "F", window.fran, "2025-12-31", null],
      ["vagar", "V", window.fran, window.till, null],
    ],
    "deltagarutfall.csv": [
      ["insats_id", "fran", "till", "variabel", "varde", "kon", "antal"],
      ...totalsOf("summor"),
      ["fel", "2024-01-01", "2024-12-31", "utbildning", "Gymnasium", "K", 3],
      ...[
        ["Rätt myndighet", "ja", "K", 3],
        ["Rätt myndighet", "nej", "K", 1],
        ["Rätt myndighet", "ja", "M", 2],
        ["Rätt myndighet", "vet ej", "M", 1],
        ["Väg efter genomgång", "Komplettering", null, 5],
        ["SIP före", "ja", null, 2],
        ["SIP före", "nej", null, 6],
        ["SIP efter", "ja", null, 7],
        ["SIP efter", "nej", null, 1],
        ["Hjälpmedel före", "Rullator", null, 2],
        ["Hjälpmedel efter", "Rullator", null, 3],
        ["Hjälpmedel efter", "Käpp", null, 9],
        ["Kön", "annat", null, 4],
      ].map((cells): Cells => ["vagar", "2024-01-01", "2024-12-31", ...cells]),
    ],
    "deltagarantal.csv": [
      ["insats_id", "fran", "till", "slag", "kvinnor", "man", "okant"],
      counts("summor", "deltagare", presentIn(persons, window)),
      counts("summor", "nya", nya),
      counts("summor", "avslutade", endedIn(persons, window)),
      ["fel", "2024-01-01", "2024-12-31", "deltagare", 6, 4, 0],
      ["fel", "2024-01-01", "2024-12-31", "nya", 6, 4, 0],
      ["fel", "2024-01-01", "2024-12-31", "avslutade", 2, 1, 0],
      ["fel", "2025-01-01", "2025-12-31", "deltagare", 7, 5, 0],
      ["fel", "2025-01-01", "2025-12-31", "nya", 2, 2, 0],
      ["fel", "2025-01-01", "2025-12-31", "avslutade", 9, 5, 0],
      ["vagar", "2024-01-01", "2024-12-31", "avslutade", 5, 5, 0],
    ],
    "deltagare.csv": [
      [
        "insats_id",
        "deltagar_id",
        "kon",
        "startdatum",
        "slutdatum",
        "utbildning",
        "forsorjning_start",
        "sysselsattning_slut",
        "fortsatt_behov",
        "forsorjning_slut",
      ],
      [
        "fel",
        "a",
        "K",
        "2024-02-01",
        "2024-10-01",
        "gymnasium",
        "ingen + sjukpenning",
        "studier + arbetssökande",
        "nej",
        "lön",
      ],
      [
        "fel",
        "b",
        "K",
        "2024-02-01",
        "2024-11-01",
        "gymnasium",
        "sjukpenning;försörjningsstöd",
        "arbetssökande",
        "ja",
        "lön;bostadsbidrag",
      ],
      ["fel", "c", "K", "i våras", null, "gymnasium", null, null, null, null],
    ],
  };
  const goals = (
    [
      ["behov", "fortsatt_behov", "nej"],
      ["forsorjning", "forsorjning_efter", "lön"],
      ["myndighet", "Rätt myndighet", "ja"],
    ] as const
  ).map(([id, variabel, varde]) => ({ id, matt: "utfallsandel", parametrar: { variabel, varde }, per: "hela" }));
  let made: Row[] = [];
  let judged: Row[] = [];
  let findings: Row[] = [];
  beforeAll(async () => {
    const d = await deliver(
      { files, pipelines: { "p.yaml": { insats: ["summor", "fel", "vagar"], mal: goals } } },
      { today: "2026-01-01" },
    );
    made = d.rows("deltagartabell");
    judged = d.rows("maluppfyllelse");
    findings = d.rows("datakvalitet");
  });

  test("and rows are what a goal on any outcome is judged by; one of several outcomes has each", () => {
    const of = (insats_id: string, mal_id: string): unknown[] =>
      columns(pick(judged, { insats_id, mal_id }), "taljare", "namnare", "tackningsgrad");
    expect(of("fel", "behov")).toEqual([[1, 2, null]]);
    expect(of("fel", "forsorjning")).toEqual([[2, 2, null]]);
    expect(of("vagar", "myndighet")).toEqual([[5, 6, 0.6]]);
    expect(columns(pick(judged, { insats_id: "vagar", mal_id: "behov" }), "taljare", "namnare")).toEqual([
      [null, null],
    ]);
  });

  test("give the tables that the rows give", () => {
    const stated = new Set(counted.filter(({ utfall }) => utfall !== undefined).map(({ tabell }) => tabell));
    const both = (cells: readonly (readonly unknown[])[]): string[] =>
      sorted(
        cells
          .filter(([tabell]) =>
            ["kon", "sysselsattningsgrupp", "arbete_eller_studier", ...stated].includes(String(tabell)),
          )
          .map(([tabell, tidpunkt, rad, kolumn, antal]) => [tabell, tidpunkt, rad, kolumn, antal]),
      );
    const own = tablesOf(made, "summor", window);
    expect(both(cellsOf(own))).toEqual(both(countRows(persons, window)));
    const flow = (all: readonly Row[]): unknown[][] =>
      all.filter(({ tabell }) => tabell === "flode").map(({ rad, kolumn, antal }) => [rad, kolumn, antal]);
    expect(sorted(flow(own))).toEqual(sorted(flow(tablesOf(rows, "exempel-samverkansteam", window))));
    expect(flow(own)).toHaveLength(16);
  });
  test("are the same for the insats, its modell and all where nothing else is delivered", () => {
    const of = (niva: string): string[] =>
      sorted(
        made
          .filter((row) => row.niva === niva && row.fran === window.fran && !["fel", "vagar"].includes(String(row.id)))
          .map(({ tabell, tidpunkt, rad, kolumn, antal, namnare }) => [tabell, tidpunkt, rad, kolumn, antal, namnare]),
      );
    expect(of("modell")).toEqual(of("insats"));
  });
  test("of a way, of the right authority and of plans are tables; so is each variable that nobody declared", () => {
    const own = pick(made, { niva: "insats", id: "vagar", kolumn: "totalt" });
    expect(
      columns(own, "tabell", "tidpunkt", "rad", "antal", "varde", "namnare", "tackningsgrad", "summerar").filter(
        ([tabell]) => tabell !== "kon" && tabell !== "flode",
      ),
    ).toEqual([
      ["annat_kon", "", "annat", 4, null, 10, 1, false],
      ["hjalpmedel", "efter", "Käpp", 9, 9, 10, 1, false],
      ["hjalpmedel", "efter", "Rullator", 3, 1, 10, 1, false],
      ["hjalpmedel", "fore", "Käpp", 0, null, 10, 1, false],
      ["hjalpmedel", "fore", "Rullator", 2, null, 10, 1, false],
      ["ratt_myndighet", "", "ja", 5, null, 6, 0.6, true],
      ["ratt_myndighet", "", "nej", 1, null, 6, 0.6, true],
      ["sip", "efter", "ja", 7, 5, 8, 0.8, true],
      ["sip", "efter", "nej", 1, -5, 8, 0.8, true],
      ["sip", "fore", "ja", 2, null, 8, 0.8, true],
      ["sip", "fore", "nej", 6, null, 8, 0.8, true],
      ["vag_efter_genomgang", "", "Komplettering", 5, null, 5, null, true],
    ]);
  });
  test("that the rows contradict, and flows that do not fit, are findings", () => {
    const placesOf = (kod: string): unknown[][] =>
      columns(
        findings.filter((row) => row.kod === kod),
        "fil",
        "rad",
      ).map(([fil, rad]) => [String(fil).split("/").at(-1), rad]);
    expect(placesOf("utfall_mot_rader")).toEqual([["deltagarutfall.csv", totalsOf("summor").length + 2]]);
    // 10 − 3 = 7 go on after 2024, but 12 − 4 = 8 were there when 2025 began; and of 12, 14 cannot end.
    expect(placesOf("flode_balanserar_ej")).toEqual([
      ["deltagarantal.csv", 8],
      ["deltagarantal.csv", 8],
    ]);
    const texts = findings.filter((row) => row.kod === "flode_balanserar_ej").map((row) => String(row.meddelande));
    expect(texts.join("\n")).toContain("fler är nya eller avslutade än som deltar");
    expect(texts.join("\n")).toContain("de som blev kvar efter perioden före är inte lika många");
  });
  test("no finding about the tables tells a count or what a person has", () => {
    const own = findings.filter((row) =>
      /^(flode_balanserar_ej|ingen_och_annan|utfall_mot_rader)$/.test(String(row.kod)),
    );
    expect(own).toHaveLength(4);
    expect(own.filter((row) => row.varde !== null || /\d|sjukpenning/.test(String(row.meddelande)))).toEqual([]);
  });
  test("no försörjning beside another is a finding, and the person unknown; two others are two", () => {
    expect(
      columns(
        findings.filter((row) => row.kod === "ingen_och_annan"),
        "kolumn",
      ),
    ).toEqual([["forsorjning_start"]]);
    const start = tablesOf(made, "fel", window).filter(
      ({ tabell, kolumn }) => tabell === "forsorjning_vid_start" && kolumn === "totalt",
    );
    expect(sorted(columns(start, "rad", "antal", "namnare", "tackningsgrad", "summerar"))).toEqual(
      sorted([
        ["forsorjningsstod", 1, 1, 0.5, false],
        ["sjukpenning", 1, 1, 0.5, false],
      ]),
    );
  });
  test("a refused row is counted beside every figure that it may belong to, of the insats and of all", () => {
    const refused = (id: string): unknown[] => [
      ...new Set(made.filter((row) => row.id === id && row.fran === window.fran).map((row) => row.ofullstandig)),
    ];
    expect([refused("summor"), refused("fel"), refused("alla")]).toEqual([[0], [1], [1]]);
  });
  test("of work and studies are traced to the rows that are counted", async () => {
    const { out } = await shippedRun("exempel");
    const db = await open(join(out, "internt", "finsam.duckdb"), "read");
    try {
      const id = "deltagartabell/insats/exempel-oppet-hus/arbete_eller_studier/2024-01-01/2024-12-31/efter/ja/kvinnor";
      await deriveLineage(db, [id]);
      const roles = await db.rows<{ roll: string; varde: string; antal: number }>(`
        select harkomst.roll, utfall.varde, cast(utfall.antal as integer) as antal
        from harkomst inner join staging.deltagarutfall as utfall using (kallrad) order by all`);
      expect(roles).toEqual([
        { roll: "namnare", varde: "arbetssökande", antal: 8 },
        { roll: "raknad", varde: "förvärvsarbete", antal: 6 },
        { roll: "raknad", varde: "studier", antal: 3 },
      ]);
      expect(only(rows, { resultat_id: id }).antal).toBe(6 + 3);
    } finally {
      db.close();
    }
  });
  test("studies beside job seeking are studies", () => {
    const after = tablesOf(made, "fel", window).filter(
      ({ tabell, tidpunkt, kolumn }) =>
        tabell === "arbete_eller_studier" && tidpunkt === "efter" && kolumn === "totalt",
    );
    expect(sorted(columns(after, "rad", "antal"))).toEqual(
      sorted([
        ["ja", 1],
        ["nej", 1],
      ]),
    );
  });
});
