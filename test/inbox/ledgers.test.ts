/** Ordinary ledgers pass the door, though many of their numbers pass for identity numbers; persons under the same headings do not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { atLeast, chanceOfDay } from "../../src/inbox/chance.ts";
import { inspectIdentity, pseudonymise, pseudonymiser } from "../../src/inbox/door.ts";
import { inspect } from "../../src/inspect.ts";
import { find, hasDay, plainly } from "../../src/schema/identity.ts";
import { person, short } from "../identity/numbers.ts";
import { random as seeded } from "../random.ts";

const today = "2026-11-27";
const rows = 10_000;

type Random = (below: number) => number;
const two = (number: number): string => String(number).padStart(2, "0");
const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random(10)).join("");
const day = (random: Random, from: number, to: number): string =>
  new Date(Date.UTC(from, 0, 1 + random(Math.floor((to - from + 1) * 365.25))))
    .toISOString()
    .slice(0, 10)
    .replaceAll("-", "");
const someone = (random: Random): string => person(day(random, 1940, 2008), String(1 + random(999)).padStart(3, "0"));
const withCheck = (digits: string): string =>
  [..."0123456789"]
    .map((last) => digits + last)
    .find((one) => {
      const sum = [...one]
        .reverse()
        .reduce(
          (all, digit, i) => all + [...String(Number(digit) * (1 + (i % 2)))].reduce((a, b) => a + Number(b), 0),
          0,
        );
      return sum % 10 === 0;
    }) ?? "";

/** What a ledger's column holds, row by row, and the share that passes for identity numbers, one at a time. */
const kinds: readonly (readonly [
  name: string,
  heading: string,
  cell: (random: Random, row: number) => string,
  share: number,
])[] = [
  ["OCR numbers of ten digits with a check digit", "OCR", (random) => withCheck(digits(random, 9)), 0.076],
  [
    "OCR numbers of a few customers each",
    "Betalningsreferens",
    (random, row) => withCheck(`4711${two(row % 97)}${digits(random, 3)}`),
    0.6,
  ],
  ["OCR numbers of twelve digits", "OCR-nummer", (random) => withCheck(digits(random, 11)), 0.0007],
  [
    "OCR numbers that begin with the day of the invoice",
    "OCR",
    (random) => withCheck(`${day(random, 2019, 2026).slice(2)}${digits(random, 3)}`),
    1,
  ],
  [
    "invoice numbers YYMMDD-NNNN",
    "Fakturanummer",
    (random) => `${day(random, 2019, 2026).slice(2)}-${digits(random, 4)}`,
    0.1,
  ],
  [
    "invoice numbers YYMMDD-NNNN of thirty years",
    "Faktura nr",
    (random) => `${day(random, 1996, 2026).slice(2)}-${digits(random, 4)}`,
    0.1,
  ],
  [
    "invoice numbers of ten digits that begin with a day",
    "Fakturanr",
    (random) => `${day(random, 2000, 2026).slice(2)}${digits(random, 4)}`,
    0.1,
  ],
  ["voucher numbers", "Verifikationsnummer", (random) => `${digits(random, 6)}-${digits(random, 4)}`, 0.0078],
  ["account numbers", "Kontonummer", (random) => digits(random, 10), 0.0078],
  ["phone numbers", "Telefon", (random) => `07${digits(random, 4)}-${digits(random, 4)}`, 0.0078],
  ["times YYYYMMDDHHMM", "Tidpunkt", (random) => `${day(random, 1998, 2026)}${two(random(24))}${two(random(60))}`, 0.1],
  [
    "periods YYMMDD-MMDD",
    "Period",
    (random) =>
      `${day(random, 2005, 2026).slice(2, 4)}0${1 + random(6)}${two(1 + random(28))}-${two(7 + random(6))}${two(1 + random(28))}`,
    0.1,
  ],
];
const unnamed: typeof kinds = [
  ["OCR numbers", "Uppgift 4", (random) => withCheck(digits(random, 9)), 0],
  ["times", "Uppgift 4", (random) => `${day(random, 2001, 2026)}${two(random(24))}${two(random(60))}`, 0],
  [
    "periods",
    "Uppgift 4",
    (random) =>
      `${day(random, 2005, 2026).slice(2, 4)}0${1 + random(6)}${two(1 + random(28))}-${two(7 + random(6))}${two(1 + random(28))}`,
    0,
  ],
  ["a running series", "Uppgift 4", (_, row) => `20010101${String(row).padStart(4, "0")}`, 0],
];

