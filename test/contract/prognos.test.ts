import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, columns, deliver, type Folder, only, type Row } from "./delivery.ts";

let d: Folder;
const of = (insats_id: string, period = "2024", forbund_id = "alla"): Row =>
  only(d.rows("prognos"), { insats_id, forbund_id, period });

/** `[insats, förbund, from, till, kronor]`, as invoice rows. */
const invoices = [
  // ten kronor a month for nine months: 120 kr a year
  ["takt", "a", "2024-01-01", "2024-09-30", "90 kr"],
  // as much, but invoiced by two
  ["tva", "a", "2024-01-01", "2024-09-30", "60 kr"],
  ["tva", "b", "2024-01-01", "2024-06-30", "30 kr"],
  ["tidig", "a", "2024-01-01", "2024-02-29", "20 kr"],
  ["utan", "a", "2024-01-01", "2024-06-30", "60 kr"],
  // 110 kr a year of 100 is 10 % and no more; 110,01 and 89,99 are more
  ["jamnt", "a", "2024-01-01", "2024-06-30", "55 kr"],
  ["over", "a", "2024-01-01", "2024-09-30", "82,51 kr"],
  ["under", "a", "2024-01-01", "2024-09-30", "67,49 kr"],
  ["egen", "a", "2024-01-01", "2024-09-30", "89 kr"],
  // paid for the whole year in January: only what has passed is so far
  ["forskott", "a", "2024-01-01", "2024-12-31", "366 kr"],
  // a third of an öre a month: half up, once
  ["ore", "a", "2024-01-01", "2024-09-30", "0,01 kr"],
  ["kredit", "a", "2024-01-01", "2024-06-30", "60 kr"],
  ["kredit", "a", "2024-03-01", "2024-03-31", "-30 kr"],
  // from 16 April: half a month and eight whole
  ["mitt", "a", "2024-04-16", "2024-09-30", "55 kr"],
  ["hel", "a", "2024-01-01", "2024-06-30", "60 kr"],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (month) => ["manad", "a", `2024-0${month}-01`, `2024-0${month}-28`, "10 kr"] as const,
  ),
  ["manad", "a", "2024-09-30", "2024-09-30", "0 kr"],
] as const;

const grants = [
  ["takt", "a", 2024, "ansokt", null, "900 kr"],
  ["takt", "a", 2024, "beviljat", "2023-11-01", "500 kr"],
  ["takt", "a", 2024, "beviljat", "2023-12-01", "120 kr"],
  ["takt", "a", 2024, "tillagg", "2024-03-01", "30 kr"],
  ["takt", "a", 2024, "aterfort", "2024-06-01", "10 kr"],
  ["tva", "a", 2024, "beviljat", null, "80 kr"],
  ["tva", "b", 2024, "beviljat", null, "40 kr"],
  ["tva", "c", 2024, "beviljat", null, "10 kr"],
  ["tidig", "a", 2024, "beviljat", null, "120 kr"],
  ["utan", "a", 2024, "beviljat", null, null],
  ...["jamnt", "over", "under", "egen"].map((id) => [id, "a", 2024, "beviljat", null, "100 kr"] as const),
  ["forskott", "a", 2024, "beviljat", null, "366 kr"],
  ["mitt", "a", 2024, "beviljat", null, "85 kr"],
  ["inget", "a", 2024, "beviljat", null, "85 kr"],
  ["hel", "a", null, "beviljat", null, "240 kr"],
  ["manad", "a", 2024, "beviljat", null, "140 kr"],
] as const;

const insatser = [
  "takt",
  "tva",
  "tidig",
  "utan",
  "jamnt",
  "over",
  "under",
  "egen",
  "forskott",
  "ore",
  "kredit",
  "mitt",
  "inget",
  "hel",
  "manad",
  "rapport",
];

