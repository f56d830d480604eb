import { describe, expect, test } from "vitest";
import { inspectIdentity, pseudonymise, pseudonymiser } from "../../src/inbox/door.ts";
import type { DatasetName } from "../../src/schema/tables.ts";
import { person as numbered } from "../identity/numbers.ts";

const today = "2026-11-22";
const tabell = (...lines: string[]) => ({
  blad: "",
  kodning: "utf-8",
  avgransare: ";",
  poster: lines.map((line, i) => ({ rad: i + 1, celler: line.split(";") })),
});
/** A table whose first row is its header, read as these rows. */
const read = (dataset: DatasetName | undefined, ...lines: string[]) => {
  const all = tabell(...lines);
  const headings = all.poster[0]?.celler ?? [];
  return [all, { at: 0, headings, also: [], dataset, who: headings.indexOf("deltagar_id") }] as const;
};
const refused = (dataset: DatasetName | undefined, ...lines: string[]): string | undefined =>
  inspectIdentity(...read(dataset, ...lines), today)?.kod;

// Skatteverket's published test numbers.
const person = "189001019802";
const coordination = "190910799824";
/** A mobile number, which is also a day in 2007 and a check digit. */
const phone = numbered("20070123", "456").slice(2);

describe("the door refuses", () => {
  test.each([
    ["twelve digits in any column", `a;b\nx;${person}`],
    ["with a dash", `a;b\nx;${person.slice(0, 8)}-${person.slice(8)}`],
    ["inside free text", `a;b\nx;kontakta ${person.slice(2, 8)}+${person.slice(8)} om tid`],
    ["a samordningsnummer", `a;b\nx;${coordination}`],
    ["ten bare digits under such a heading", `a;Personnummer\nx;${coordination.slice(2)}`],
    ["ten bare digits where a column is full of them", `a;b\nx;${coordination.slice(2)}\ny;1`],
  ])("%s", (_, text) => {
    expect(refused("part", ...text.split("\n"))).toBe("personnummer");
  });
  test.each([
    "Efternamn",
    "Klientens namn",
    "Deltagare namn",
    "För- och efternamn",
    "Namn (deltagare)",
    "Fullständigt namn",
    "Tilltalsnamn",
    "Deltagarnas namn",
    "Efternamn, förnamn",
    "Namn på den arbetssökande",
  ])("a column of deltagares' names: %s", (heading) => {
    expect(refused("deltagare", `deltagar_id;${heading}`, "1;")).toBe("personnamn");
  });
  test("full names in the place of an id", () => {
    expect(refused("deltagare", "insats_id;deltagar_id", "i;Anna Test", "i;Test, Anna Maria")).toBe("personnamn");
  });
  test.each(["Förnamn;Efternamn;Ort", "Personnummer;Namn;Ort"])(
    "names in a table that is read as nothing: %s",
    (row) => {
      expect(refused(undefined, row, ";x;y")).toBe("personnamn");
    },
  );
  test.each([
    ["a number with a note beside it", `${coordination.slice(2)} (samtycke finns)`],
    ["one with a name", `${coordination.slice(2, 8)} ${coordination.slice(8)} Test`],
    ["a slip in one", `${coordination.slice(2, 11)}5/F`],
  ])("under the heading %s", (_, cell) => {
    expect(refused("part", "a;Deltagarens personnummer (10 siffror)", `x;${cell}`)).toBe("personnummer");
  });
  test("ten bare digits in the column that says who somebody is, own ids between or not", () => {
    const own = Array.from({ length: 40 }, (_, i) => `i;D-${i}`);
    expect(refused("deltagare", "insats_id;deltagar_id", ...own, `i;${coordination.slice(2)}`)).toBe("personnummer");
  });
});

describe("the door lets through", () => {
  test.each([
    ["an organisation number", "a;b\nx;556016-0680"],
    ["a wrong check digit", `a;b\nx;${person.slice(0, 11)}3`],
    ["a day that never was", "a;b\nx;199002301234"],
    ["serial 000", "a;b\nx;199001010002"],
    ["an amount", "a;b\nx;310163"],
  ])("%s", (_, text) => {
    expect(refused("part", ...text.split("\n"))).toBeUndefined();
  });
  test.each(["Insatsnamn", "Kommunnamn", "Partens namn", "Insatsens namn", "Handläggarens namn", "Filnamn"])(
    "a column of other names beside persons: %s",
    (heading) => {
      expect(refused("deltagare", `deltagar_id;${heading}`, "1;x")).toBeUndefined();
    },
  );
  test.each(["D-12", "L17", "20230001", "1000000001", "Deltagare A"])("an own id: %s", (own) => {
    expect(refused("deltagare", "insats_id;deltagar_id", `i;${own}`)).toBeUndefined();
  });
  test("a phone number that has a day and a check digit", () => {
    expect(refused("part", "part_id;Mobil", `1;${phone}`)).toBeUndefined();
    expect(refused("part", "part_id;Övrigt", `1;${phone}`)).toBe("personnummer");
  });
  test("a name column where rows are not persons", () => {
    expect(refused("part", "part_id;Namn", "1;x")).toBeUndefined();
  });
});

describe("pseudonyms", () => {
  const once = (key: string) =>
    pseudonymise(...read("deltagare", "insats_id;Personnummer;Namn", `x;${person};Test`), today, pseudonymiser(key));
  test("replace the number, empty the name, and keep birth year and registered sex", () => {
    const [header, row] = once("k".repeat(32)).poster;
    expect(header?.celler).toEqual(["insats_id", "Personnummer", "Namn", "fodelsear", "kon"]);
    expect(row?.celler).toEqual(["x", expect.stringMatching(/^[0-9a-f]{32}$/), "", "1890", "kvinna"]);
  });
  test("stand for all that a cell under their heading says, since a name beside it would tell who it is", () => {
    const made = pseudonymise(
      ...read("deltagare", "insats_id;Personnummer", `x;${person.slice(2, 8)}+${person.slice(8)} Test`),
      today,
      pseudonymiser("k".repeat(32)),
    );
    expect(made.poster[1]?.celler[1]).toBe(once("k".repeat(32)).poster[1]?.celler[1]);
  });
  test("and the birth year are the row's person's, whoever else stands in it", () => {
    const made = pseudonymise(
      ...read("deltagare", "deltagar_id;Barnets personnummer", `${person};${coordination}`),
      today,
      pseudonymiser("k".repeat(32)),
    );
    expect(made.poster[1]?.celler[2]).toBe("1890");
  });
  test("are had from no cell that may mean two persons: it is masked, and its row refused", () => {
    const both = `${person} ${coordination}`;
    const made = pseudonymise(...read("deltagare", "insats_id;Pnr", `x;${both}`), today, pseudonymiser("k".repeat(32)));
    expect(made.poster[1]?.celler[1]).toBe("******-****");
    expect(made.fynd).toEqual([{ kod: "ogiltigt_personnummer", rad: 2, cell: 1, varde: "******-****" }]);
  });
  test("are the same for one key and others for another", () => {
    expect(once("k".repeat(32))).toEqual(once("k".repeat(32)));
    expect(once("k".repeat(32))).not.toEqual(once("l".repeat(32)));
  });
});
