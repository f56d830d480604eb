import { beforeAll, describe, expect, test } from "vitest";
import { columns, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const of = (forbund_id: string, ar: number): Row[] => pick(d.rows("bidragsandel"), { forbund_id, ar });

const files = {
  "insats.csv": [
    ["insats_id", "namn"],
    ["i", "I"],
  ],
  "forbund.csv": [
    ["forbund_id", "namn"],
    ["f", "F"],
    ["g", "G"],
  ],
  "bidrag.csv": [
    ["forbund_id", "ar", "huvudman", "kommun", "belopp"],
    // 100,01 kr: the öre left over is Försäkringskassan's, whose half has the largest remainder
    ["f", 2024, "Försäkringskassan", null, "40 kr"],
    ["f", 2024, "Arbetsförmedlingen", null, "10,01 kr"],
    ["f", 2024, "landsting", null, "25 kr"],
    ["f", 2024, "kommun", "Lund", "20 kr"],
    ["f", 2024, "kommun", "Eslöv", "5 kr"],
    // the same a year before the law
    ["f", 2003, "Försäkringskassan", null, "50 kr"],
    // a key from 2025; Eslöv has not told
    ["f", 2025, "Försäkringskassan", null, "50 kr"],
    ["f", 2025, "region", null, "25 kr"],
    ["f", 2025, "kommun", "LUND", "25 kr"],
    ["g", 2024, "Försäkringskassan", null, "50 kr"],
    ["g", 2024, "region", null, "25 kr"],
    ["g", 2024, "ESF", null, "25 kr"],
  ],
} as const;

beforeAll(async () => {
  d = await deliver({
    files,
    pipelines: {
      "i.yaml": { insats: "i", kommunnyckel: [{ forbund: "f", fran: 2025, andelar: { Lund: 3, Eslöv: 1 } }] },
    },
  });
}, 60_000);

describe("bidragsandel", () => {
  test("half, a quarter, a quarter, shared out to the öre; the state's half is also Arbetsförmedlingen's", () => {
    expect(
      columns(pick(of("f", 2024), { kommun: "" }), "huvudman", "belopp_ore", "lagens_ore", "avvikelse_ore"),
    ).toEqual([
      ["forsakringskassan", 5001, 5001, 0],
      ["kommun", 2500, 2500, 0],
      ["region", 2500, 2500, 0],
    ]);
    expect(columns(pick(of("f", 2024), { kommun: "" }), "andel_procent", "lagens_andel")).toEqual([
      [50, 0.5],
      [25, 0.25],
      [25, 0.25],
    ]);
  });
  test("without a local key the municipalities' amounts stand, and nothing is said of a deviation", () => {
    expect(
      columns(pick(of("f", 2024), { huvudman: "kommun" }), "kommun", "belopp_ore", "avvikelse_ore", "skal"),
    ).toEqual([
      ["", 2500, 0, null],
      ["Eslöv", 500, null, "ingen lokal nyckel är angiven"],
      ["Lund", 2000, null, "ingen lokal nyckel är angiven"],
    ]);
  });
  test("a kommun in the key that has not told is missing, not 0", () => {
    expect(
      columns(pick(of("f", 2025), { huvudman: "kommun" }), "kommun", "belopp_ore", "lagens_andel", "avvikelse_ore"),
    ).toEqual([
      ["", 2500, 0.25, 0],
      ["Eslöv", null, 0.0625, null],
      ["LUND", 2500, 0.1875, null],
    ]);
  });
  test("without a rule for the year, or one that the law does not name, there is an amount and no share", () => {
    expect(only(of("f", 2003), {})).toMatchObject({ belopp_ore: 5000, andel: null, lagens_andel: null });
    expect(only(of("g", 2024), { huvudman: "esf" })).toMatchObject({
      belopp_ore: 2500,
      skal: "lagen anger ingen andel",
    });
  });
  test("where a party has not delivered, the whole is unknown", () => {
    expect(only(of("g", 2024), { huvudman: "region" })).toMatchObject({
      belopp_ore: 2500,
      andel: null,
      avvikelse_ore: null,
      skal: "uppgift saknas: kommun",
    });
    expect(only(of("g", 2024), { huvudman: "kommun" })).toMatchObject({ belopp_ore: null });
  });
});
