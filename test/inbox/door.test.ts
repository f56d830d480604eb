import { describe, expect, test } from "vitest";
import { inspectIdentity, pseudonymise, pseudonymiser } from "../../src/inbox/door.ts";

const today = "2026-11-22";
const tabell = (...lines: string[]) => ({
  blad: "",
  kodning: "utf-8",
  avgransare: ";",
  poster: lines.map((line, i) => ({ rad: i + 1, celler: line.split(";") })),
});
const refused = (persons: boolean, ...lines: string[]): string | undefined =>
  inspectIdentity(tabell(...lines), 0, persons, today)?.kod;

// Skatteverket's published test numbers.
const person = "189001019802";
const coordination = "190910799824";

describe("the door refuses", () => {
  test.each([
    ["twelve digits in any column", `a;b\nx;${person}`],
    ["with a dash", `a;b\nx;${person.slice(0, 8)}-${person.slice(8)}`],
    ["inside free text", `a;b\nx;kontakta ${person.slice(2, 8)}+${person.slice(8)} om tid`],
    ["a samordningsnummer", `a;b\nx;${coordination}`],
    ["ten bare digits under such a heading", `a;Personnummer\nx;${coordination.slice(2)}`],
    ["ten bare digits where a column is full of them", `a;b\nx;${coordination.slice(2)}\ny;1`],
  ])("%s", (_, text) => {
    expect(refused(false, ...text.split("\n"))).toBe("personnummer");
  });
  test("a column of deltagares' names", () => {
    expect(refused(true, "deltagar_id;Efternamn", "1;")).toBe("personnamn");
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
    expect(refused(false, ...text.split("\n"))).toBeUndefined();
  });
  test("a name column where rows are not persons", () => {
    expect(refused(false, "part_id;Namn", "1;x")).toBeUndefined();
  });
});

describe("pseudonyms", () => {
  const once = (key: string) =>
    pseudonymise(tabell("insats_id;Personnummer;Namn", `x;${person};Test`), 0, true, today, pseudonymiser(key));
  test("replace the number, empty the name, and keep birth year and registered sex", () => {
    const [header, row] = once("k".repeat(32)).poster;
    expect(header?.celler).toEqual(["insats_id", "Personnummer", "Namn", "fodelsear", "kon"]);
    expect(row?.celler).toEqual(["x", expect.stringMatching(/^[0-9a-f]{32}$/), "", "1890", "kvinna"]);
  });
  test("are the same for one key and others for another", () => {
    expect(once("k".repeat(32))).toEqual(once("k".repeat(32)));
    expect(once("k".repeat(32))).not.toEqual(once("l".repeat(32)));
  });
});
