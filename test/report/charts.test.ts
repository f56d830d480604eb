import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { barChart } from "../../src/report/charts/bars.ts";
import { bidragsandelar } from "../../src/report/charts/bidragsandelar.ts";
import { budget, budgetTables } from "../../src/report/charts/budget.ts";
import { budgettrappa } from "../../src/report/charts/budgettrappa.ts";
import { forlopp } from "../../src/report/charts/forlopp.ts";
import { huvudman } from "../../src/report/charts/huvudman.ts";
import { konsfordelning } from "../../src/report/charts/konsfordelning.ts";
import { kostnadsandelar } from "../../src/report/charts/kostnadsandelar.ts";
import { broken, widthOf } from "../../src/report/charts/lettering.ts";
import { malutfall } from "../../src/report/charts/malutfall.ts";
import { malvarden } from "../../src/report/charts/malvarden.ts";
import { narvaro } from "../../src/report/charts/narvaro.ts";
import { omslag, shownProv } from "../../src/report/charts/omslag.ts";
import { blue, ink, paper, quiet, series, vermillion } from "../../src/report/charts/palette.ts";
import type { Chart } from "../../src/report/charts/picture.ts";
import { filesOf } from "../../src/report/charts/picture.ts";
import { png } from "../../src/report/charts/png.ts";
import { punkter } from "../../src/report/charts/punkter.ts";
import { quantile, ryggrad } from "../../src/report/charts/ryggrad.ts";
import { serie } from "../../src/report/charts/serie.ts";
import { staplar } from "../../src/report/charts/staplar.ts";
import { tratt } from "../../src/report/charts/tratt.ts";
import { trendChart } from "../../src/report/charts/trend.ts";
import { comparisonsOf, likeOf, widenedOf } from "../../src/report/comparison.ts";
import { namesOf } from "../../src/report/names.ts";
import type { AndelAr, Publik, Serierad } from "../../src/report/publik.ts";
import type { Table } from "../../src/report/table.ts";
import { trendsOf } from "../../src/report/trends.ts";
import { withFont } from "../../src/report/utseende.ts";
import { expectGoldenSvg } from "../golden.ts";
import {
  allaNamn,
  andel,
  andelAr,
  bidragsrad,
  budgetrad,
  forbund,
  forlopprader,
  insats,
  kon,
  kostnad,
  mal,
  malrad,
  narvarorader,
  prognos,
  provrad,
  publik,
  serierad,
  withheld,
} from "./fixture.ts";

const drawn = (chart: Chart | undefined): Chart => {
  if (!chart) throw new Error("nothing was drawn");
  return chart;
};

const exempel = false;

const verdictRows = [
  mal({ mal_id: "1", status: "uppnatt" }),
  mal({ mal_id: "2", status: "delvis" }),
  mal({ mal_id: "3", status: "ej_uppnatt" }),
  mal({ mal_id: "4", status: "ej_matbart" }),
  mal({ mal_id: "5", status: "ej_matbart" }),
  mal({ insats_id: "b", mal_id: "1", status: "uppnatt" }),
];

const valueRows = [
  malrad(),
  malrad({ mal_id: "p", fran: "2018-01-01", till: "2018-12-31", varde: 4, malvarde: 4, status: "uppnatt" }),
  malrad({ mal_id: "p", fran: "2019-01-01", till: "2019-12-31", varde: 4, malvarde: 4, status: "uppnatt" }),
  malrad({ mal_id: "p", fran: "2020-01-01", till: "2020-12-31", varde: 12, malvarde: 4, status: "uppnatt" }),
  withheld({ mal_id: "p", fran: "2021-01-01", till: "2021-12-31", status: "ej_uppnatt" }),
];

const flips = (): Chart =>
  omslag({
    name: "omslag",
    prov: shownProv([
      provrad(),
      provrad({ fraga: "moten", definition: "andel av alla hållna möten", status: "ej_uppnatt", utslag: "vander" }),
      provrad({ fraga: "ar", definition: "insatsår", status: "ej_matbart", utslag: "ej_langre" }),
      provrad({ mal_id: "p", text: "Fyra planeringsträffar per år", status: "delvis" }),
      provrad({ mal_id: "p", fraga: "delperiod", definition: "oskalat mål", status: "delvis", utslag: "samma" }),
      provrad({ mal_id: "d", text: "Avslut", status: null, utslag: null, ar_dold: true }),
    ]),
    namn: () => "AKTIV",
    exempel,
  });

const values = (rows = valueRows): Chart | undefined =>
  malvarden({
    name: "malvarden",
    insats: "Insats A",
    mal: [mal(), mal({ mal_id: "p", text: "Planeringsträffar fyra gånger per år", status: "delvis" })],
    rows,
    sammanslagna: [],
    names: allaNamn,
    exempel,
  });

const mitt = { id: "mitt", belopp_ore: 4_800_000, andel: 0.48, andel_procent: 48, avvikelse_ore: -200_000 };