beforeAll(async () => {
  d = await deliver(
    {
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ...insatser.map(
            (id): Cells => [id, id, id === "mitt" ? "2024-04-16" : "2024-01-01", id === "hel" ? "2025-12-31" : null],
          ),
        ],
        "forbund.csv": [["forbund_id", "namn"], ...["a", "b", "c"].map((id): Cells => [id, id])],
        "finansiering.csv": [
          ["insats_id", "forbund_id", "ar", "slag", "beslutsdatum", "belopp"],
          ...grants.map(
            ([insats, forbund, ar, slag, datum, belopp]): Cells => [insats, forbund, ar, slag, datum, belopp],
          ),
        ],
        "budget.csv": [
          ["insats_id", "ar", "post", "status", "belopp"],
          ["ore", 2024, "allt", "beviljad", "1 kr"],
          ["kredit", 2024, "allt", null, "60 kr"],
        ],
        "ekonomirapport.csv": [
          [
            "insats_id",
            "forbund_id",
            "fran",
            "till",
            "Beviljade medel",
            "Fakturerade kostnader",
            "Prognos för året",
            "Anledning",
          ],
          ["manad", "a", "2024-01-01", "2024-03-31", "140 kr", "30 kr", "100 kr", "Vakans"],
          ["manad", "a", "2024-04-01", "2024-06-30", "140 kr", "60 kr", "100 kr", null],
          ["egen", "a", "2024-01-01", "2024-06-30", "100 kr", "50 kr", "85 kr", null],
          ["tva", null, "2024-01-01", "2024-03-31", null, null, null, null],
          ["rapport", "a", "2024-01-01", "2024-03-31", "9 kr", "0 kr", "1 kr", "Sen start"],
        ],
        "faktura.csv": [
          ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
          ...invoices.map(
            ([insats, forbund, fran, till, belopp], i): Cells => [insats, i, forbund, fran, till, belopp],
          ),
        ],
      },
      pipelines: {
        "alla.yaml": { insats: insatser.filter((id) => id !== "egen") },
        "egen.yaml": { insats: "egen", avvikelsegrans: 20 },
      },
    },
    { today: "2024-10-15" },
  );
}, 60_000);

describe("prognos", () => {
  test("the pace of nine months is held to twelve, against what was granted last, with additions and less returns", () => {
    expect(of("takt")).toMatchObject({
      utfall_till: "2024-09-30",
      manader: 9,
      alla_manader: 12,
      utfall_ore: 9000,
      prognos_ore: 12000,
      medel_ore: 12000 + 3000 - 1000,
      medel_kalla: "finansiering",
      avvikelse_ore: -2000,
      kraver_forklaring: true,
      status: "prognos",
      skal: null,
    });
  });
  test("each förbund has its own, over the months that the insats is invoiced for; one that paid nothing has paid 0", () => {
    expect(of("tva")).toMatchObject({ prognos_ore: 12000, medel_ore: 13000, kraver_forklaring: false });
    expect(of("tva", "2024", "a")).toMatchObject({ prognos_ore: 8000, avvikelse_ore: 0 });
    expect(of("tva", "2024", "b")).toMatchObject({ manader: 9, prognos_ore: 4000, avvikelse_ore: 0 });
    expect(of("tva", "2024", "c")).toMatchObject({ utfall_ore: 0, avvikelse_ore: -1000, kraver_forklaring: true });
  });
  test("two months are no pace", () => {
    expect(of("tidig")).toMatchObject({
      manader: 2,
      utfall_ore: 2000,
      prognos_ore: null,
      kraver_forklaring: false,
      skal: "for_fa_manader",
    });
  });
  test("a blank grant is no grant: the pace is told, and no deviation", () => {
    expect(of("utan")).toMatchObject({
      prognos_ore: 12000,
      medel_ore: null,
      avvikelse_ore: null,
      kraver_forklaring: false,
      skal: "medel_saknas",
    });
  });
  test("nothing invoiced is not 0", () => {
    expect(of("inget")).toMatchObject({
      utfall_ore: null,
      prognos_ore: null,
      kraver_forklaring: false,
      skal: "inget_fakturerat",
    });
  });
  test("exactly 10 % need not be explained, 10,01 % must, over and under alike; a pipeline may set another limit", () => {
    expect(of("jamnt")).toMatchObject({ prognos_ore: 11000, avvikelse_procent: 10, kraver_forklaring: false });
    expect([of("over").kraver_forklaring, of("under").kraver_forklaring]).toEqual([true, true]);
    expect(of("egen")).toMatchObject({ grans_procent: 20, kraver_forklaring: false });
  });
  test("what is invoiced for days to come is not yet so far: 1 kr a day is 274 kr by September", () => {
    expect(of("forskott")).toMatchObject({
      utfall_till: "2024-09-30",
      utfall_ore: 27400,
      prognos_ore: Math.round((27400 * 12) / 9),
    });
  });
  test("whole öre, half up, once", () => {
    // the one öre lies in one of nine months: 12/9 of it is 1,33
    expect(of("ore")).toMatchObject({ utfall_ore: 1, prognos_ore: 1, medel_ore: 100, medel_kalla: "budget_beviljad" });
  });
  test("a credit note slows the pace, and a budget that was only applied for is told as that", () => {
    expect(of("kredit")).toMatchObject({
      utfall_ore: 3000,
      prognos_ore: 6000,
      medel_ore: 6000,
      medel_kalla: "budget_ansokt",
    });
  });
  test("a month begun halfway counts by its days: 5,5 months of 8,5", () => {
    expect(of("mitt")).toMatchObject({
      fran: "2024-04-16",
      manader: 5.5,
      alla_manader: 8.5,
      prognos_ore: 8500,
      avvikelse_ore: 0,
    });
  });
  test("a grant for the whole insats is held to all its months", () => {
    expect(of("hel", "hela")).toMatchObject({
      manader: 6,
      alla_manader: 24,
      prognos_ore: 24000,
      medel_ore: 24000,
      avvikelse_ore: 0,
    });
    expect(of("hel")).toMatchObject({ prognos_ore: 12000, skal: "medel_saknas" });
  });
});

