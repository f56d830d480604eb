/**
 * The money once more, by another way: AKTIV's and the example's invoices read as lines of text and shared out with plain
 * whole numbers, öre by öre. None of the program's parsing, periodising or sharing is used; only its results are compared.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ResultName, Row } from "../src/schema/results.ts";
import { type Shipped, shippedRun } from "./shipped.ts";

const outs = new Map<Shipped, string>();
beforeAll(async () => {
  for (const name of ["exempel", "kallor"] as const) outs.set(name, (await shippedRun(name)).out);
}, 120_000);

const rows = <N extends ResultName>(of: Shipped, name: N): Row<N>[] =>
  JSON.parse(readFileSync(join(outs.get(of) ?? "", "internt", `${name}.json`), "utf8")) as Row<N>[];

type Line = Readonly<Record<string, string>>;

/** The lines of a delivered CSV file, by heading. No cell before `dokument` has a quote or a line break in it. */
const linesOf = (file: string): Line[] => {
  const [header = "", ...lines] = readFileSync(`data/${file}`, "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
  const names = header.split(";");
  return lines.map((line) => Object.fromEntries(line.split(";").map((cell, i) => [names[i] ?? "", cell])));
};

const ore = (kronor: string): bigint => {
  const [whole = "0", decimals = ""] = kronor.replace(/[^\d,-]/g, "").split(",");
  const size = BigInt(`${whole.replace("-", "")}${decimals.padEnd(2, "0")}`);
  return whole.startsWith("-") ? -size : size;
};

const day = (iso: string): bigint => BigInt(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);

/** Parts of `whole` in proportion, handed out one öre at a time to whoever is furthest behind; ties by place. */
const handedOut = (whole: bigint, weights: readonly bigint[]): bigint[] => {
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map((weight) => {
    const product = whole * weight;
    return product >= 0n ? product / all : -((-product + all - 1n) / all);
  });
  const behind = (i: number): bigint => whole * (weights[i] ?? 0n) - (parts[i] ?? 0n) * all;
  for (let left = whole - parts.reduce((sum, part) => sum + part, 0n); left > 0n; left--) {
    const next = parts.map((_, i) => i).reduce((best, i) => (behind(i) > behind(best) ? i : best));
    parts[next] = (parts[next] ?? 0n) + 1n;
  }
  return parts;
};

/** What each year of an invoice is, by days. */
const yearsOf = ({ fran = "", till = "", belopp = "" }: Line): Map<number, bigint> => {
  const years = Array.from(
    { length: Number(till.slice(0, 4)) - Number(fran.slice(0, 4)) + 1 },
    (_, i) => Number(fran.slice(0, 4)) + i,
  );
  const days = years.map((ar) => {
    const from = `${ar}-01-01` > fran ? `${ar}-01-01` : fran;
    const to = `${ar}-12-31` < till ? `${ar}-12-31` : till;
    return day(to) - day(from) + 1n;
  });
  const parts = handedOut(ore(belopp), days);
  return new Map(years.map((ar, i) => [ar, parts[i] ?? 0n]));
};

const add = (sums: Map<string, bigint>, key: string, value: bigint): void => {
  sums.set(key, (sums.get(key) ?? 0n) + value);
};

/** Sums by what `keyOf` names, of the lines that have an amount. */
const summed = (lines: readonly Line[], keyOf: (line: Line, ar: number) => string): Map<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const line of lines.filter(({ belopp }) => belopp)) {
    for (const [ar, part] of yearsOf(line)) add(sums, keyOf(line, ar), part);
  }
  return sums;
};

const told = (found: readonly { readonly key: string; readonly ore: number | null }[]): Map<string, bigint> =>
  new Map(found.filter(({ ore: value }) => value !== null).map(({ key, ore: value }) => [key, BigInt(value ?? 0)]));

const sorted = (sums: Map<string, bigint>): [string, bigint][] => [...sums].sort(([a], [b]) => (a < b ? -1 : 1));

const team = "exempel-samverkansteam";
const example = (): Line[] => [
  ...linesOf(`exempel/${team}/faktura.csv`),
  ...linesOf("exempel/exempel-arbetsvagen/faktura.csv"),
];