const shares = (andelarAr: readonly AndelAr[] = [], key: number | null = 0.5): Chart | undefined =>
  kostnadsandelar({
    name: "kostnadsandelar",
    title: "Kostnad per förbund: Insats A",
    andelar: [andel({ avtalad_andel: key }), andel({ ...mitt, avtalad_andel: key })],
    andelarAr,
    names: allaNamn,
    exempel,
  });

const course = (rows = forlopprader, prognoser = [prognos()]): Chart | undefined =>
  forlopp({ name: "forlopp", insats: "Insats A", rows, prognoser, exempel });

const contributions = (
  rows = [
    bidragsrad({
      belopp_ore: 11_000_000,
      andel: 0.55,
      andel_procent: 55,
      avvikelse_ore: 1_000_000,
      avvikelse_procentenheter: 5,
    }),
    bidragsrad({
      huvudman: "kommun",
      belopp_ore: 4_500_000,
      andel: 0.225,
      andel_procent: 22.5,
      lagens_andel: 0.25,
      lagens_ore: 5_000_000,
      avvikelse_ore: -500_000,
    }),
    bidragsrad({
      huvudman: "region",
      belopp_ore: 4_500_000,
      andel: 0.225,
      andel_procent: 22.5,
      lagens_andel: 0.25,
      lagens_ore: 5_000_000,
      avvikelse_ore: -500_000,
    }),
    bidragsrad({ ar: 2024, andel: null, andel_procent: null, avvikelse_ore: null, skal: "uppgift saknas: region" }),
  ],
): Chart | undefined => bidragsandelar({ name: "bidragsandelar", forbund: "Finsam i Lund", rows, exempel });

const kinds = (
  andelar = [
    andel({ dimension: "huvudman", id: "kommun", avtalad_andel: null }),
    andel({ dimension: "huvudman", ...mitt, id: "region", avtalad_andel: null }),
  ],
): Chart | undefined => huvudman({ name: "huvudman", insats: "Insats A", andelar, andelarAr: [], exempel });

const attendance = (rows = narvarorader): Chart | undefined =>
  narvaro({ name: "narvaro", insats: "Insats A", rows, partNamn: (part) => allaNamn.part("a", part), exempel });

const budgetRows = [
  budgetrad(),
  budgetrad({ post: "lokaler", budget_ore: 6_000_000, omraknad_ore: null, utfall_ore: 0 }),
  budgetrad({ ar: 2019, utfall_ore: 90_000_000, avvikelse_ore: 4_992_000, avvikelse_procent: 5.87 }),
];

const money = (rows = budgetRows): Chart | undefined =>
  budget({ name: "budget", insats: "Insats A", rows, postNamn: ({ post }) => post, exempel });

/** Two years of invoices, of three lines: one over, one under, one that nobody budgeted; and a year without invoices. */
const outcomes = [
  budgetrad({ utfall_ore: 90_008_000 }),
  budgetrad({ ar: 2019, utfall_ore: 85_008_000 }),
  budgetrad({ ar: 2020, utfall_ore: null }),
  budgetrad({ post: "lokaler", budget_ore: 6_000_000, utfall_ore: 0 }),
  budgetrad({ post: "utbildning", budget_ore: null, status: null, omraknad_ore: null, utfall_ore: 2_550_000 }),
];

const stairs = (rows = outcomes): Chart | undefined =>
  budgettrappa({ name: "budgettrappa", insats: "Insats A", rows, postNamn: ({ post }) => post, exempel });

const sexes = (row = kon()): Chart | undefined =>
  konsfordelning({ name: "konsfordelning", insats: "Insats A", row, exempel });

const verdicts = (isExempel = exempel): Chart | undefined =>
  malutfall({
    name: "malutfall",
    title: "Målen efter utfall",
    rows: verdictRows,
    namn: allaNamn.insats,
    exempel: isExempel,
  });

/** Twelve months at 10 and 12, and one far above. */
const process = (bySex: readonly Serierad[] = []): Chart | undefined =>
  serie({
    bySex,
    name: "serie",
    mal: "Minst sju möten i månaden",
    enhet: "antal",
    rows: Array.from({ length: 13 }, (_, i) => {
      const fran = `${2023 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-01`;
      return serierad({ fran, varde: i === 12 ? 18 : 10 + (i % 2) * 2, ar_utanfor: i === 12 });
    }),
    exempel,
  });

/** One measure of so many insatser, each a förbund's; the last but one far below the others. */
const amnen = (many: number, matt = "narvaroandel", slag: "andel" | "kostnad" = "andel") => {
  const rows = Array.from({ length: many }, (_, i) => {
    const namnare = 30 + 7 * i;
    const share = i === many - 2 ? 0.5 : 0.8 + 0.02 * ((i % 3) - 1);
    const taljare =
      slag === "andel" ? Math.round(namnare * share) : 5_000_000 * (namnare + (i === many - 2 ? 90 : i % 5));
    return malrad({
      insats_id: `i${i}`,
      forbund_id: `f${i}`,
      matt,
      taljare,
      namnare,
      varde: 1,
      fran: "2024-01-01",
      till: "2024-12-31",
    });
  });
  const from = publik({
    insats: rows.map(({ insats_id: id }) => insats({ insats_id: id, namn: `Insats ${id}` })),
    forbund: rows.map(({ forbund_id: id }) => forbund(id ?? "", `Förbund ${id}`)),
    maluppfyllelse: [...rows, withheld({ insats_id: "i99", matt, fran: "2024-01-01", till: "2024-12-31" })],
  });
  return comparisonsOf(from, namesOf(from));
};
const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error("nothing is compared");
  return one;
};
const funnel = () => tratt({ name: "tratt", av: "insats", amne: first(amnen(14).insats), exempel });
const costs = () =>
  tratt({
    name: "tratt-kostnad",
    av: "insats",
    amne: first(amnen(14, "kostnad_per_deltagare", "kostnad").insats),
    exempel,
  });
