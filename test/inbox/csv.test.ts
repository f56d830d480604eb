import { describe, expect, test } from "vitest";
import { readText } from "../../src/inbox/csv.ts";
import { FileError } from "../../src/inbox/table.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const cells = (text: string): (readonly string[])[] => readText(bytes(text)).poster.map(({ celler }) => celler);

describe("a text table", () => {
  test.each([
    [";", "a;b\n1;2\n"],
    [",", "a,b\n1,2\n"],
    ["\t", "a\tb\n1\t2\n"],
    ["|", "a|b\n1|2\n"],
  ])("separated by %j is found out", (separator, text) => {
    expect(readText(bytes(text)).avgransare).toBe(separator);
    expect(cells(text)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });
  test.each([["\n"], ["\r\n"], ["\r"]])("with lines ended by %j", (end) => {
    expect(cells(["a;b", "1;2", ""].join(end))).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });
  test("quotes hold separators, line ends and quotes, and the next record keeps its physical line", () => {
    const { poster } = readText(bytes('a;b\n"x;""y""\nz";2\n3;4\n'));
    expect(poster.map(({ rad, celler }) => [rad, ...celler])).toEqual([
      [1, "a", "b"],
      [2, 'x;"y"\nz', "2"],
      [4, "3", "4"],
    ]);
  });
  test("a blank line is a record: nothing disappears", () => {
    expect(cells("a;b\n\n1;2\n")).toEqual([["a", "b"], [""], ["1", "2"]]);
  });
  test("Windows-1252, UTF-8 with mark and UTF-16 give the same letters", () => {
    const wanted = [
      ["mål", "år"],
      ["å", "ö"],
    ];
    const latin = Uint8Array.from([..."mål;år\nå;ö\n"].map((letter) => letter.charCodeAt(0)));
    expect(readText(latin).poster.map(({ celler }) => celler)).toEqual(wanted);
    expect(readText(bytes("\uFEFFmål;år\nå;ö\n")).poster.map(({ celler }) => celler)).toEqual(wanted);
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...[..."mål;år\nå;ö\n"].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
    ]);
    expect(readText(wide).poster.map(({ celler }) => celler)).toEqual(wanted);
  });
  test("an open quote is refused: what follows it cannot be told apart", () => {
    expect(() => cells('a;b\n"x;2\n3;4\n')).toThrow(FileError);
  });
  test("an empty file, and one that is no text, are refused", () => {
    expect(() => cells("")).toThrow("tom_fil");
    expect(() => readText(Uint8Array.from([80, 75, 3, 4, 0, 0]))).toThrow("fel_filtyp");
    expect(() => readText(Uint8Array.from([1, 2, 0, 4, 0, 0, 65, 7]))).toThrow("inte_text");
  });
});
