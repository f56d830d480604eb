import { describe, expect, test } from "vitest";
import { recognise } from "../../src/inbox/recognise.ts";

const poster = (...lines: string[]) => lines.map((line, i) => ({ rad: i + 1, celler: line.split(";") }));

describe("a table's dataset", () => {
  test.each([
    ["narvaro.csv", "narvaro"],
    ["2023-05 Närvaro.csv", "narvaro"],
    ["Närvarolista vt.csv", "narvaro"],
  ])("is found from its name: %s", (name, dataset) => {
    expect(recognise([name], poster("Insats;Möte;Part;Kallad;Närvarande"))?.dataset).toBe(dataset);
  });
  test("else from its headings", () => {
    expect(recognise(["export.csv"], poster("insats_id;part_id;namn;huvudman"))?.dataset).toBe("part");
  });
  test("else it is unknown", () => {
    expect(recognise(["export.csv"], poster("a;b;c"))).toBeUndefined();
  });
});

describe("its header", () => {
  test("may stand below title rows", () => {
    expect(
      recognise(["part.csv"], poster("Parter i insatsen;;;", ";;;", "insats_id;part_id;namn;huvudman"))?.header,
    ).toBe(2);
  });
  test("matches without regard to case, diacritics, spaces, - and _", () => {
    const found = recognise(["x.csv"], poster("INSATS ID;Möte-id;Datum;Mötestyp"));
    expect([found?.dataset, found?.positions.slice(0, 4)]).toEqual(["mote", [0, 1, 2, 3]]);
  });
  test.each([
    ["Insats;Deltagare;Personnummer;Startdatum;Kön", 2],
    ["Insats;Deltagarens personnummer (10 siffror);Startdatum;Kön", 1],
    ["Insats;Deltagare;Har personnummer;Startdatum;Kön", 1],
    ["Insats;Person ID;Startdatum;Kön", 1],
    ["insats_id;deltagar_id;Personnummer;startdatum;kon", 1],
  ])("says who somebody is, by number where there is one: %s", (row, cell) => {
    expect(recognise(["deltagare.csv"], poster(row))?.positions[1]).toBe(cell);
  });
  test("may state a unit", () => {
    const found = recognise(["budget.csv"], poster("insats_id;ar;post;Belopp (tkr)"));
    expect(found?.units[5]).toBe("tkr");
  });
  test("with an unknown heading reports it", () => {
    const found = recognise(["part.csv"], poster("insats_id;part_id;namn;huvudman;Favoritfärg"));
    expect(found?.unknown).toEqual([{ cell: 4, heading: "Favoritfärg" }]);
  });
});