const wide = () => tratt({ name: "tratt-vidgad", av: "insats", amne: widenedOf(first(amnen(14).insats)), exempel });
const dots = () => punkter({ name: "punkter", av: "insats", amne: first(amnen(4).insats), exempel });
const spine = () =>
  ryggrad({
    name: "ryggrad",
    id: "f12",
    namn: "Förbund f12",
    amnen: amnen(14).forbund,
    liknande: ["f3", "f5"],
    exempel,
  });

/** Two models over four quarters, of which the first counts in another way from the third. */
const trends = (given: Partial<Publik> = {}) => {
  const quarters = ["01-01/03-31", "04-01/06-30", "07-01/09-30", "10-01/12-31"];
  const share = (id: string, at: number, taljare: number) => {
    const [fran, till] = quarters[at]?.split("/") ?? [];
    return malrad({
      insats_id: id,
      matt: "narvaroandel",
      taljare,
      namnare: 100,
      varde: 1,
      fran: `2024-${fran}`,
      till: `2024-${till}`,
    });
  };
  const each = (id: string, counts: readonly number[]) => counts.map((taljare, at) => share(id, at, taljare));
  return trendsOf(
    publik({
      insats: [
        insats({ insats_id: "a", modell: "IPS" }),
        insats({ insats_id: "b", modell: "IPS" }),
        insats({ insats_id: "c", modell: "team" }),
        insats({ insats_id: "d", modell: "team" }),
      ],
      maluppfyllelse: [
        ...each("a", [60, 62, 80, 82]),
        ...each("b", [70, 72, 70, 72]),
        ...each("c", [50, 55, 60, 65]),
        // Of two quarters only, and left out.
        ...each("d", [99, 99]),
      ],
      seriebrott: [{ insats_id: "a", datum: "2024-07-01" }],
      ...given,
    }),
  );
};
const trend = () => trendChart({ name: "trend", trend: first(trends()), exempel });

const all: readonly (readonly [string, () => Chart | undefined])[] = [
  ["forlopp", course],
  ["bidragsandelar", contributions],
  ["huvudman", kinds],
  ["malutfall", verdicts],
  ["malvarden", values],
  ["kostnadsandelar", () => shares([2023, 2024].flatMap((ar) => [andelAr({ ar }), andelAr({ ...mitt, ar })]))],
  ["konsfordelning", sexes],
  ["narvaro", attendance],
  ["budget", money],
  ["omslag", flips],
  ["serie", () => process()],
  ["budgettrappa", stairs],
  ["tratt", funnel],
  ["tratt-vidgad", wide],
  ["tratt-kostnad", costs],
  ["punkter", dots],
  ["ryggrad", spine],
  ["trend", trend],
];

describe.each(all)("the chart %s", (name, draw) => {
  test("is drawn as it was", () => {
    expectGoldenSvg(`charts/${name}.svg`, drawn(draw()).svg);
  });
  test("is the same each time", () => {
    expect(drawn(draw()).svg).toBe(drawn(draw()).svg);
  });
  test("is named and described, in Swedish, and hides its inner parts from readers of labels", () => {
    const { svg, sentence } = drawn(draw());
    expect(svg).toMatch(new RegExp(`role="img" aria-labelledby="${name}-titel ${name}-text"`));
    expect(svg.match(/aria-/g)).toHaveLength(1);
    expect(sentence).toMatch(/^[A-ZÅÄÖ0-9].*\.$/);
  });
  test("refers to nothing outside itself, and every pattern it names is in it", () => {
    const { svg } = drawn(draw());
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|<style|<script/);
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(svg).toContain(`id="${id}"`);
  });
  test("has its figures as a table with a heading for every cell", () => {
    const { columns, rows } = drawn(draw()).table;
    expect(rows.length).toBeGreaterThan(0);
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
  });
});

