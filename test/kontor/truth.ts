/**
 * What has happened at an invented office, as plain rows: the answers that its files are compared with.
 * A fixed seed makes the same rows each time; `write.ts` makes the files of them.
 */

/** The day on which the office hands over its files. */
export const today = "2024-06-30";

/** A linear congruential generator: the next number from 0 up to but not including `below`. */
const generator = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};
const next = generator(20_240_630);
const pickOf = <T>(choices: readonly [T, ...T[]]): T => choices[next(choices.length)] ?? choices[0];

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export const monthsOf = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const month = Number(from.slice(5, 7)) - 1 + i;
    return `${Number(from.slice(0, 4)) + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });

export const insatser = [
  { id: "vagknuten", namn: "Vägknuten", projekt: "4711", start: "2023-01-01", slut: "2024-12-31" },
  { id: "steget-in", namn: "Steget in", projekt: "4712", start: "2023-01-01", slut: "2024-12-31" },
] as const;
export type InsatsId = (typeof insatser)[number]["id"];

export const parter = [
  { id: "AF", namn: "Arbetsförmedlingen" },
  { id: "FK", namn: "Försäkringskassan" },
  { id: "Region", namn: "Region Exempel" },
  { id: "Kommunen", namn: "Exempelby kommun" },
] as const;

export interface Person {
  readonly nr: number;
  readonly kon: "kvinna" | "man" | "okant";
  readonly fodelsear: number;
  readonly kommun: string;
  readonly start: string;
  /** Undefined while the person takes part. */
  readonly slut: string | undefined;
  readonly efter: string | undefined;
}

/** Vägknuten's entries: some begin in 2023 and end in 2024, and two persons come back. */
const forsta: readonly Person[] = Array.from({ length: 38 }, (_, i): Person => {
  const start = dayAfter("2023-01-16", i * 13 + next(9));
  const slut = dayAfter(start, 90 + next(260));
  const hasEnded = slut <= today && next(10) > 0;
  return {
    nr: i + 1,
    kon: i === 11 ? "okant" : pickOf(["kvinna", "kvinna", "kvinna", "man", "man"]),
    fodelsear: 1962 + next(42),
    kommun: pickOf(["Exempelby", "Exempelby", "Provstad"]),
    start,
    slut: hasEnded ? slut : undefined,
    efter: hasEnded
      ? pickOf(["Arbete", "Studier", "Arbetssökande", "Arbete", "Sjukskriven", "Förvärvsarbete"])
      : undefined,
  };
});

const tillbaka = forsta
  .filter(({ slut }) => slut !== undefined && slut < "2024-01-31")
  .slice(0, 2)
  .map((one): Person => ({ ...one, start: dayAfter(one.slut ?? today, 60), slut: undefined, efter: undefined }));
export const deltaganden: readonly Person[] = [...forsta, ...tillbaka];

export interface Mote {
  readonly datum: string;
  readonly typ: "Samverkan" | "Styrgrupp";
  readonly status: "hållet" | "inställt" | "kommande";
  /** By part: present, absent, or not called; nobody's for a möte that has not been held. */
  readonly narvaro: Readonly<Record<string, "närvarande" | "frånvarande" | "ej kallad">>;
}

const moteOf = (datum: string, typ: Mote["typ"], isCancelled: boolean): Mote => {
  const status = datum > today ? "kommande" : isCancelled ? "inställt" : "hållet";
  const narvaro: Mote["narvaro"] =
    status === "hållet" && typ === "Samverkan"
      ? Object.fromEntries(
          parter.map(({ id }, i) => [
            id,
            id === "Region" && next(6) === 0 ? "ej kallad" : next(10) < 9 - i ? "närvarande" : "frånvarande",
          ]),
        )
      : {};
  return { datum, typ, status, narvaro };
};

/** Vägknuten's möten, with a calendar to the end of 2024. */
export const moten: readonly Mote[] = monthsOf("2023-01", 24)
  .flatMap((month, i) => [
    moteOf(`${month}-10`, "Samverkan", i === 4 || i === 13),
    ...(i % 2 === 0 ? [moteOf(`${month}-24`, "Samverkan", false)] : []),
    ...(i % 3 === 2 ? [moteOf(`${month}-17`, "Styrgrupp", i === 8)] : []),
  ])
  .sort((a, b) => (a.datum < b.datum ? -1 : 1));

export interface Verifikat {
  readonly ver: string;
  readonly konto: string;
  readonly text: string;
  readonly datum: string;
  readonly projekt: string;
  /** Credit is negative. */
  readonly ore: number;
}

const konton = [
  { konto: "4010", text: "Personal", ore: 6_800_000 },
  { konto: "5010", text: "Lokaler", ore: 1_250_050 },
  { konto: "5810", text: "Resor", ore: 184_325 },
  { konto: "6990", text: "Övrigt", ore: 92_075 },
] as const;

/** The whole ledger: each cost with its line on the bank account, other projects among them. */
export const huvudbok: readonly Verifikat[] = monthsOf("2023-01", 18).flatMap((month, i) =>
  ["4711", "4712", "9000"].flatMap((projekt, j) =>
    konton.flatMap(({ konto, text, ore }, k): Verifikat[] => {
      if (k >= 2 && next(3) === 0) return [];
      const ver = `A${1000 + i * 20 + j * 5 + k}`;
      const datum = `${month}-${String(5 + k * 6 + j).padStart(2, "0")}`;
      const share = Math.round(ore / (j + 1)) + next(90_000);
      const own = { ver, datum, projekt };
      // Two equal lines of one voucher are two costs; a credit takes back a cost of the month before.
      const lines = k === 2 && i % 5 === 1 ? [share, share] : k === 1 && i % 6 === 4 ? [-share] : [share];
      return lines.flatMap((one) => [
        { ...own, konto, text, ore: one },
        { ...own, konto: "1930", text: "Bank", ore: -one },
      ]);
    }),
  ),
);

/** What the ledger is exported as: quarters, and the last one of an export again in the next. */
export const utdrag: readonly { readonly namn: string; readonly fran: string; readonly till: string }[] = [
  { namn: "Huvudbok kv 1-2 2023", fran: "2023-01-01", till: "2023-06-30" },
  { namn: "Huvudbok kv 2-4 2023", fran: "2023-04-01", till: "2023-12-31" },
  { namn: "Huvudbok kv 4 2023 - kv 2 2024", fran: "2023-10-01", till: "2024-06-30" },
];

export const budget: readonly {
  readonly insats: InsatsId;
  readonly ar: number;
  readonly post: string;
  readonly tkr: number;
}[] = insatser.flatMap(({ id }, j) =>
  [2023, 2024].flatMap((ar) =>
    konton.map(({ text, ore }, k) => ({
      insats: id,
      ar,
      post: text,
      tkr: Math.round(((ore * 12) / 100_000 / (j + 1)) * (k === 0 ? 1.1 : 1)) + (ar === 2024 ? 5 : 0) + 0.5 * (k % 2),
    })),
  ),
);

/** Hours that the parties have invoiced Vägknuten, in minutes. */
export const timmar = monthsOf("2023-01", 18).flatMap((manad, i) =>
  ["Region", "Kommunen"].map((part, j) => ({
    nr: `T${manad.replace("-", "")}${j + 1}`,
    manad,
    part,
    minuter: 60 * (18 + next(14) + i) + 15 * next(4),
  })),
);

export const bemanning = [
  { part: "AF", roll: "Handläggare", omfattning: 0.5, fran: "2023-01-01", till: "2024-06-30", manad: 26_500 },
  { part: "FK", roll: "Samordnare", omfattning: 0.25, fran: "2023-01-01", till: "2023-12-31", manad: 13_400 },
  { part: "Region", roll: "Rehabkoordinator", omfattning: 0.8, fran: "2023-07-01", till: "2024-06-30", manad: 41_000 },
] as const;

export const fragor = {
  nojd: "Hur nöjd är du med samarbetet?",
  hjalpt: "Vad har hjälpt mest?",
} as const;
export const svar = Array.from({ length: 27 }, (_, i) => ({
  datum: `2024-05-${String(2 + next(20)).padStart(2, "0")}`,
  roll: pickOf(["Chef", "Handläggare", "Handläggare"]),
  nojd: i % 9 === 8 ? undefined : pickOf(["Mycket nöjd", "Nöjd", "Nöjd", "Missnöjd"]),
  hjalpt: ["Möten", "Handledning", "Gemensam kartläggning"].filter(() => next(2) === 0),
}));

/** Steget in registers no persons: new participants by month. */
export const volymer = monthsOf("2023-01", 18).map((manad) => ({ manad, kvinnor: 3 + next(6), man: 2 + next(5) }));

/** What those who left Steget in did then, as its saved report has it. */
export const sysselsattning = ["Förvärvsarbete", "Studier", "Arbetssökande", "Övrigt"].map((varde) => ({
  varde,
  antal: [2023, 2024].flatMap((ar) =>
    (["kvinna", "man"] as const).map((kon) => ({ ar, kon, antal: 5 + next(11) - (ar === 2024 ? 3 : 0) })),
  ),
}));
