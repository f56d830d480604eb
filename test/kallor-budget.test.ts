/**
 * The budgets of the two applications, row by row, as worked out by hand from the documents: what the staffing text of
 * each year comes to, and where the table says something else. Amounts are kronor as printed.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { traceFigure } from "../src/lineage.ts";
import { resultsIn } from "../src/output/swap.ts";
import { shippedRun } from "./shipped.ts";

type Row = Readonly<Record<string, string | number | boolean | null>>;

let out = "";
beforeAll(async () => {
  ({ out } = await shippedRun("kallor"));
});

const rows = (name: string): Row[] => JSON.parse(readFileSync(join(out, "internt", `${name}.json`), "utf8")) as Row[];

/** Näsby: the month's cost of each line, as the text prints it. */
const rehab20 = 10_220;
const rehab40 = 20_440;
const samverkan60 = 26_880;
const af10 = 4480;
const fk10 = 4340;
const kommun10 = 4480;
const fromSeptember = rehab40 + samverkan60 + af10 + fk10 + kommun10;

/** Respaldo: full time a month for the three parties alike, and 0,2 and 0,6 of it. */
const heltid = 43_400;
const andel20 = 8680;
const andel60 = 26_040;

interface Cell {
  readonly insats: string;
  readonly post: string;
  readonly ar: number;
  /** What the table prints. */
  readonly budget: number;
  /** What the staffing text gives; undefined where the line has no staffing, null where its cost is not printed. */
  readonly text?: number | null;
  /** How the difference is explained, simplest first. */
  readonly slag?: readonly string[];
}

const nasby = (post: string, cells: readonly Omit<Cell, "insats" | "post">[]): Cell[] =>
  cells.map((cell) => ({ insats: "nasby-modellen", post, ...cell }));
const respaldo = (post: string, cells: readonly Omit<Cell, "insats" | "post">[]): Cell[] =>
  cells.map((cell) => ({ insats: "respaldo-2", post, ...cell }));

const cells: readonly Cell[] = [
  ...nasby("Personal", [
    // April to August the 0,2 line, September to December the two at the vårdcentral; the three others all nine months.
    {
      ar: 2017,
      budget: 360_080,
      text: 5 * rehab20 + 4 * (rehab40 + samverkan60) + 9 * (af10 + fk10 + kommun10),
    },
    // 850 080 − 727 440 = 122 640 = 12 × 10 220: what the 0,2 line costs that 0,40 replaced. So does 0,60 for
    // 0,40: the ”projektledning om 0,20” added where the text has it within. It is the other coordinator's share too.
    { ar: 2018, budget: 850_080, text: 12 * fromSeptember, slag: ["bredvid", "varav"] },
    { ar: 2019, budget: 850_080, text: 12 * fromSeptember, slag: ["bredvid", "varav"] },
    // 212 520 − 181 860 = 30 660 = 3 × 10 220.
    { ar: 2020, budget: 212_520, text: 3 * fromSeptember, slag: ["bredvid", "varav"] },
  ]),
  ...nasby("Uppföljning och utvärdering", [
    { ar: 2017, budget: 108_000 },
    { ar: 2018, budget: 120_000 },
    { ar: 2019, budget: 120_000 },
    { ar: 2020, budget: 36_000 },
  ]),
  ...nasby("Övriga kostnader", [
    { ar: 2017, budget: 45_000 },
    { ar: 2018, budget: 60_000 },
    { ar: 2019, budget: 60_000 },
    { ar: 2020, budget: 15_000 },
  ]),
  ...["Kristianstads kommun", "Försäkringskassan", "Arbetsförmedlingen"].flatMap((post) =>
    respaldo(post, [
      // ”Under juni och september”: two months are 147 560, June to September 164 920, which is what the table has.
      { ar: 2015, budget: 164_920, text: 4 * andel20 + 3 * heltid, slag: ["lasning"] },
      { ar: 2016, budget: 520_800, text: 12 * heltid },
      // ”30 maj” is five whole months. The text's ”520 800 kr/år” is full time's; the table follows the share, 0,6.
      { ar: 2017, budget: 130_200, text: 5 * andel60 },
    ]),
  ),
  ...respaldo("Medicinskt sakkunniga", [
    // The first line ends at ”sociala avgifter =”. With 34 000 a month, as in the second, 3 and 12 months are the table's.
    { ar: 2015, budget: 102_000, text: null, slag: ["takt"] },
    { ar: 2016, budget: 408_000, text: null, slag: ["takt"] },
    { ar: 2017, budget: 170_000, text: 5 * 34_000 },
  ]),
  ...respaldo("Handledare rehabträdgård", [
    { ar: 2015, budget: 65_100, text: 3 * 21_700 },
    { ar: 2016, budget: 260_400, text: 12 * 21_700 },
    // January to May is 108 500; the table has three months, the same as 2015. So does 0,6 of it for five months, which
    // is what the three parties of the same section were stepped down to: 5 × 13 020.
    { ar: 2017, budget: 65_100, text: 5 * 21_700, slag: ["nedtrappning", "manader"] },
  ]),
  ...respaldo("Omkostnader rehabträdgård", [{ ar: 2015, budget: 55_000 }]),
  ...respaldo("Chefsnätverk och samtalsledare", [
    { ar: 2015, budget: 30_000 },
    { ar: 2016, budget: 60_000 },
    { ar: 2017, budget: 30_000 },
  ]),
  ...respaldo("Workshop och kompetensutveckling", [
    { ar: 2015, budget: 30_000 },
    { ar: 2016, budget: 60_000 },
    { ar: 2017, budget: 30_000 },
  ]),
  ...respaldo("Utvärdering", [
    { ar: 2015, budget: 20_000 },
    { ar: 2016, budget: 230_000 },
    { ar: 2017, budget: 40_000 },
  ]),
];

