/** What an office sends that may mean something else: the verdict does not rest on it, or its sentence says what to ask. */
import { expect, test } from "vitest";
import { columns, deliver, type Goal, only, pick, type Rows } from "./delivery.ts";

interface Case {
  readonly files: Readonly<Record<string, Rows>>;
  readonly mal: Pick<Goal, "matt" | "villkor" | "per">;
}

const list = (headings: string, count: number, row: (nr: number) => string): Rows => [
  headings.split(";"),
  ...Array.from({ length: count }, (_, i) => row(i + 1).split(";")),
];
const two = (nr: number): string => String(nr).padStart(2, "0");
const moten = (year: number): Rows =>
  list("mote_id;datum;motestyp", 10, (nr) => `${nr};${year}-${two(nr)}-10;samverkan`);
const nya = { matt: "nya_deltagare", villkor: ">= 10", per: "ar" };
const mote = { matt: "antal_moten", villkor: ">= 8", per: "ar" };

const cases = {
  omnumrerade: { files: { "2023 mote.csv": moten(2023), "2024 mote.csv": moten(2024) }, mal: mote },
  rattade: {
    files: {
      "2024-01 mote.csv": moten(2024),
      "2024-06 mote.csv": [
        ["mote_id", "datum", "motestyp"],
        ["3", "2024-04-15", "samverkan"],
        ["4", "2023-04-10", "samverkan"],
      ],
    },
    mal: mote,
  },
  narvarande: {
    files: {
      "narvaroantal.csv": list("part_id;fran;till;kallade;narvarande", 1, () => "fk;2024-01-01;2024-12-31;10;12"),
    },
    mal: { matt: "narvaroandel", villkor: ">= 60 %", per: "hela" },
  },
  svar: {
    files: {
      "enkat.csv": [
        ["enkat_id", "fraga", "svar", "antal", "utskick", "fran", "till"],
        ["e", "Nöjd", "Ja", 30, 20, "2024-01-01", "2024-12-31"],
        ["e", "Nöjd", "Nej", 5, 20, "2024-01-01", "2024-12-31"],
      ],
    },
    mal: { matt: "svarsfrekvens", villkor: ">= 50 %", per: "hela" },
  },
  listor: {
    files: {
      "2024-01 deltagare.csv": list("deltagar_id;startdatum;kon", 3, (nr) => `p${nr};2024-01-0${nr};K`),
      "2024-02 deltagare.csv": list("deltagar_id;startdatum;kon", 1, () => "p1;2024-01-01;K"),
    },
    mal: { matt: "avslutade_deltagare", villkor: ">= 2", per: "hela" },
  },
  bara_nya: {
    files: {
      "2024-01 deltagare.csv": list("deltagar_id;startdatum;kon", 3, (nr) => `p${nr};2024-01-0${nr};K`),
      "2024-02 deltagare.csv": list("deltagar_id;startdatum;kon", 1, () => "p9;2024-02-01;K"),
    },
    mal: { matt: "avslutade_deltagare", villkor: ">= 2", per: "hela" },
  },
  slutade_lamna: { files: { "mote.csv": moten(2023) }, mal: mote },
  delar: {
    files: {
      "deltagarantal.csv": [
        ["fran", "till", "slag", "totalt"],
        ["2024-01-01", "2024-12-31", "nya", 12],
        ["2024-01-01", "2024-06-30", "nya", 5],
        ["2024-07-01", "2024-12-31", "nya", 3],
      ],
    },
    mal: nya,
  },
  dolda_delar: {
    files: {
      "deltagarantal.csv": [
        ["fran", "till", "slag", "kvinnor", "man"],
        ["2024-01-01", "2024-12-31", "nya", 7, 5],
        ["2024-01-01", "2024-06-30", "nya", 6, 3],
        ["2024-07-01", "2024-12-31", "nya", "<5", 2],
      ],
    },
    mal: nya,
  },
  korsade: {
    files: {
      "deltagarantal.csv": [
        ["fran", "till", "slag", "totalt"],
        ["2024-01-01", "2024-06-30", "nya", 6],
        ["2024-04-01", "2024-12-31", "nya", 6],
      ],
    },
    mal: nya,
  },
  tusental: {
    files: {
      "faktura.csv": [
        ["faktura_id", "forbund_id", "fran", "till", "belopp (tkr)"],
        ["1", "nord", "2024-01-01", "2024-01-31", 80],
        ["2", "nord", "2024-02-01", "2024-02-29", "90,5"],
        ["3", "nord", "2024-03-01", "2024-03-31", 95000],
      ],
    },
    mal: { matt: "fakturerat_belopp", villkor: "<= 200000 kr", per: "hela" },
  },
} satisfies Readonly<Record<string, Case>>;
type Name = keyof typeof cases;