describe("AKTIV", () => {
  test("161 285, 105 455 and 43 423 kr make 310 163, and no share is anything else", () => {
    const own = linesOf("kallor/aktiv/faktura.csv").filter(({ belopp }) => belopp);
    const total = own.reduce((sum, { belopp = "" }) => sum + ore(belopp), 0n);
    expect(total).toBe(31_016_300n);
    const promille = handedOut(
      1000n,
      own.map(({ belopp = "" }) => ore(belopp)),
    );
    const found = rows("kallor", "kostnadsandel").filter(
      ({ insats_id: insats, dimension }) => insats === "aktiv" && dimension === "forbund",
    );
    expect(found.map(({ id, belopp_ore: part, andel_procent: procent }) => [id, part, procent]).sort()).toEqual(
      own.map(({ forbund_id: id, belopp = "" }, i) => [id, Number(ore(belopp)), Number(promille[i]) / 10]).sort(),
    );
  });
});

describe("the example, by year, to the öre", () => {
  test("per förbund, part and insats", () => {
    const lines = example();
    const found = rows("exempel", "kostnadsandel_ar");
    const of = (dimension: string): Map<string, bigint> =>
      told(
        found
          .filter((row) => row.dimension === dimension)
          .map((row) => ({ key: `${row.insats_id} ${row.id} ${row.ar}`, ore: row.belopp_ore })),
      );
    const agreedOnly = `${team} exempel-oster 2025`;
    expect(of("forbund").get(agreedOnly)).toBe(0n);
    expect(sorted(of("forbund")).filter(([key]) => key !== agreedOnly)).toEqual(
      sorted(summed(lines, (line, ar) => `${line.insats_id} ${line.forbund_id} ${ar}`)),
    );
    expect(sorted(of("part"))).toEqual(
      sorted(summed(lines, (line, ar) => `${line.insats_id} ${line.part_id || "ingen"} ${ar}`)),
    );
    expect(sorted(of("insats"))).toEqual(
      sorted(summed(lines, (line, ar) => `${line.insats_id} ${line.insats_id} ${ar}`)),
    );
  });
  test("per huvudman, by the part that was paid", () => {
    const kind = new Map(
      [...linesOf(`exempel/${team}/part.csv`), ...linesOf("exempel/exempel-arbetsvagen/part.csv")].map((part) => [
        `${part.insats_id}/${part.part_id}`,
        part.huvudman ?? "",
      ]),
    );
    const found = rows("exempel", "kostnadsandel_ar").filter(({ dimension }) => dimension === "huvudman");
    expect(
      sorted(told(found.map((row) => ({ key: `${row.insats_id} ${row.id} ${row.ar}`, ore: row.belopp_ore })))),
    ).toEqual(
      sorted(
        summed(
          example(),
          (line, ar) => `${line.insats_id} ${kind.get(`${line.insats_id}/${line.part_id}`) ?? "ingen"} ${ar}`,
        ),
      ),
    );
  });
  test("the agreed key: 60/40, then 55/44 of 99, then 50/40/10", () => {
    const keys: Readonly<Record<number, readonly (readonly [string, bigint])[]>> = {
      2023: [
        ["exempel-norr", 60n],
        ["exempel-soder", 40n],
      ],
      2024: [
        ["exempel-norr", 55n],
        ["exempel-soder", 44n],
      ],
      2025: [
        ["exempel-norr", 50n],
        ["exempel-oster", 10n],
        ["exempel-soder", 40n],
      ],
    };
    const paid = summed(linesOf(`exempel/${team}/faktura.csv`), (line, ar) => `${line.forbund_id} ${ar}`);
    for (const [ar, key] of Object.entries(keys)) {
      const total = key.reduce((sum, [id]) => sum + (paid.get(`${id} ${ar}`) ?? 0n), 0n);
      const agreed = handedOut(
        total,
        key.map(([, weight]) => weight),
      );
      for (const [i, [id]] of key.entries()) {
        const off = (paid.get(`${id} ${ar}`) ?? 0n) - (agreed[i] ?? 0n);
        const row = rows("exempel", "kostnadsandel_ar").find(
          (one) => one.insats_id === team && one.dimension === "forbund" && one.id === id && one.ar === Number(ar),
        );
        expect([id, ar, row?.avvikelse_ore]).toEqual([id, ar, Number(off)]);
        expect(row?.avvikelse_procentenheter).toBeCloseTo((Number(off) * 100) / Number(total), 9);
      }
    }
  });
  test("each förbund over all its insatser", () => {
    const found = rows("exempel", "forbundskostnad_ar").filter(({ dimension }) => dimension === "forbund");
    const own = summed(example(), (line, ar) => `${line.forbund_id} ${ar}`);
    own.set("exempel-oster 2025", 0n);
    expect(sorted(told(found.map((row) => ({ key: `${row.id} ${row.ar}`, ore: row.belopp_ore }))))).toEqual(
      sorted(own),
    );
    const whole = rows("exempel", "forbundskostnad").filter(({ dimension }) => dimension === "insats");
    const byInsats = summed(example(), (line) => `${line.forbund_id} ${line.insats_id}`);
    byInsats.set(`exempel-oster ${team}`, 0n);
    expect(sorted(told(whole.map((row) => ({ key: `${row.forbund_id} ${row.id}`, ore: row.belopp_ore }))))).toEqual(
      sorted(byInsats),
    );
  });
  test("what söder may use of 2025 in Arbetsvägen: 780 000 kr less 41 250,50 returned", () => {
    const row = rows("exempel", "forbundskostnad_ar").find(
      ({ resultat_id: id }) => id === "forbundskostnad_ar/exempel-soder/insats/exempel-arbetsvagen/2025",
    );
    expect(row?.medel_ore).toBe(78_000_000 - 4_125_050);
  });
  test("all shares of every kind come to all that was invoiced", () => {
    const total = example().reduce((sum, { belopp }) => (belopp ? sum + ore(belopp) : sum), 0n);
    for (const name of ["kostnadsandel", "kostnadsandel_ar", "forbundskostnad", "forbundskostnad_ar"] as const) {
      for (const dimension of new Set(rows("exempel", name).map((row) => row.dimension))) {
        const sum = rows("exempel", name)
          .filter((row) => row.dimension === dimension)
          .reduce((all, row) => all + BigInt(row.belopp_ore ?? 0), 0n);
        expect([name, dimension, sum]).toEqual([name, dimension, total]);
      }
    }
  });
});