const columnOf = (heading: string, cells: readonly string[]) => {
  const poster = [heading, ...cells].map((cell, i) => ({ rad: i + 1, celler: [`A${i}`, cell] }));
  const tabell = { blad: "", kodning: "utf-8", avgransare: ";", poster };
  return [tabell, { at: 0, headings: ["Nr", heading], also: [], dataset: "faktura", who: -1 }] as const;
};
const refusal = (heading: string, cells: readonly string[]): string | undefined =>
  inspectIdentity(...columnOf(heading, cells), today)?.kod;
const seeds = [1, 2];
const column = (cell: (random: Random, row: number) => string, seed: number, count = rows): string[] => {
  const next = seeded(seed);
  const random = (below: number): number => Math.floor(next() * below);
  return Array.from({ length: count }, (_, row) => cell(random, row));
};

describe("a ledger of ten thousand rows passes the door, and is kept as it is", () => {
  test.each(kinds)(
    "%s",
    (_, heading, cell, share) => {
      for (const seed of seeds) {
        const cells = column(cell, seed);
        const passing = cells.filter((one) => find(plainly(one), today, "ten").length > 0).length / rows;
        expect([seed, passing > share * 0.5 && passing < share * 1.3 + 0.002]).toEqual([seed, true]);
        expect([seed, refusal(heading, cells)]).toEqual([seed, undefined]);
      }
      const [tabell, heads] = columnOf(heading, column(cell, 6));
      expect(pseudonymise(tabell, heads, today, pseudonymiser("k".repeat(32))).poster).toEqual(tabell.poster);
    },
    60_000,
  );
  test.each(unnamed)(
    "%s under a heading that says nothing",
    (_, heading, cell) => {
      for (const seed of seeds) expect([seed, refusal(heading, column(cell, seed))]).toEqual([seed, undefined]);
    },
    60_000,
  );
});

type Hidden = readonly [name: string, heading: string, cell: (random: Random, row: number) => string, count?: number];
/** Columns where persons' numbers stand among others, or alone. */
const hidden: readonly Hidden[] = [
  ["an OCR column that is all persons", "OCR", (random) => someone(random).slice(2)],
  [
    "an OCR column with three persons in ten",
    "OCR",
    (random, row) => (row % 10 < 3 ? someone(random).slice(2) : withCheck(digits(random, 9))),
  ],
  [
    "an OCR column with one person in ten, above what chance gives",
    "OCR",
    (random, row) => (row % 10 < 1 ? someone(random).slice(2) : withCheck(digits(random, 9))),
  ],
  [
    "one person in twelve digits among short invoice numbers",
    "Referens",
    (random, row) => (row === 7000 ? someone(random) : `${10_000 + row}`),
  ],
  [
    "one person in twelve digits among running invoice numbers of twelve",
    "Referens",
    (random, row) => (row === 7000 ? someone(random) : `2024${two(1 + (row % 12))}${String(100_000 + row)}`),
  ],
  [
    "one person in twelve digits among invoice numbers with dash",
    "Fakturanummer",
    (random, row) => (row === 7000 ? someone(random) : `${day(random, 2019, 2026).slice(2)}-${digits(random, 4)}`),
  ],
  [
    "one person with dash among invoice numbers with dash of the last years",
    "Fakturanummer",
    (random, row) =>
      row === 7000 ? short(someone(random)) : `${day(random, 2019, 2026).slice(2)}-${digits(random, 4)}`,
  ],
  [
    "one person among times",
    "Tidpunkt",
    (random, row) =>
      row === 7000 ? person("19811228", "987") : `${day(random, 2001, 2026)}${two(random(24))}${two(random(60))}`,
  ],
  [
    "one person in eight OCR numbers with dash",
    "OCR",
    (random, row) => (row === 3 ? short(someone(random)) : withCheck(digits(random, 9))),
    8,
  ],
  ["persons in twelve digits under a heading of accounts", "Kontonummer", (random) => someone(random), 5],
  ["persons with dash under a heading of phones", "Telefon", (random) => short(someone(random)), 3],
  [
    "persons in order, a tenth of them wrong, as in a register",
    "Uppgift 4",
    (_, row) =>
      row % 10 === 0
        ? `1960${two(1 + Math.floor(row / 900))}011234`
        : person(`1960${two(1 + Math.floor(row / 900))}01`, String(1 + (row % 900)).padStart(3, "0")),
  ],
  ["one person alone", "Faktura", (random) => short(someone(random)), 1],
  ["children's numbers, a few", "Referens", () => person("20150102", "123"), 3],
];

