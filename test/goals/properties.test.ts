/**
 * What holds for any delivery. Invented insatser are drawn with a fixed seed, delivered as rows and once more as the totals
 * that the rows sum to, and judged by goals of every additive measure.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { addDays, addMonths } from "../../src/schema/days.ts";
import { type Cells, type Folder, folder, pick, type Row, type Rows } from "../contract/delivery.ts";

const seed = 20261126;
const per = ["manad", "kvartal", "tertial", "termin", "ar", "hela"] as const;
const parts = ["af", "kommun"] as const;

interface Insats {
  readonly id: string;
  readonly fran: string;
  readonly till: string;
  readonly moten: readonly { id: string; datum: string; motestyp: string; status: string }[];
  readonly narvaro: readonly { mote: string; datum: string; part: string; kallad: boolean; narvarande: boolean }[];
  readonly deltagare: readonly {
    id: string;
    kon: "kvinna" | "man" | "okant";
    fran: string;
    till: string;
    fel: boolean;
  }[];
  readonly arenden: readonly { mote: string; deltagare: number }[];
  readonly fakturor: readonly { fran: string; till: string; ore: number }[];
}

/** After all that is made up: a total of a month that goes on would count what lies ahead. */
const today = "2026-01-01";

/** Starts and ends on any day, 29 February among them. */
const start = fc.oneof(
  fc.constant("2024-02-29"),
  fc.integer({ min: 0, max: 700 }).map((n) => addDays("2022-01-15", n)),
);

const inOrder = (...days: [string, string]): { fran: string; till: string } => {
  const [fran = "", till = ""] = days.sort();
  return { fran, till };
};

const insats = (nr: number): fc.Arbitrary<Insats> =>
  fc.tuple(start, fc.integer({ min: 40, max: 500 })).chain(([fran, days]) => {
    const till = nr % 4 === 0 && fran < "2024-01-01" ? "2024-02-29" : addDays(fran, days);
    const span = Math.round((Date.parse(till) - Date.parse(fran)) / 86_400_000);
    const day = fc.integer({ min: 0, max: span }).map((n) => addDays(fran, n));
    const typ = fc.constantFrom("samverkan", "puls");
    return fc
      .record({
        id: fc.constant(`i${String(nr).padStart(2, "0")}`),
        fran: fc.constant(fran),
        till: fc.constant(till),
        moten: fc
          .array(
            fc.record({ datum: day, motestyp: typ, status: fc.constantFrom("genomfort", "genomfort", "installt") }),
            { minLength: 1, maxLength: 14 },
          )
          .map((all) => all.map((mote, i) => ({ id: `m${i}`, ...mote }))),
        deltagare: fc
          .array(
            fc.record({
              kon: fc.constantFrom("kvinna", "man", "okant"),
              a: day,
              b: day,
              fel: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
            }),
            { minLength: 1, maxLength: 14 },
          )
          .map((all) => all.map(({ kon, a, b, fel }, i) => ({ id: `p${i}`, kon, ...inOrder(a, b), fel }))),
        kallelser: fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 28, maxLength: 28 }),
        lyfta: fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 20 }),
        fakturor: fc.array(
          fc
            .record({ a: day, b: day, ore: fc.integer({ min: -5_000, max: 9_999_999 }) })
            .map(({ a, b, ore }) => ({ ...inOrder(a, b), ore })),
          { maxLength: 5 },
        ),
      })
      .map(({ kallelser, lyfta, ...one }) => ({
        ...one,
        narvaro: one.moten.flatMap(({ id, datum, status }, i) =>
          status !== "genomfort"
            ? []
            : parts.map((part, k) => {
                const [kallad = false, narvarande = false] = kallelser[2 * i + k] ?? [];
                return { mote: id, datum, part, kallad, narvarande };
              }),
        ),
        arenden: [
          ...new Map(
            lyfta.map(([m, p]) => {
              const pair = { mote: `m${m % one.moten.length}`, deltagare: p % one.deltagare.length };
              return [JSON.stringify(pair), pair] as const;
            }),
          ).values(),
        ],
      })) as fc.Arbitrary<Insats>;
  });