describe("what follows from the invoices", () => {
  const find = <N extends ResultName>(name: N, key: string): Row<N> => {
    const row = rows("exempel", name).find(({ resultat_id: id }) => id === `${name}/${key}`);
    if (!row) throw new Error(`no row ${name}/${key}`);
    return row;
  };
  test("Arbetsvägen 2026: 459 300 + 61 000 kr in ten months are 624 360 in twelve, 155 640 under the 780 000", () => {
    expect(find("prognos", "exempel-arbetsvagen/alla/2026")).toMatchObject({
      manader: 10,
      utfall_ore: 45_930_000 + 6_100_000,
      prognos_ore: 62_436_000,
      avvikelse_ore: 62_436_000 - 78_000_000,
      kraver_forklaring: true,
      status: "prognos",
    });
  });
  test("norr 2024: half of 2 068 333,67 kr is 1 034 166,83 and a half öre; the öre left over goes to the largest remainder", () => {
    const parts = handedOut(206_833_367n, [2n, 1n, 1n]).map(Number);
    expect(
      ["forsakringskassan", "kommun", "region"].map(
        (part) => find("bidragsandel", `exempel-norr/2024/${part}/`).lagens_ore,
      ),
    ).toEqual(parts);
    const kommuner = handedOut(BigInt(parts[1] ?? 0), [60n, 40n]).map(Number);
    expect(
      ["Låtsköping", "Påhittby"].map(
        (kommun) => find("bidragsandel", `exempel-norr/2024/kommun/${kommun}`).avvikelse_ore,
      ),
    ).toEqual([33_000_000 - (kommuner[0] ?? 0), 17_000_034 - (kommuner[1] ?? 0)]);
  });
  test("the team's years of work in 2024: 1 + 0,5 · 182/366 + 0,2 · 151/366 + 0,2 · 199/366 + 0,1 + 0,05", () => {
    const years = 1 + (0.5 * 182 + 0.2 * 151 + 0.2 * 199) / 366 + 0.15;
    const { namnare, taljare_ore: total, varde } = find("enhetskostnad", `${team}/arsarbetskraft/2024`);
    expect(namnare).toBeCloseTo(years, 5);
    expect(varde).toBeCloseTo(Number(total) / 100 / Number(namnare), 6);
  });
  test("1 799 176,35 kr over 26 deltaganden, and in 2026's prices by an index of 395,6, 406,9, 410,2 and 415", () => {
    const paid = summed(linesOf(`exempel/${team}/faktura.csv`), (_, ar) => String(ar));
    const index: Readonly<Record<string, number>> = { 2023: 395.6, 2024: 406.9, 2025: 410.2 };
    const fixed = [...paid].reduce((sum, [ar, part]) => sum + Math.round((Number(part) * 415) / (index[ar] ?? 0)), 0);
    const row = find("enhetskostnad", `${team}/deltagande/hela`);
    expect(row).toMatchObject({ taljare_ore: 179_917_635, namnare: 26, basar: 2026 });
    expect(row.varde).toBeCloseTo(1_799_176.35 / 26, 8);
    expect(row.fast_varde).toBeCloseTo(fixed / 100 / 26, 8);
  });
});