describe("prognos at the end of a quarter or a term", () => {
  test("is the year as it was to be foreseen then; a part that goes on has no row", () => {
    const own = d.rows("prognos").filter((row) => row.insats_id === "manad" && row.forbund_id === "alla");
    expect(columns(own, "period", "per", "utfall_till", "utfall_ore", "del_ore", "prognos_ore", "medel_ore")).toEqual([
      ["2024", "ar", "2024-09-30", 9000, null, 12000, 14000],
      ["2024Q1", "kvartal", "2024-03-31", 3000, 3000, 12000, 14000],
      ["2024Q2", "kvartal", "2024-06-30", 6000, 3000, 12000, 14000],
      ["2024Q3", "kvartal", "2024-09-30", 9000, 3000, 12000, 14000],
      ["2024VT", "termin", "2024-06-30", 6000, 6000, 12000, 14000],
    ]);
    expect(of("tidig", "2024Q1")).toMatchObject({
      utfall_till: "2024-02-29",
      prognos_ore: null,
      skal: "for_fa_manader",
    });
    expect(d.rows("prognos").filter(({ insats_id: insats }) => insats === "inget")).toHaveLength(2);
  });
  test("says what it counts of an invoice that reaches over the end", () => {
    // 91 of the year's 366 days, and of the one invoice for three quarters two
    expect(of("forskott", "2024Q1")).toMatchObject({ utfall_ore: 9100, over_slutet_ore: 9100 });
    expect(of("manad", "2024Q3")).toMatchObject({ utfall_ore: 9000, over_slutet_ore: 0 });
    expect(of("kredit", "2024Q1")).toMatchObject({ utfall_ore: 0, del_ore: 0, over_slutet_ore: 3000 });
  });
  test("has the insats's own forecast and reason of exactly that period", () => {
    const said = (period: string, forbund: string): unknown[] => {
      const row = of("manad", period, forbund);
      return [row.kraver_forklaring, row.rapporterad_prognos_ore, row.anledning];
    };
    expect([said("2024Q1", "a"), said("2024Q1", "alla")]).toEqual(Array(2).fill([true, 10000, "Vakans"]));
    expect([said("2024Q2", "a"), said("2024VT", "a")]).toEqual([
      [true, 10000, null],
      [true, null, null],
    ]);
  });
  test("stands on the insats's page in the order in which the parts end, with the reason or that it is lacking", () => {
    const page = readFileSync(d.path("out", "rapport", "insats", "manad.html"), "utf8");
    const from = page.indexOf("Prognos för året vid varje kvartals och termins slut");
    const rows = page.slice(from, page.indexOf("</table>", from)).split("</tr>").slice(1, -1);
    const textOf = (row: string): string => row.replace(/<span class="id">.*?<\/span>/g, "").replace(/<[^>]+>/g, " ");
    expect(rows.map((row) => /\w+( \d)? 2024/.exec(textOf(row))?.[0])).toEqual([
      ...["kvartal 1 2024", "kvartal 2 2024", "rterminen 2024", "kvartal 3 2024"],
    ]);
    expect(rows.map((row) => /Vakans|saknas, men krävs/.exec(row)?.[0])).toEqual([
      "Vakans",
      ...Array(3).fill("saknas, men krävs"),
    ]);
  });
  test("takes what was granted from the report where no decision says it", () => {
    expect(of("rapport", "2024", "a")).toMatchObject({ medel_ore: 900, medel_kalla: "ekonomirapport" });
    expect(of("manad", "2024Q1", "a").medel_kalla).toBe("finansiering");
  });
  test("asks for each field that is left empty, and for the reason only where the report's own forecast deviates too far", () => {
    const found = d.rows("datakvalitet").filter(({ kod }) => kod === "falt_saknas");
    expect(found.map(({ rad, meddelande }) => [rad, /fyllas i: (.*)\. Be/.exec(String(meddelande))?.[1]])).toEqual([
      [3, "Anledning vid avvikelse"],
      [5, "Beviljade medel, Fakturerade kostnader, Prognos för året"],
    ]);
  });
});