describe("comparisons", () => {
  test("widened for over-dispersion, each limit is the root of it farther from all, and whoever is inside then is not named", () => {
    const amne = first(amnen(14).insats);
    const { alla, spridning } = amne;
    for (const [i, { granser }] of widenedOf(amne).enheter.entries()) {
      const narrow = amne.enheter[i]?.granser ?? granser;
      expect((alla - granser.lag) / (alla - narrow.lag)).toBeCloseTo(Math.sqrt(spridning), 10);
      expect(granser.hog).toBeCloseTo(Math.min(1, alla + (narrow.hog - alla) * Math.sqrt(spridning)), 10);
    }
    // 57 of 114 where all are 76.8 percent: 6.8 deviations off, and 3.5 of the widened, which are 1.95 times as large.
    expect(drawn(funnel()).sentence).toContain("En av 14 insatser skiljer sig från de andra mer än slumpen kan göra");
    expect(drawn(wide()).sentence).toContain(
      "En av 14 insatser skiljer sig från de andra mer än spridningen mellan alla",
    );
    const milder = { ...amne, spridning: 9 };
    expect(widenedOf(milder).enheter.filter(({ utanfor }) => utanfor === "yttre")).toEqual([]);
  });
  test("units in one place have one label", () => {
    const amne = first(amnen(14).insats);
    const last = first(amne.enheter.filter(({ utanfor }) => utanfor === "yttre"));
    const twin = { ...amne, enheter: [...amne.enheter, { ...last, id: "tvilling", namn: "Tvillingen" }] };
    const labels = drawn(tratt({ name: "tratt", av: "insats", amne: twin, exempel })).svg.match(/>[^<]*Tvillingen</g);
    expect(labels).toEqual([`>${last.namn} och Tvillingen<`]);
  });
  test("a funnel names only those outside, and says how many are hidden", () => {
    const { svg, table, sentence } = drawn(funnel());
    expect(svg.match(/Insats i\d+/g)).toEqual(["Insats i12"]);
    expect(table.rows).toHaveLength(1);
    expect(sentence).toContain("En insats visas inte, eftersom det gäller få personer.");
  });
  test("a few are named in the order of their names, whatever their values", () => {
    const { svg } = drawn(dots());
    expect(svg.match(/Insats i\d/g)).toEqual(["Insats i0", "Insats i1", "Insats i2", "Insats i3"]);
  });
  test("a spine's dot is filled only where the förbund differs, and there is none among few", () => {
    const fills = (id: string): number =>
      drawn(ryggrad({ name: "r", id, namn: id, amnen: amnen(14).forbund, liknande: [], exempel })).svg.split(
        `fill="${blue}"`,
      ).length - 1;
    expect([fills("f12"), fills("f1")]).toEqual([2, 1]);
    expect(ryggrad({ name: "r", id: "f1", namn: "", amnen: amnen(9).forbund, liknande: [], exempel })).toBeUndefined();
  });
  test("a trend is of the same insatser throughout, and its line is parted at a break", () => {
    const lines = (found: ReturnType<typeof trends>) =>
      first(found).modeller.map(({ namn, punkter, brott }) => [
        namn,
        punkter.map(({ nr, varde, del }) => `${nr} ${varde} ${del}`),
        brott,
      ]);
    const team = ["Team", ["0 0.5 0", "1 0.55 0", "2 0.6 0", "3 0.65 0"], []];
    expect(lines(trends())).toEqual([["IPS", ["0 0.65 0", "1 0.67 0", "2 0.75 1", "3 0.77 1"], [2]], team]);
    // Within the third quarter: that one counts in two ways.
    expect(lines(trends({ seriebrott: [{ insats_id: "b", datum: "2024-08-01" }] }))).toEqual([
      ["IPS", ["0 0.65 0", "1 0.67 0", "3 0.77 1"], [3]],
      team,
    ]);
    const paths =
      drawn(trend())
        .svg.match(/<path [^>]*d="M[^"]*"/g)
        ?.filter((one) => /L/.test(one)) ?? [];
    expect(paths).toHaveLength(3);
    expect(drawn(trend()).table.columns.map(({ heading }) => heading)).toEqual(["Period", "IPS", "Team"]);
  });
  test("alike is who shares two of size, län and målgrupp, and in which is said", () => {
    const cost = (id: string, kr: number) =>
      kostnad({ forbund_id: id, dimension: "insats", id: `i-${id}`, belopp_ore: kr * 100 });
    const targets = (id: string, beskrivning: string): Publik["malgrupp"][number] => ({
      insats_id: `i-${id}`,
      fran: null,
      till: null,
      antal_lag: 10,
      antal_hog: null,
      beskrivning,
      dokument: null,
      avsnitt: null,
    });
    const inLan = (id: string, lan: string | null) => ({ ...forbund(id, `Förbund ${id}`), lan });
    const from = publik({
      forbund: [inLan("a", "X"), inLan("b", "X"), inLan("c", null), inLan("d", "Y"), inLan("e", "X")],
      forbundskostnad: [cost("a", 100), cost("b", 150), cost("c", 67), cost("d", 60), cost("e", 151)],
      malgrupp: [targets("a", "Unga"), targets("c", "unga"), targets("d", "Unga"), targets("e", "Äldre")],
    });
    const { liknande } = likeOf(from, namesOf(from), "a");
    expect(liknande.map(({ id, lika }) => [id, lika])).toEqual([
      ["b", ["storlek", "län"]],
      ["c", ["storlek", "målgrupp"]],
    ]);
    // Nothing delivered of a län or of what it cost is alike in nothing.
    expect(likeOf(publik({ forbund: [inLan("a", null), inLan("b", null)] }), namesOf(from), "a").liknande).toEqual([]);
  });
  test("the quarters of four values lie linearly between them", () => {
    expect([0.25, 0.5, 0.75].map((share) => quantile([1, 2, 3, 5], share))).toEqual([1.75, 2.5, 3.5]);
  });
});