describe("persons are found", () => {
  test.each(hidden.map((one) => ({ name: one[0], one })))(
    "$name",
    ({ one: [, heading, cell, count = rows] }) => {
      for (const seed of seeds) {
        expect([seed, refusal(heading, column(cell, seed, count))]).toEqual([seed, "personnummer"]);
        expect([seed, refusal("Uppgift 4", column(cell, seed, count))]).toEqual([seed, "personnummer"]);
      }
    },
    60_000,
  );
});

describe("the examples in data/exempel-identitet", () => {
  const home = join(import.meta.dirname, "../../data/exempel-identitet");
  const files = (folder: string): string[] => readdirSync(join(home, folder)).map((name) => join(folder, name));
  const passing = (file: string): number[] => {
    const [, ...lines] = readFileSync(join(home, file), "utf8").trim().split("\n");
    const cells = lines.map((line) => line.split(";"));
    return (cells[0] ?? []).map(
      (_, c) => cells.filter((row) => find(plainly(row[c] ?? ""), today, "ten").length > 0).length / cells.length,
    );
  };
  test.each(files("vanliga"))("%s is read, though some of its numbers pass", async (file) => {
    const share = passing(file);
    expect(Math.max(...share)).toBeGreaterThan(0.05);
    expect(Math.max(...share)).toBeLessThan(0.15);
    expect((await inspect(join(home, file))).map(({ filfel }) => filfel)).toEqual([null]);
  });
  test.each(files("personer"))("%s is refused", async (file) => {
    expect((await inspect(join(home, file))).map(({ filfel }) => filfel?.kod)).toEqual(["personnummer"]);
  });
});

test("the tail of the binomial distribution is exact", () => {
  // 1 − 0,9³, ten heads of ten, and 10 or more of 20 at a tenth.
  expect(atLeast(1, 3, 0.1)).toBeCloseTo(0.271, 12);
  expect(atLeast(10, 10, 0.5)).toBeCloseTo(2 ** -10, 12);
  expect(atLeast(0, 5, 0)).toBe(1);
  expect(atLeast(10, 20, 0.1)).toBeCloseTo(7.1509040210837865e-6, 12);
});

test("chance of a day is had from the numbers that begin with none", () => {
  const random = seeded(7);
  const all = Array.from({ length: 50_000 }, () => String(Math.floor(random() * 1e6)).padStart(6, "0"));
  const others = all.filter((six) => !hasDay(`20${six}0000`));
  // Twelve months of a hundred, with 30,5 days and as many of a samordningsnummer besides day 60; and month 00 with 32 of those.
  expect(chanceOfDay(others)).toBeCloseTo((366 * 2 + 12 + 32) / 10_000, 2);
  expect(chanceOfDay([])).toBeCloseTo(0.0776, 3);
});