const isIn =
  ({ insats, post, ar }: Cell) =>
  (row: Row): boolean =>
    row.insats_id === insats && row.post === post && row.ar === ar;

test("every cell of the two tables is there, and no other", () => {
  const insatser = new Set(cells.map(({ insats }) => insats));
  const own = rows("budgetutfall").filter(({ insats_id: insats }) => insatser.has(String(insats)));
  expect(own.length).toBe(cells.length);
});

describe.each(cells)("$insats, $post $ar", (cell) => {
  const { budget, text, slag = [] } = cell;
  test(`the table has ${budget}, the text ${text ?? "no cost"}`, () => {
    const row = rows("budgetutfall").find(isIn(cell));
    expect(row).toMatchObject({
      budget_ore: budget * 100,
      omraknad_ore: text === undefined || text === null ? null : text * 100,
      utfall_ore: null,
    });
    expect(row?.forklaring === null).toBe(slag.length === 0);
  });
  test(slag.length === 0 ? "which is the same" : `explained by ${slag.join(" or ")}, to the krona`, () => {
    const explained = rows("budgetforklaring").filter(isIn(cell));
    expect(explained.map((row) => [row.slag, row.belopp_ore])).toEqual(slag.map((one) => [one, budget * 100]));
  });
});

describe("what is said of each difference", () => {
  const meningar = (id: string): string[] =>
    rows("budgetforklaring")
      .filter(({ resultat_id: own }) => String(own).startsWith(`budgetforklaring/${id}/`))
      .map(({ mening }) => String(mening).replaceAll("\u00a0", " "));
  test("Näsby: the 0,2 line beside 0,40, or 0,20 on top of the 0,40 it is within; the amount does not tell which", () => {
    expect(meningar("nasby-modellen/2018/Personal")).toEqual([
      "Budgetens belopp fås om rehabkoordinator 0,2 (2017-04-01–2017-08-31) räknas vid sidan av rehabkoordinator 0,4 (2017-09-01–2020-03-31), som kom i stället: tolv månader à 10 220 kr, 122 640 kr mer.",
      "Budgetens belopp fås om rehabkoordinator 0,4 (2017-09-01–2020-03-31) räknas med 0,4 + 0,2 = 0,6: delen 0,2 ingår enligt texten i 0,4, men läggs till utöver den.",
    ]);
    const row = rows("budgetutfall").find(({ resultat_id: id }) => id === "budgetutfall/nasby-modellen/2018/Personal");
    expect(row?.forklaring).toMatch(/^Flera förklaringar är lika enkla och kan inte skiljas åt\. /);
  });
  test("Respaldo: June and September, or June to September", () => {
    expect(meningar("respaldo-2/2015/Kristianstads kommun")).toEqual([
      "Texten kan läsas på två sätt. Budgetens belopp fås om socialsekreterare 0,2 räknas i fyra månader à 8 680 kr (2015-06-01–2015-09-30) i stället för två månader (2015-06-01–2015-06-30 och 2015-09-01–2015-09-30); annars blir det 147 560 kr.",
    ]);
  });
  test("Respaldo: the physicians' factor is 1,7 where all others have 1,4", () => {
    expect(meningar("respaldo-2/2016/Medicinskt sakkunniga")).toEqual([
      "Kostnad anges inte för medicinskt sakkunnig 0,2 (2015-10-01–2016-12-31). Budgetens belopp fås om den är 34 000 kr i månaden för 0,2, som i medicinskt sakkunnig 0,2 (2017-01-01–2017-05-30). Det är 1,7 gånger lönen, mot 1,4 i andra rader.",
    ]);
  });
  test("Respaldo: the garden's last year is stepped down as the parties were, or three months, as its first", () => {
    expect(meningar("respaldo-2/2017/Handledare rehabträdgård")).toEqual([
      "Budgetens belopp fås om handledare rehabträdgård 0,5 (2017-01-01–2017-05-30) trappas ned lika mycket som socialsekreterare 0,6 (2017-01-01–2017-05-30), handläggare 0,6 (2017-01-01–2017-05-30) och personlig handläggare 0,6 (2017-01-01–2017-05-30), till 60 % av vad som gällde före: 13 020 kr i månaden i stället för 21 700 kr.",
      "Budgetens belopp fås om handledare rehabträdgård 0,5 (2017-01-01–2017-05-30) räknas i tre månader i stället för fem månader. Beloppet är detsamma som 2015, då texten gäller tre månader.",
    ]);
  });
  test("each names the document and section, and is traced to the budget's row and the staffing rows", async () => {
    const db = await resultsIn(out);
    const { resultat, rader } = await traceFigure(db, "budgetforklaring/nasby-modellen/2018/Personal/1");
    const whole = await traceFigure(db, "budgetutfall/nasby-modellen/2018/Personal");
    db.close();
    expect(resultat).toMatchObject({ dokument: "000_a0bba4823adb4c74.txt", avsnitt: "Budget" });
    expect(rader.map(({ fil, rad, roll }) => [fil.replace(/^.*\//, ""), rad, roll])).toEqual([
      ["bemanning.csv", 2, "raknad"],
      ["bemanning.csv", 3, "raknad"],
      ["budget.csv", 3, "namnare"],
    ]);
    expect(whole.rader.filter(({ roll }) => roll === "utesluten").map(({ rad, skal }) => [rad, skal])).toEqual([
      [2, "används bara i förklaringen"],
    ]);
  });
});

test("monthly amounts that differ between years of one budget line", () => {
  // 9, 12, 12 and 3 months; 7, 12 and 5. The other lines are the same by month or by term.
  expect(rows("budgettakt").map((row) => [row.insats_id, row.post, row.ar, row.manader, row.manadsbelopp_ore])).toEqual(
    [
      ["nasby-modellen", "Uppföljning och utvärdering", 2017, 9, 1_200_000],
      ["nasby-modellen", "Uppföljning och utvärdering", 2018, 12, 1_000_000],
      ["nasby-modellen", "Uppföljning och utvärdering", 2019, 12, 1_000_000],
      ["nasby-modellen", "Uppföljning och utvärdering", 2020, 3, 1_200_000],
      ["respaldo-2", "Utvärdering", 2015, 7, 285_714],
      ["respaldo-2", "Utvärdering", 2016, 12, 1_916_667],
      ["respaldo-2", "Utvärdering", 2017, 5, 800_000],
    ],
  );
});

test("every printed sum of the two tables, across and down, is the sum of its cells", () => {
  const sums = rows("utsagekontroll").filter(
    ({ insats_id: insats, utsaga_id: id }) =>
      ["nasby-modellen", "respaldo-2"].includes(String(insats)) && /^(radsumma|kolumnsumma|total-av)/.test(String(id)),
  );
  // Näsby 3 rows, 4 columns and the total both ways; Respaldo 9, 3 and both.
  expect(sums.length).toBe(3 + 4 + 2 + 9 + 3 + 2);
  expect(new Set(sums.map(({ utfall }) => utfall))).toEqual(new Set(["stammer"]));
});