describe("sentences", () => {
  test("contributions name the years that are not the law's shares, and those that cannot be tried", () => {
    expect(drawn(contributions()).sentence).toBe(
      "Bidragen skiljer sig från lagens andelar 2023. 2024 går inte att pröva, eftersom uppgifter saknas.",
    );
    expect(drawn(kinds()).sentence).toBe(
      "Av 100\u00a0000\u00a0kr gick 52,0\u00a0% till kommun och 48,0\u00a0% till region.",
    );
  });

  test("invoices against the grant: how far, how much of it, and what the pace comes to", () => {
    expect(drawn(course()).sentence).toBe(
      "Till och med augusti 2018 är 500\u00a0000\u00a0kr fakturerat, 83,3\u00a0% av de 600\u00a0000\u00a0kr som har beviljats till och med det året. I samma takt kostar året 2018 sammanlagt 900\u00a0000\u00a0kr.",
    );
  });
  test("verdicts are counted", () => {
    expect(drawn(verdicts()).sentence).toBe(
      "I två insatser finns sex mål. Utfallet är uppnått för två, delvis uppnått för ett, ej uppnått för ett och ej mätbart för två.",
    );
  });
  test("values against targets say what is not shown and what lies beyond the edge", () => {
    expect(drawn(values()).sentence).toBe(
      "Fyra värden går att hålla mot ett målvärde. Tre når målet. Ett värde har för litet underlag för att visas och är inte ritat. Värden över 200 procent av målet är avbrutna eller har en pil vid kanten.",
    );
  });
  test("cost shares name the agreed shares, or that there are none", () => {
    expect(drawn(shares()).sentence).toContain("bär Finsam i Lund 52,0\u00a0% och Finsam Mittskåne 48,0\u00a0%.");
    expect(drawn(shares()).sentence).toContain("Avtalat är Finsam i Lund 50,0\u00a0% och");
    expect(drawn(shares([], null)).sentence).toContain("Ingen avtalad fördelning finns i underlaget.");
  });
  test("attendance names the part without a value, and why", () => {
    expect(drawn(attendance()).sentence).toBe(
      "Kravet är minst 85\u00a0%. Det nås i ett av två fall. Inget värde visas för Region Skåne: underlag saknas.",
    );
  });
  test("women are a share of women and men, and the unknown are told apart", () => {
    expect(drawn(sexes()).sentence).toBe(
      "44 av 73 deltaganden är av kvinnor (60,3\u00a0%). För sju är könet okänt; de räknas inte i andelen.",
    );
  });
});

describe("agreed against actual", () => {
  test("is a mark at each for every förbund, and the title names the one that is furthest from what was agreed", () => {
    const { title, svg } = drawn(shares([], 0.3));
    expect(title.replaceAll("\u00a0", " ")).toBe("Finsam i Lund bar 52 % av kostnaden, avtalat var 30 %");
    expect(svg.match(/<path transform=/g)).toHaveLength(4);
  });
  test("is not drawn of what one förbund pays alone", () => {
    const about = { names: { ...allaNamn, forbund: (id: string) => id }, name: "k", title: "K", exempel };
    expect(kostnadsandelar({ ...about, andelar: [andel()], andelarAr: [] })).toBeUndefined();
  });
});

const emptyTable: Table = { caption: "", columns: [], rows: [] };

describe("a share's label", () => {
  const labels = (...shares: number[]): string[] => {
    const bidrag = shares.map((procent, i) =>
      bidragsrad({ huvudman: `f${i}`, andel: procent / 100, andel_procent: procent, lagens_andel: null }),
    );
    const bars = ["", " "].map((label) => ({ label, rows: bidrag }));
    const { of, legend } = staplar(bars, {
      ...{
        idOf: ({ huvudman }) => huvudman,
        agreedOf: () => null,
        namn: (id: string) => id,
        agreed: "",
        agreedPart: "",
      },
    });
    const about = { name: "s", title: "", topic: "", sentence: "", table: emptyTable, note: "", exempel };
    const { svg } = drawn(barChart({ ...about, legend }, of));
    const written = [...svg.matchAll(/<text x="[\d.]+" y="[\d.]+">([A-D](?: [\d,]+\u00a0%)?)<\/text>/g)].map(
      ([, text = ""]) => text.replace("\u00a0", " "),
    );
    return written.slice(0, written.length / 2);
  };
  test("may be a little wider than its part where its neighbour leaves room", () => {
    expect(labels(14, 52, 34)).toEqual(["A 14,0 %", "B 52,0 %", "C 34,0 %"]);
  });
  test("names a part that is nothing where both its neighbours leave room", () => {
    expect(labels(60, 0, 40)).toEqual(["A 60,0 %", "B 0,0 %", "C 40,0 %"]);
    expect(labels(60, 40, 0)).toEqual(["A 60,0 %", "B 40,0 %"]);
  });
  test("is the letter alone where it would meet another", () => {
    expect(labels(14, 14, 72)).toEqual(["A", "B", "C 72,0 %"]);
    expect(labels(8, 50, 42)).toEqual(["A", "B 50,0 %", "C 42,0 %"]);
  });
});