describe("kostnadsforlopp", () => {
  test("months add up, and a year's grant counts from its January", () => {
    const own = d.rows("kostnadsforlopp").filter(({ insats_id: insats }) => insats === "takt");
    expect(own).toHaveLength(9);
    expect(own.reduce((sum, { belopp_ore: ore }) => sum + Number(ore), 0)).toBe(9000);
    expect(own.at(-1)).toMatchObject({ manad: "2024-09-01", ackumulerat_ore: 9000, medel_ackumulerat_ore: 14000 });
    expect(only(d.rows("kostnadsforlopp"), { insats_id: "utan", manad: "2024-06-01" }).medel_ackumulerat_ore).toBe(
      null,
    );
  });
});

test("what an insats foresees is shown also where nothing is invoiced, or it is a finding that its period has no forecast", async () => {
  const d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["i", "I", "2024-01-01", "2025-12-31"],
      ],
      "ekonomirapport.csv": [
        ["Insats", "Från", "Till", "Beviljade medel", "Upparbetat", "Prognos helår", "Orsak till avvikelse"],
        ["i", "2024-01-01", "2024-03-31", "1 000 kr", "250 kr", "1 200 kr", "Hyran"],
        ["i", "2024-01-01", "2024-04-30", "1 000 kr", "300 kr", "1 000 kr", null],
      ],
    },
    pipelines: { "p.yaml": { insats: "i" } },
  });
  expect(only(d.rows("prognos"), { forbund_id: "alla", period: "2024Q1" })).toMatchObject({
    medel_ore: 100_000,
    rapporterad_prognos_ore: 120_000,
    anledning: "Hyran",
    skal: "inget_fakturerat",
  });
  expect(readFileSync(d.path("out", "rapport", "insats", "i.html"), "utf8")).toContain("Hyran");
  const found = d.rows("datakvalitet").filter(({ kod }) => kod === "rapportperiod");
  expect(found.map(({ rad, varde }) => [rad, varde])).toEqual([[3, "2024-01-01–2024-04-30"]]);
});