const insatser: readonly Insats[] = Array.from({ length: 8 }, (_, nr) =>
  fc.sample(insats(nr), { numRuns: 1, seed: seed + nr }),
).flat();

/** The calendar months of an insats, as a total's dates are written. */
const months = ({ fran, till }: Insats): { fran: string; till: string }[] => {
  const found: { fran: string; till: string }[] = [];
  for (let first = `${fran.slice(0, 7)}-01`; first <= till; first = addMonths(first, 1)) {
    found.push({ fran: first, till: addDays(addMonths(first, 1), -1) });
  }
  return found;
};

const within = ({ fran, till }: { fran: string; till: string }, day: string): boolean => fran <= day && day <= till;

const asRows: Record<string, Rows> = {
  "mote.csv": [
    ["insats_id", "mote_id", "datum", "motestyp", "status"],
    ...insatser.flatMap(({ id, moten }) =>
      moten.map((mote): Cells => [id, mote.id, mote.datum, mote.motestyp, mote.status]),
    ),
  ],
  "narvaro.csv": [
    ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
    ...insatser.flatMap(({ id, narvaro }) =>
      narvaro.map(
        ({ mote, part, kallad, narvarande }): Cells => [
          id,
          mote,
          part,
          kallad ? "ja" : "nej",
          narvarande ? "ja" : "nej",
        ],
      ),
    ),
  ],
  "deltagare.csv": [
    ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum", "avslutsorsak"],
    ...insatser.flatMap(({ id, deltagare }) =>
      deltagare.map(
        ({ id: person, kon, fran, till, fel }): Cells => [
          id,
          person,
          kon,
          fran,
          till,
          fel ? "felregistrering" : "klar",
        ],
      ),
    ),
  ],
  "arende.csv": [
    ["insats_id", "mote_id", "deltagar_id", "initierad_av", "kon"],
    ...insatser.flatMap(({ id, arenden, deltagare }) =>
      arenden.map(({ mote, deltagare: nr }): Cells => {
        const kon = deltagare[nr]?.kon ?? "okant";
        return [id, mote, `p${nr}`, "af", kon === "okant" ? null : kon];
      }),
    ),
  ],
  "faktura.csv": [
    ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
    ...insatser.flatMap(({ id, fakturor }) =>
      fakturor.map(
        ({ fran, till, ore }, i): Cells => [id, `f${i}`, "f", fran, till, (ore / 100).toFixed(2).replace(".", ",")],
      ),
    ),
  ],
};

/** The same insatser under another id, as the totals that their rows sum to. */
const twin = (id: string): string => `t${id.slice(1)}`;

const asTotals: Record<string, Rows> = {
  "moteantal.csv": [
    ["insats_id", "motestyp", "fran", "till", "antal"],
    ...insatser.flatMap((one) =>
      months(one).flatMap((month) =>
        ["samverkan", "puls"].map(
          (typ): Cells => [
            twin(one.id),
            typ,
            month.fran,
            month.till,
            one.moten.filter(
              ({ datum, motestyp, status }) => status === "genomfort" && motestyp === typ && within(month, datum),
            ).length,
          ],
        ),
      ),
    ),
  ],
  "narvaroantal.csv": [
    ["insats_id", "part_id", "fran", "till", "kallade", "narvarande"],
    ...insatser.flatMap((one) =>
      months(one).flatMap((month) =>
        parts.flatMap((part): Cells[] => {
          const own = one.narvaro.filter((rad) => rad.part === part && within(month, rad.datum));
          const called = own.filter(({ kallad }) => kallad);
          return own.length === 0
            ? []
            : [
                [
                  twin(one.id),
                  part,
                  month.fran,
                  month.till,
                  called.length,
                  called.filter(({ narvarande }) => narvarande).length,
                ],
              ];
        }),
      ),
    ),
  ],
  "deltagarantal.csv": [
    ["insats_id", "fran", "till", "slag", "kvinnor", "man", "okant"],
    ...insatser.flatMap((one) =>
      months(one).flatMap((month) =>
        (["nya", "avslutade"] as const).map((slag): Cells => {
          const own = one.deltagare.filter((p) => !p.fel && within(month, slag === "nya" ? p.fran : p.till));
          const count = (kon: string): number => own.filter((p) => p.kon === kon).length;
          return [twin(one.id), month.fran, month.till, slag, count("kvinna"), count("man"), count("okant")];
        }),
      ),
    ),
  ],
};

