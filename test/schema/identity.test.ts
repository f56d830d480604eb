import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  find,
  isIdentity,
  maskText,
  meant,
  onlyNumber,
  plainly,
  readNumber,
  replaceIdentity,
  saysIdentity,
} from "../../src/schema/identity.ts";
import { dashed, notations, person, short } from "../identity/numbers.ts";

const today = "2024-06-01";
const tolvan = "191212121212"; // everybody's made-up person
const woman = person("19811228", "987");

describe("an identity number is", () => {
  test.each([
    ["a person of the last century", woman],
    ["a person of this one", person("20010203", "238")],
    ["a person born in the 1800s", person("18991231", "001")],
    ["born on a leap day", person("20000229", "001")],
    ["a samordningsnummer", person("19701063", "239")],
    ["a samordningsnummer whose day is not known", person("19701060", "239")],
    ["a samordningsnummer whose month is not known", person("19700063", "239")],
    ["a samordningsnummer of whom neither is known", person("19700060", "239")],
    ["tolvan", tolvan],
  ])("%s", (_, twelve) => {
    expect(isIdentity(twelve)).toBe(true);
  });
  test.each([
    ["with another check digit", `${woman.slice(0, 11)}${(Number(woman[11]) + 1) % 10}`],
    ["with serial 000", person("19811228", "000")],
    ["on a day that never was", person("19810229", "987")],
    ["on 31 April, a samordningsnummer too", person("19810491", "987")],
    ["in month 13", person("19811328", "987")],
    ["of a person in month 00", person("19810028", "987")],
    ["of a person on day 00", person("19811200", "987")],
    ["of another century", person("17811228", "987")],
    ["an organisation's", "165560360793"],
  ])("not one %s", (_, twelve) => {
    expect(isIdentity(twelve)).toBe(false);
  });
});