const delivered = await deliver({
  files: {
    "allt/forbund.csv": list("forbund_id;namn", 1, () => "nord;Nord"),
    ...Object.fromEntries(
      Object.entries<Case>(cases).flatMap(([id, { files }]) =>
        Object.entries({
          ...files,
          "insats.csv": list(
            "insats_id;namn;forbund_id;startdatum;slutdatum",
            1,
            () => `${id};${id};nord;2023-01-01;2024-12-31`,
          ),
          "part.csv": list("part_id;namn;huvudman", 1, () => "fk;Försäkringskassan;forsakringskassan"),
        }).map(([file, rows]) => [`${id}/${file}`, rows]),
      ),
    ),
  },
  pipelines: Object.fromEntries(
    Object.entries<Case>(cases).map(([id, { mal }]) => [
      `${id}.yaml`,
      { insats: id, kallor: [`../data/${id}`, "../data/allt"], mal: [{ id: "mal", ...mal }] },
    ]),
  ),
});

const years = (name: Name): unknown[][] =>
  columns(pick(delivered.rows("maluppfyllelse"), { insats_id: name }), "varde", "status", "skal");
const sentenceOf = (name: Name): string =>
  `${only(delivered.rows("malsammanfattning"), { insats_id: name }).mening}`.replaceAll("\u00a0", " ");
const codesOf = (name: Name): string[] =>
  [
    ...new Set(
      delivered
        .rows("datakvalitet")
        .filter(({ fil }) => `${fil}`.includes(`/${name}/`) || `${fil}`.startsWith(`${name}/`))
        .map(({ kod }) => `${kod}`),
    ),
  ].sort();

test("möten numbered anew each year replace nobody", () => {
  expect(years("omnumrerade")).toEqual([
    [null, "ej_matbart", "avvisade_rader"],
    [null, "ej_matbart", "avvisade_rader"],
  ]);
  expect(codesOf("omnumrerade")).toEqual(["motstridig"]);
});

test("some corrected days replace the earlier, and the sentence says so", () => {
  expect(years("rattade")).toEqual([
    [1, "ej_uppnatt", null],
    [9, "uppnatt", null],
  ]);
  expect(sentenceOf("rattade")).toContain("Att kontrollera i underlaget: rader som har ersatts av andra.");
});

test("more present than called is refused, more answers than sent contradict each other", () => {
  expect(years("narvarande")).toEqual([[null, "ej_matbart", "avvisade_rader"]]);
  expect(codesOf("narvarande")).toEqual(["fler_an_alla"]);
  expect(years("svar")).toEqual([[1.75, "ej_matbart", "motsagt"]]);
  expect(sentenceOf("svar")).toContain("fler räknas än det finns");
});

test("a list that repeats some and drops others without slutdatum is asked about, one of new persons is not", () => {
  expect(codesOf("listor")).toContain("deltagare_ur_listan");
  expect(sentenceOf("listor")).toContain("deltagare som har fallit ur listan utan slutdatum");
  expect(codesOf("bara_nya")).toEqual([]);
});

test("a year after the last row is 0, and the sentence says what the rows speak of", () => {
  expect(years("slutade_lamna")).toEqual([
    [10, "uppnatt", null],
    [0, "ej_uppnatt", null],
  ]);
  expect(sentenceOf("slutade_lamna")).toContain(
    "Raderna i underlaget gäller jan–okt 2023; utanför den tiden räknas 0.",
  );
});

test("totals that their parts do not give, or that cross, are said", () => {
  expect(years("delar")[1]).toEqual([12, "uppnatt", null]);
  expect(sentenceOf("delar")).toContain("tal som inte är lika med sina delar");
  expect(only(delivered.rows("datakvalitet"), { kod: "delar_mot_helhet" })).toMatchObject({
    meddelande: expect.stringContaining("totalt: 12 för helheten") as string,
  });
  expect(codesOf("dolda_delar")).not.toContain("delar_mot_helhet");
  expect(years("korsade")[1]).toEqual([null, "ej_matbart", "saknas"]);
  expect(sentenceOf("korsade")).toContain("perioder som går i varandra");
});

test("an amount in kronor under a heading in thousands is said in the sentence", () => {
  expect(sentenceOf("tusental")).toContain("Att kontrollera i underlaget: belopp som kan stå i kronor.");
});