describe("a budget is shown three ways", () => {
  const sumsOf = (tables: readonly Table[]): string[][][] =>
    tables.map(({ rows }) =>
      rows
        .filter(({ isSum }) => isSum)
        .map(({ group = "", cells }) => [group, ...cells.map((cell) => String(cell).replaceAll("\u00a0", " "))]),
    );
  test("a bar for each that is known, 0 too, and its amount in thousands", () => {
    const { svg } = drawn(money([budgetrad({ utfall_ore: 0 })]));
    const boxes = (text: string): number => text.match(/<rect /g)?.length ?? 0;
    // A bar and its sign in the legend.
    expect(boxes(svg) - boxes(drawn(money([budgetrad()])).svg)).toBe(2);
    for (const amount of ["850", "727", ">0<"]) expect(svg).toContain(amount);
    expect(drawn(money([budgetrad()])).svg).not.toContain("fakturerat</text>");
  });
  test("its title says how far the staffing is from the budget, and under it which ways are drawn", () => {
    const told = drawn(money([budgetrad()]));
    expect(told.title.replaceAll("\u00a0", " ")).toBe("Bemanningen ger 122 640 kr mindre än budgeten");
    expect(told.svg).toContain(">Budget och omräknad kostnad: Insats A</text>");
    const two = [budgetrad({ omraknad_ore: null }), budgetrad({ ar: 2019, omraknad_ore: null })];
    expect(drawn(money(two)).svg).toContain(">Budget: Insats A</text>");
  });
  test("the sentence says how far the staffing is from the budget, more and less apart", () => {
    const told = (rows: Parameters<typeof money>[0]): string => drawn(money(rows)).sentence.replaceAll("\u00a0", " ");
    const more = budgetrad({ post: "lokaler", budget_ore: 6_510_000, omraknad_ore: 10_850_000 });
    expect(told([more])).toContain("En av dem ger ett annat belopp än budgeten: 43 400 kr mer.");
    expect(told([budgetrad(), budgetrad({ ar: 2019 }), more])).toContain(
      "Tre av dem ger ett annat belopp än budgeten: 43 400 kr mer och sammanlagt 245 280 kr mindre.",
    );
  });
  test("the table adds up each year and all, but nothing where a part is missing", () => {
    const unknown = budgetrad({ post: "lokaler", budget_ore: 6_000_000, omraknad_ore: null });
    expect(sumsOf(budgetTables([budgetrad(), unknown, budgetrad({ ar: 2019 })], ({ post }) => post))).toEqual([
      [
        ["2018", "Summa", "910 080 kr", "–", "–"],
        ["Alla år", "Summa", "1 760 160 kr", "–", "–"],
        ["Alla år", "Summa av de poster som har båda beloppen", "1 700 160 kr", "1 454 880 kr", "−245 280 kr"],
      ],
    ]);
  });
  test("the staffing and the invoices are held against the budget each in its own table, of what they are about", () => {
    const unbudgeted = budgetrad({ post: "resor", budget_ore: null, omraknad_ore: null, utfall_ore: 100 });
    const tables = budgetTables([budgetrad({ utfall_ore: 200 }), unbudgeted], ({ post }) => post);
    expect(tables.map(({ caption, rows }) => [caption, rows.length])).toEqual([
      ["Budget och omräknad kostnad", 1],
      ["Budget och fakturerat", 3],
    ]);
    expect(sumsOf(tables)).toEqual([[], [["2018", "Summa", "–", "3 kr"]]]);
  });
  test("from budget to invoiced in steps that add up, the largest first", () => {
    const { table, sentence } = drawn(stairs());
    expect(table.rows.map(({ cells }) => cells.map((cell) => String(cell).replaceAll("\u00a0", " ")))).toEqual([
      ["lokaler", "60 000 kr", "0 kr", "−60 000 kr"],
      ["personal", "1 700 160 kr", "1 750 160 kr", "+50 000 kr"],
      ["utbildning", "–", "25 500 kr", "+25 500 kr"],
      ["Summa", "1 760 160 kr", "1 775 660 kr", "+15 500 kr"],
    ]);
    expect(sentence.replaceAll("\u00a0", " ")).toBe(
      "2018 och 2019 fakturerades 1 775 660 kr, 15 500 kr mer än budgeten, 1 760 160 kr. Två poster kostade mer och en post mindre än sin budget.",
    );
  });
  test("a credit note takes the stairs below zero, inside the picture", () => {
    const { svg } = drawn(stairs([budgetrad({ budget_ore: 1_000_000, utfall_ore: -500_000 })]));
    expect(svg).toContain("−15");
    expect(Math.min(...[...svg.matchAll(/ x="(-?[\d.]+)"/g)].map(([, x]) => Number(x)))).toBeGreaterThanOrEqual(0);
  });
  test("nothing budgeted and nothing invoiced is a bar that is seen", () => {
    const { svg } = drawn(stairs([budgetrad({ budget_ore: 0, utfall_ore: 0 })]));
    expect(svg).not.toContain("NaN");
    expect(svg.match(/<rect [^>]*width="2" height="18"/g)).toHaveLength(2);
  });
  test("without invoices, or without a budget for what is invoiced, there are no stairs", () => {
    expect(stairs([budgetrad()])).toBeUndefined();
    expect(stairs([budgetrad({ budget_ore: null, utfall_ore: 100 })])).toBeUndefined();
  });
});