const aDay = fc
  .date({ min: new Date("1925-01-01"), max: new Date("2024-05-31"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10).replaceAll("-", ""));
const aPerson = fc
  .tuple(aDay, fc.integer({ min: 1, max: 999 }))
  .map(([day, serial]) => person(day, String(serial).padStart(3, "0")));

describe("in a text", () => {
  test("any person written with dash or in twelve digits is found, whatever stands around, and masked", () => {
    fc.assert(
      fc.property(aPerson, fc.constantFrom("", "Ring ", "nr:"), fc.constantFrom("", " om tid", "."), (twelve, a, b) => {
        for (const written of [twelve, dashed(twelve), short(twelve)]) {
          const text = `${a}${written}${b}`;
          expect(find(text, today, "no").map((hit) => hit.twelve)).toEqual([twelve]);
          expect(maskText(text, today)).toBe(`${a}${twelve.slice(0, 2)}****-****${b}`);
        }
      }),
    );
  });
  test("signs that cannot be seen, other dashes and other digits hide none", () => {
    for (const written of notations(woman).filter((text) => !plainly(text).includes("+")))
      expect([written, find(plainly(written), today, "any").map((hit) => hit.twelve)]).toEqual([written, [woman]]);
    for (const sign of ["\u200b", "\u00ad", "\u2060", "\ufeff"])
      expect(find(plainly(`${woman.slice(0, 5)}${sign}${woman.slice(5)}`), today, "no")).toHaveLength(1);
  });
  test.each([
    ["a period", "220101-0630"],
    ["a period in eight digits", "20230101-1231"],
    ["a period that has not come", "270701-1231"],
    ["a day and its time", `2008-12-28 ${person("20081228", "123").slice(8)}`],
    ["a moment as files are named", `20150101_${person("20150101", "123").slice(8)}`],
    ["an amount", `1,${short(woman).replace("-", " ")}`],
    ["an amount with öre", `${short(woman).replace("-", " ")},50`],
  ])("%s is none", (_, text) => {
    for (const bareToo of ["no", "ten", "any"] as const) expect(find(text, today, bareToo)).toEqual([]);
    expect(maskText(text, today)).toBe(text);
  });
  test("a day of long ago and a time of day are none, other four digits are a person's", () => {
    const noon = person("19811228", "123");
    const iso = (twelve: string): string => `${twelve.slice(0, 4)}-${twelve.slice(4, 6)}-${twelve.slice(6, 8)}`;
    expect(find(`${iso(noon)} ${noon.slice(8)}`, today, "no")).toEqual([]);
    expect(find(`${iso(woman)} ${woman.slice(8)}`, today, "no").map((hit) => hit.twelve)).toEqual([woman]);
  });
  test("what is none may begin one", () => {
    expect(find(`12345678 1981-12-28-9874`, today, "no").map((hit) => hit.twelve)).toEqual([woman]);
  });
  test.each([
    ["with spaces", "1991 08 22 2390"],
    ["with the day apart", "195405 16 2644"],
    ["with dots and a dash", "88.09.27-2381"],
    ["with a no-break space", "1991\u00a008\u00a022\u00a02390"],
    ["with narrow no-break spaces", "1991\u202f08\u202f22\u202f2390"],
    ["with an en dash", "910822–2390"],
    ["with an en dash between spaces", "19910822 – 2390"],
    ["with dots and an en dash", "1991.08.22–2390"],
    ["with slashes", "1991/08/22-2390"],
    ["two digits at a time", "91 08 22 2390"],
    ["with a dash in the day", "1991-08-22 2390"],
    ["with spaces and a dash", "91 08 22 - 2390"],
    ["with a tab", "910822\t2390"],
  ])("one written %s is found, and its text masked", (_, written) => {
    const text = `Ring ${written} på fredag.`;
    const [hit] = find(plainly(text), today, "no");
    expect(isIdentity(hit?.twelve ?? "")).toBe(true);
    expect(maskText(text, today)).toBe("Ring 19****-**** på fredag.");
  });
  test.each([
    ["a phone number", "070-122 82 39"],
    ["an account", "8327-9 944 202 313-8"],
    ["an amount", "1 991 082 223,90"],
    ["groups of four", "5000 0000 0583 9825"],
  ])("%s is none", (__, text) => {
    expect(find(plainly(text), today, "no")).toEqual([]);
  });
  test("neither are two days, or a day with dots and a time, though their digits are a person's", () => {
    const year =
      Array.from({ length: 90 }, (_, i) => String(1950 + i)).find((one) => isIdentity(`20010101${one}`)) ?? "";
    const noon = person("19880927", "123").slice(8);
    for (const text of [`2001-01-01 - ${year}-12-31`, `2001 01 01 ${year} 12 31`, `88.09.27 ${noon}`])
      expect([text, find(text, today, "no")]).toEqual([text, []]);
    expect(find(`88.09.27-${noon}`, today, "no")).toHaveLength(1);
  });
  test("a number is found whole where digits before it would make another", () => {
    for (let i = 0; i < 100; i++) {
      const text = `${String(i).padStart(2, "0")} 02 ${short(woman)}`;
      expect([text, maskText(text, today)]).toEqual([text, `${text.slice(0, 6)}19****-****`]);
    }
  });
  test.each([
    ["eleven digits", "19811228987"],
    ["thirteen", "1981122898740"],
    ["twenty-four", "198112289874198112289874"],
    ["a letter for a digit", "19811228-98O4"],
    ["a letter for the dash", "19811228A9874"],
    ["a day of birth", "19811228"],
    ["a number with its end hidden", "811228-XXXX"],
    ["digits with one letter", "a19811228987419811228987"],
  ])("%s under their own heading was meant as a number", (___, text) => {
    expect([meant(text, true), onlyNumber(text, today)]).toEqual([true, undefined]);
  });
  test.each(["D-12", "Löpnr 1234567", "saknas", "12", "ab12cdef34567890abcdef1234567890"])(
    "%s is somebody's own id, under that heading too",
    (text) => {
      expect([meant(text, true), onlyNumber(text, today)]).toEqual([false, undefined]);
    },
  );
  test("a spreadsheet takes the zeros of 2000 away, and under their heading the number is still one", () => {
    const born = person("20000112", "345");
    expect(onlyNumber(String(Number(born.slice(2))), today)).toBe(born);
  });
  test("under a heading that says so one is found whatever stands between and beside", () => {
    const ten = woman.slice(2);
    for (const text of [
      `${ten} (samtycke finns)`,
      `${ten}*`,
      `${ten}/F`,
      `${short(woman).replace("-", ".")}`,
      `Anna ${ten}`,
    ])
      expect([text, onlyNumber(text, today)]).toEqual([text, woman]);
    for (const text of [`${ten} och ${tolvan}`, `${ten}, ${tolvan.slice(0, 11)}3`, "D-12", "2022-01-01"])
      expect([text, onlyNumber(text, today)]).toEqual([text, undefined]);
  });
  test("under such a heading checksums and moments are none", () => {
    const sum = `ab${woman.slice(2)}cdef0123456789ef`;
    for (const text of [sum, `${sum}${sum}`, "2022-01-01 12:30", "2022-01-01T12:30:15"])
      expect([text, meant(text), onlyNumber(text, today)]).toEqual([text, false, undefined]);
    for (const text of [`${woman.slice(2)}A`, `nr${woman.slice(2)}`])
      expect([text, meant(text), onlyNumber(text, today)]).toEqual([text, true, woman]);
  });
  test("one not yet born is of the century before", () => {
    const written = short(person("20251231", "001"));
    const born = (text: string, on: string): string[] => find(text, on, "no").map((hit) => hit.twelve.slice(0, 4));
    expect(born(written, "2025-06-01")).toEqual(["1925"]);
    expect(born(written, "2025-12-31")).toEqual(["2025"]);
    expect(born(written.replace("-", "+"), "2025-06-01")).toEqual(["1925"]);
  });
  test("+ is the century before: a person over a hundred years", () => {
    const old = person("19200414", "154");
    expect(find(short(old).replace("-", "+"), today, "no").map((hit) => hit.twelve)).toEqual([old]);
    expect(find(short(person("20200414", "154")), today, "no").map((hit) => hit.twelve)).toEqual([
      person("20200414", "154"),
    ]);
  });
  test("a long number as a spreadsheet writes it is what it was", () => {
    expect(find(plainly("1,98112289874E+11".replace("98112289874", woman.slice(1))), today, "no")).toHaveLength(1);
  });
  test("ten bare digits count only where they are asked for", () => {
    expect(find(woman.slice(2), today, "no")).toEqual([]);
    expect(find(woman.slice(2), today, "ten")).toHaveLength(1);
    expect(find(`faktura ${woman.slice(2)}`, today, "ten")).toEqual([]);
    expect(find(`faktura ${woman.slice(2)}`, today, "any")).toHaveLength(1);
  });
  test("organisation numbers, longer numbers and dates are left as they are", () => {
    for (const text of ["556036-0793", "212000-0142", `1${woman}`, `${woman}7`, "2024-06-01 12:00", "20240601-0931"])
      expect(maskText(text, today)).toBe(text);
  });
  test("each is replaced, and nothing else", () => {
    const both = `${short(woman)} och ${tolvan}, inte 556036-0793`;
    expect(replaceIdentity(both, today, "no", (twelve) => `<${twelve}>`)).toBe(
      `<${woman}> och <${tolvan}>, inte 556036-0793`,
    );
  });
});

describe("a heading", () => {
  test.each([
    "Personnummer",
    "Personnummer (10 siffror)",
    "Deltagarens personnummer",
    "Personnummer/samordningsnummer",
    "Födelsenummer",
    "PNR",
    "Klientens pnr.",
    "person_nr",
    "Personummer",
  ])("%s says that numbers stand below it", (heading) => {
    expect(saysIdentity(heading)).toBe(true);
  });
  test.each(["Gruppnr", "Personal", "Personrelation", "Löpnummer", "Deltagare", "Fakturanummer"])(
    "%s does not",
    (heading) => {
      expect(saysIdentity(heading)).toBe(false);
    },
  );
});

describe("a number that is asked for", () => {
  test.each([woman, dashed(woman), short(woman), woman.slice(2), ` ${short(woman)}\n`, short(woman).replace("-", " ")])(
    "%j is the person",
    (written) => {
      expect(readNumber(written, today)).toBe(woman);
    },
  );
  test.each(["", "19811228", `${short(woman)} Anna`, `${woman} ${woman}`, "198112289875"])(
    "%j is nobody",
    (written) => {
      expect(readNumber(written, today)).toBeUndefined();
    },
  );
});