const ids = insatser.map(({ id }) => id);

const common: Record<string, Rows> = {
  "insats.csv": [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    ...insatser.flatMap(({ id, fran, till }): Cells[] => [
      [id, id, fran, till],
      [twin(id), twin(id), fran, till],
    ]),
  ],
  "part.csv": [
    ["insats_id", "part_id", "namn", "huvudman"],
    ...ids
      .flatMap((id) => [id, twin(id)])
      .flatMap((id): Cells[] => [
        [id, "af", "AF", "arbetsformedlingen"],
        [id, "kommun", "Kommunen", "kommun"],
      ]),
  ],
  "forbund.csv": [
    ["forbund_id", "namn"],
    ["f", "F"],
  ],
};

/** Goals that totals can answer as well as rows. */
const shared = per.flatMap((window) => [
  ...[0, 1, 3].map((n) => ({ id: `moten-${window}-${n}`, matt: "antal_moten", per: window, villkor: `>= ${n}` })),
  {
    id: `puls-${window}`,
    matt: "antal_moten",
    per: window,
    villkor: "<= 1",
    parametrar: { motestyp: ["puls", "samverkan"] },
  },
  { id: `nya-${window}`, matt: "nya_deltagare", per: window, villkor: ">= 2", grupp: "kon" },
  { id: `avslutade-${window}`, matt: "avslutade_deltagare", per: window, villkor: "1..4", grupp: "kon" },
  { id: `narvaro-${window}`, matt: "narvaroandel", per: window, villkor: ">= 50 %", grupp: "part" },
]);

const ofRows = per.flatMap((window) => [
  { id: `belopp-${window}`, matt: "fakturerat_belopp", per: window },
  { id: `unika-${window}`, matt: "unika_deltagare", per: window, grupp: "kon" },
  { id: `deltaganden-${window}`, matt: "deltaganden", per: window, grupp: "kon" },
  { id: `individer-${window}`, matt: "individer_i_samverkansmote", per: window, grupp: "kon" },
]);

const delivery = (files: Record<string, Rows>) => ({
  files: { ...common, ...files },
  pipelines: {
    "rader.yaml": { insats: ids, mal: [...shared, ...ofRows] },
    "summor.yaml": { insats: ids.map(twin), mal: shared },
  },
});

/** Each file in three, its rows in another order, the parts in folders that are read in another order. */
const scattered = (files: Record<string, Rows>): Record<string, Rows> =>
  Object.fromEntries(
    Object.entries(files).flatMap(([name, [header = [], ...rows]]) => {
      const turned = [...rows].reverse().map((row, i) => ({ row, at: (i * 7) % 3 }));
      return [0, 1, 2].map(
        (at) =>
          [
            `${["c", "a", "b"][at]}/${name}`,
            [header, ...turned.filter((one) => one.at === at).map(({ row }) => row)],
          ] as const,
      );
    }),
  );

let whole: Folder;
let parted: Folder;
let rows: Row[];
beforeAll(async () => {
  whole = folder(delivery({ ...asRows, ...asTotals }));
  await whole.run({ today });
  parted = folder(delivery(scattered({ ...asRows, ...asTotals })));
  await parted.run({ today });
  rows = whole.rows("maluppfyllelse");
}, 600_000);