describe("a chart is drawn only where there is something to draw", () => {
  test("hidden counts are never drawn", () => {
    expect(sexes(kon({ kvinnor: null, man: null, okant: null, andel_kvinnor: null, ar_dold: true }))).toBeUndefined();
  });
  test("a withheld value is neither a bar nor a dot", () => {
    const without = valueRows.filter(({ ar_dold: isWithheld }) => !isWithheld);
    const shapes = (chart: Chart | undefined): number => drawn(chart).svg.match(/<(rect|path)/g)?.length ?? 0;
    expect(shapes(values())).toBe(shapes(values(without)));
  });
  test("values without a target, attendance without values, a budget without budget, goals without goals", () => {
    expect(values([malrad({ malvarde: null })])).toBeUndefined();
    expect(attendance(narvarorader.slice(2))).toBeUndefined();
    expect(contributions([bidragsrad({ andel: null })])).toBeUndefined();
    expect(kinds([andel({ dimension: "huvudman", id: "ingen" })])).toBeUndefined();
    expect(course(forlopprader.map((row) => ({ ...row, medel_ackumulerat_ore: null })))).toBeUndefined();
    expect(money([budgetrad({ budget_ore: null, omraknad_ore: null, utfall_ore: 100 })])).toBeUndefined();
    expect(malutfall({ name: "m", title: "Mål", rows: [], namn: allaNamn.insats, exempel })).toBeUndefined();
  });
  test("shares that are negative or cannot be formed are not drawn, and the table has them", () => {
    const about = { names: allaNamn, name: "k", title: "K", exempel };
    const negative = [andel({ andel: 1.2 }), andel({ id: "mitt", andel: -0.2 })];
    expect(kostnadsandelar({ ...about, andelar: negative, andelarAr: [] })).toBeUndefined();
  });
});

test("an example says so inside the picture", () => {
  const { svg } = drawn(verdicts(true));
  expect(svg).toMatch(/>EXEMPEL: Fyra av sex mål går att bedöma, två är[\s\S]*>Målen efter utfall<\/text>/);
  expect(svg).toContain(">EXEMPEL: uppgifterna är påhittade.</text>");
});

test("what a name says is text in the picture, not markup", () => {
  const chart = malutfall({
    name: "m",
    title: "Mål",
    rows: [mal(), mal({ insats_id: "b" })],
    namn: () => "<b>A & B</b>",
    exempel,
  });
  expect(drawn(chart).svg).toContain("&lt;b&gt;A &amp; B&lt;/b&gt;");
});

test("the PNG is the same each time, and says its size: 16 cm at 300 dots to the inch, a slide 25.4 cm at 150", async () => {
  const { svg, slides } = drawn(verdicts());
  const [first, second] = [await png(withFont(svg)), await png(withFont(svg))];
  expect(first.equals(second)).toBe(true);
  for (const [bytes, cm] of [
    [first, 16],
    [await png(slides[0] ?? ""), 25.4],
  ] as const) {
    const chunk = bytes.indexOf("pHYs");
    expect(bytes[chunk + 12]).toBe(1);
    expect((bytes.readUInt32BE(16) / bytes.readUInt32BE(chunk + 4)) * 100).toBeCloseTo(cm, 1);
    expect(crc32(bytes.subarray(chunk, chunk + 13))).toBe(bytes.readUInt32BE(chunk + 13));
  }
});