const judgedColumns = ["till", "taljare", "namnare", "varde", "malvarde", "status", "skal", "ki_lag", "ki_hog"];
const keyOf = (row: Row): string => [row.mal_id, row.grupp, row.gruppvarde, row.fran].join(" ");
const verdicts = (own: Row[]): Map<string, string> =>
  new Map(own.map((row) => [keyOf(row), JSON.stringify(judgedColumns.map((column) => row[column]))]));

describe("additive totals give the verdicts of the rows that sum to them", () => {
  test.each(ids)("%s", (id) => {
    const isShared = ({ mal_id: mal }: Row): boolean => shared.some((goal) => goal.id === mal);
    // A kön that nobody has is a group only where a count of it was delivered; what it counts is then 0.
    const some = (own: Row[]): Row[] => own.filter((row) => isShared(row) && row.grupp !== "kon");
    const own = verdicts(some(pick(rows, { insats_id: id })));
    expect(own.size).toBeGreaterThan(20);
    expect(verdicts(some(pick(rows, { insats_id: twin(id) })))).toEqual(own);
  });
  test("also for each kön that the rows name", () => {
    for (const id of ids) {
      const totals = verdicts(pick(rows, { insats_id: twin(id), grupp: "kon" }));
      for (const [key, verdict] of verdicts(pick(rows, { insats_id: id, grupp: "kon" }))) {
        const mal = key.split(" ")[0] ?? "";
        if (shared.some((goal) => goal.id === mal)) expect([id, key, totals.get(key)]).toEqual([id, key, verdict]);
      }
    }
  });
});

test("splitting a delivery into files and reordering its rows changes no verdict, sentence or series", () => {
  for (const result of ["maluppfyllelse", "malsammanfattning", "malserie", "modelljamforelse", "ej_kallade"]) {
    expect(parted.rows(result)).toEqual(whole.rows(result));
  }
});

describe("splitting an additive window changes no sum", () => {
  const sumOf = (id: string, mal: string): number =>
    pick(rows, { insats_id: id, mal_id: mal, grupp: "" }).reduce((sum, { taljare }) => sum + Number(taljare), 0);
  test.each(["moten-PER-0", "nya-PER", "avslutade-PER", "belopp-PER"])("%s", (goal) => {
    for (const id of ids) {
      const sums = per.map((window) => sumOf(id, goal.replace("PER", window)));
      expect([id, ...sums]).toEqual([id, ...per.map(() => sums.at(-1))]);
    }
  });
  test("its targets add up as well, where the windows are whole days of one year", () => {
    for (const { id, fran, till } of insatser.filter((one) => one.fran.slice(0, 4) === one.till.slice(0, 4))) {
      const targets = pick(rows, { insats_id: id, mal_id: "moten-ar-3", grupp: "" }).map(({ malvarde }) =>
        Number(malvarde),
      );
      const days = (Date.parse(till) - Date.parse(fran)) / 86_400_000 + 1;
      const year = fran.startsWith("2024") ? 366 : 365;
      expect([id, targets[0]?.toFixed(12)]).toEqual([id, ((3 * days) / year).toFixed(12)]);
    }
  });
});

test("women, men and unknown are all", () => {
  const sums = new Map<string, number>();
  const placeOf = ({ insats_id: id, mal_id: mal, fran }: Row): string => `${id} ${mal} ${fran}`;
  for (const row of rows.filter(({ grupp }) => grupp === "kon")) {
    sums.set(placeOf(row), (sums.get(placeOf(row)) ?? 0) + Number(row.taljare));
  }
  const all = rows.filter((row) => row.grupp === "" && row.taljare !== null && sums.has(placeOf(row)));
  expect(all.length).toBeGreaterThan(400);
  expect(all.map((row) => [placeOf(row), sums.get(placeOf(row))])).toEqual(
    all.map((row) => [placeOf(row), row.taljare]),
  );
});