describe("the sizes of a picture", () => {
  const sizeOf = (svg: string): number[] =>
    [...svg.matchAll(/ (?:width|height)="([\d.]+)cm"/g)].map(([, cm]) => Number(cm));
  test.each(all)("%s is 16 cm wide and at most 20 tall, and 16:9 for a screen", (_, draw) => {
    const { svg, slides } = drawn(draw());
    const [wide = 0, tall = 0] = sizeOf(svg);
    expect(wide).toBe(16);
    expect(tall).toBeLessThanOrEqual(20);
    for (const slide of slides) expect(sizeOf(slide)).toEqual([25.4, 14.29]);
  });
  test("one that would be taller is split: each part has its patterns, axis and number, and nothing is lost", () => {
    const rows = Array.from({ length: 30 }, (_, i) => malrad({ mal_id: String(i), status: "ej_uppnatt" }));
    const goals = rows.map(({ mal_id: id }) => mal({ mal_id: id, status: "ej_uppnatt" }));
    const of = { name: "malvarden-a-2", insats: "A", mal: goals, rows, sammanslagna: [], names: allaNamn, exempel };
    const chart = drawn(malvarden(of));
    const parts = [chart.svg, ...chart.rest];
    expect(parts.length).toBeGreaterThan(2);
    const headings = new RegExp(`>${(goals[0]?.text ?? "").slice(0, 12)}`, "g");
    expect(parts.flatMap((svg) => svg.match(headings) ?? [])).toHaveLength(30);
    for (const [i, svg] of parts.entries()) {
      expect(sizeOf(svg)[1]).toBeLessThanOrEqual(20);
      expect(svg).toContain(`Bild ${i + 1} av ${parts.length}. Procent av målvärdet.`);
      expect(svg).toContain(">100</text>");
      for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(svg).toContain(`id="${id}"`);
    }
    const ids = parts.flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(filesOf(chart).map(([file]) => file)).toContain("skarm/malvarden2-a-2");
  });
  test("a chart of one bar is not drawn: its sentence and table say it", () => {
    expect(values([malrad()])).toBeUndefined();
  });
});

test("a series has the lines of women and men where both may be shown, and neither where one may", () => {
  const of = (gruppvarde: string, varde: number): Serierad[] =>
    ["2023-01-01", "2023-02-01", "2023-03-01"].map((fran, i) =>
      serierad({ grupp: "kon", gruppvarde, fran, varde: varde + i }),
    );
  const both = process([...of("kvinna", 7), ...of("man", 3)]);
  const svg = both?.svg ?? "";
  expect([...svg.matchAll(/stroke-dasharray="(?:6,? 3|1.5,? 3)"/g)].length).toBeGreaterThanOrEqual(4);
  expect(svg).toContain(">kvinnor<");
  expect(both?.table.columns.map(({ heading }) => heading)).toEqual([
    ...["Period", "Värde", "Kvinnor", "Män", "Målvärde", "Naturlig variation", "Utanför"],
  ]);
  expect(both?.table.rows[2]?.cells.slice(1, 4)).toEqual(["10", "9", "5"]);
  expect(both?.table.rows[3]?.cells.slice(1, 4)).toEqual(["12", "–", "–"]);
  expect(process(of("kvinna", 7))?.svg).toBe(process()?.svg);
});
test("women and men stand beside the whole where both are shown", () => {
  const followed = { malvarde: null, villkor: null, skal: "foljs", status: "ej_matbart" } as const;
  const rows = [
    malrad(),
    malrad({ mal_id: "p", varde: 50, malvarde: 50, status: "uppnatt" }),
    malrad({ grupp: "kon", gruppvarde: "kvinna", varde: 44, ...followed }),
    malrad({ grupp: "kon", gruppvarde: "man", varde: 29, ...followed }),
  ];
  const words = ({ svg }: Chart): string => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).join(" ");
  expect(words(drawn(values(rows)))).toContain("kvinnor 44, män 29");
  const hidden = rows.map((rad) => (rad.gruppvarde === "man" ? { ...rad, varde: null, ar_dold: true } : rad));
  expect(words(drawn(values(hidden)))).not.toContain("kvinnor");
});

describe("lettering", () => {
  test("every line fits, and no sign is lost", () => {
    const text = "Myndighetsgemensamma team inom hälso- och sjukvården, sjukskrivningsochrehabiliteringsprocessen";
    const lines = broken(text, 14, 150);
    expect(Math.max(...lines.map((line) => widthOf(line, 14)))).toBeLessThanOrEqual(150);
    expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
  });
});

describe("colours", () => {
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  test.each([ink, quiet])("text in %s is at least 4,5 : 1 against the page", (colour) => {
    expect(contrast(colour, paper)).toBeGreaterThanOrEqual(4.5);
  });
  test.each([blue, vermillion])("marks in %s are at least 3 : 1 against the page", (colour) => {
    expect(contrast(colour, paper)).toBeGreaterThanOrEqual(3);
  });
  test("the six parts of a whole differ in grey too, each from every other", () => {
    expect(series).toHaveLength(6);
    for (const [i, one] of series.entries()) {
      for (const other of series.slice(i + 1)) expect(contrast(one, other), `${one} ${other}`).toBeGreaterThan(1.5);
    }
  });
  test.each(all)("plain fills in %s that touch differ in grey", (_, draw) => {
    const touching = drawn(draw())
      .svg.split("<g")
      .flatMap((group) => {
        const bars = [
          ...group.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+" fill="(#[^"]+)"/g),
        ].map(([, x, y, wide, fill = ""]) => ({ x: Number(x), y, to: Number(x) + Number(wide), fill }));
        return bars.flatMap((one, i) => {
          const next = bars[i + 1];
          if (next === undefined || next.y !== one.y || Math.abs(next.x - one.to) > 0.1) return [];
          return [[one.fill, next.fill] as const];
        });
      });
    for (const [one, other] of touching) expect(contrast(one, other), `${one} ${other}`).toBeGreaterThan(1.5);
  });
});
