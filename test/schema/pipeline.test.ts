import { describe, expect, test } from "vitest";
import { PipelineError } from "../../src/schema/errors.ts";
import { parseCorrections, parsePipeline, parseReceived } from "../../src/schema/pipeline.ts";
import { parseVillkor } from "../../src/schema/villkor.ts";

const whole = `insats: x
kallor: [data]
mal:
  - id: a
    text: minst tre möten
    matt: antal_moten
    villkor: ">= 3"
    per: ar
`;

/** The same goal with levels, one a line from line 8. */
const levels = (...written: readonly string[]): string =>
  whole.replace('villkor: ">= 3"', `villkor:\n${written.map((level) => `      - { ${level} }`).join("\n")}`);

const problems = (text: string): readonly string[] => {
  try {
    parsePipeline("p.yaml", text);
  } catch (error) {
    if (error instanceof PipelineError) return error.lines;
    throw error;
  }
  return [];
};

describe("a pipeline file", () => {
  test("that is right gives its goals with the defaults filled in", () => {
    const { mal, personuppgifter, exempel } = parsePipeline("dir/p.yaml", whole);
    expect({ personuppgifter, exempel }).toEqual({ personuppgifter: "avvisa", exempel: false });
    expect(mal[0]).toMatchObject({ id: "a", per: "ar", parametrar: {} });
  });
  test.each([
    [
      "a misspelt measure is named with its line and the nearest",
      whole.replace("antal_moten", "antal_mote"),
      "p.yaml:6: mal.0.matt: antal_mote is not a valid value; did you mean antal_moten?",
    ],
    [
      "a misspelt key too",
      whole.replace("villkor", "vilkor"),
      "p.yaml:7: mal.0.vilkor: unknown key vilkor; did you mean villkor?",
    ],
    ["and one at the top", whole.replace("kallor", "kallar"), "p.yaml:1: kallor: is missing"],
    [
      "fewer persons than five without a reason",
      whole.replace("mal:", "troskel: 3\nmal:"),
      "p.yaml:3: troskel: fewer than 5 need {antal, skal, roll}: why, and who decided",
    ],
    [
      "a window that does not exist",
      whole.replace("per: ar", "per: manader"),
      "p.yaml:8: mal.0.per: manader is not a valid value; did you mean manad?",
    ],
    [
      "a condition that cannot be read",
      whole.replace('">= 3"', "minst tre"),
      'p.yaml:7: mal.0.villkor: a condition is written ">= 60", ">= 85 %" or "40..60 %"',
    ],
    [
      "a share asked for as a number",
      whole.replace("antal_moten", "narvaroandel").replace('">= 3"', '">= 85"'),
      'p.yaml:7: mal.0.villkor: narvaroandel is a share, 0–1: write ">= 85 %"',
    ],
    [
      "a number asked for as a share",
      whole.replace('">= 3"', '">= 3 %"'),
      "p.yaml:7: mal.0.villkor: antal_moten is no share: leave out %",
    ],
    [
      "a least number in words",
      whole
        .replace("antal_moten", "individer_i_samverkansmote")
        .replace("per: ar", "parametrar: { minst_parter: två }"),
      "p.yaml:8: mal.0.parametrar.minst_parter: is a whole number",
    ],
    [
      "days asked for in hours",
      whole.replace("antal_moten", "inskrivningstid").replace('">= 3"', '"<= 12 timmar"'),
      "p.yaml:7: mal.0.villkor: inskrivningstid is in dagar, not timmar",
    ],
    [
      "a number asked for in kronor",
      whole.replace('">= 3"', '">= 3 kr"'),
      "p.yaml:7: mal.0.villkor: antal_moten is in antal, not kr",
    ],
    [
      "kronor asked for in thousands of them",
      whole.replace("antal_moten", "fakturerat_belopp").replace('">= 3"', '"<= 300 tkr"'),
      "p.yaml:7: mal.0.villkor: fakturerat_belopp is in kr, not tkr",
    ],
    [
      "a parameter the measure does not have",
      whole.replace("per: ar", "parametrar: { motestypp: puls }"),
      "p.yaml:8: mal.0.parametrar.motestypp: antal_moten has no parameter motestypp; did you mean motestyp?",
    ],
    [
      "a tolerance without a condition",
      whole.replace('villkor: ">= 3"', "tolerans: 1"),
      "p.yaml:7: mal.0.tolerans: says nothing without villkor",
    ],
    [
      "a tolerance that cannot be read",
      whole.replace("per: ar", "tolerans: nära"),
      'p.yaml:8: mal.0.tolerans: a tolerance is written "5 %" (of the target), 5 or "5 procentenheter"',
    ],
    [
      "percentage points of what is no share",
      whole.replace("per: ar", "tolerans: 5 procentenheter"),
      "p.yaml:8: mal.0.tolerans: antal_moten is no share: leave out procentenheter",
    ],
    [
      "a smallest denominator of what has none",
      whole.replace("per: ar", "minst_n: 5"),
      "p.yaml:8: mal.0.minst_n: antal_moten has no denominator: minst_n is for shares and ratios",
    ],
    [
      "a direction beside a condition, which has one",
      whole.replace("per: ar", "riktning: upp"),
      "p.yaml:8: mal.0.riktning: is for a goal without villkor: the condition has a direction already",
    ],
    [
      "a group that the measure is not counted by",
      whole.replace("per: ar", "grupp: kon"),
      "p.yaml:8: mal.0.grupp: antal_moten is not counted by kon; it has none",
    ],
    [
      "age groups out of order",
      `${whole}aldersgranser: [45, 30]\n`,
      "p.yaml:9: aldersgranser: ages are written in rising order",
    ],
    [
      "levels that overlap",
      levels('villkor: ">= 3", giltig_till: "2023-06-30"', 'villkor: ">= 4", giltig_fran: "2023-06-30"'),
      "p.yaml:9: mal.0.villkor.1: overlaps level 1 in time",
    ],
    [
      "levels with two operators",
      levels('villkor: ">= 3", giltig_till: "2023-06-30"', 'villkor: "<= 4", giltig_fran: "2023-07-01"'),
      "p.yaml:9: mal.0.villkor.1.villkor: the levels of a goal share one operator: >= stands first",
    ],
    [
      "a level that ends before it begins",
      levels('villkor: ">= 3", giltig_fran: "2023-07-01", giltig_till: "2023-06-30"'),
      "p.yaml:8: mal.0.villkor.0.giltig_till: 2023-06-30 is before giltig_fran 2023-07-01",
    ],
    [
      "a misspelt key of a level",
      levels('villkor: ">= 3", giltig_from: "2023-07-01"'),
      "p.yaml:8: mal.0.villkor.0.giltig_from: unknown key giltig_from; did you mean giltig_fran?",
    ],
    [
      "a decision beside levels, each of which has its own",
      levels('villkor: ">= 3" }\n    beslut: Styrelsen\n    parametrar: {'),
      "mal.0.beslut: stands in each level of villkor, not beside them",
    ],
    ["a goal twice", `${whole}  - { id: a, text: t, matt: antal_moten }\n`, "p.yaml:9: mal.1.id: a stands twice"],
    [
      "pseudonyms without a legal ground",
      `${whole}personuppgifter: pseudonymisera\n`,
      "p.yaml:9: personuppgifter: pseudonymisera needs rattsligt_stod: the legal ground, in words",
    ],
    ["YAML that is none", "insats: [x\n", "p.yaml:2:"],
    ["a key twice", `${whole}insats: y\n`, "p.yaml:9: Map keys must be unique"],
    ["a tag that stands for nothing", `${whole}troskel: !min 3\n`, "p.yaml:9: Unresolved tag: !min"],
    ["a key that is no word", `${whole}? [a]\n: 1\n`, "p.yaml:9: a key is one word or text"],
    ["several documents in one", `${whole}---\ninsats: y\n`, "p.yaml:9: Source contains multiple documents"],
    [
      "text nested beyond all use",
      `${whole}poster: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`,
      "p.yaml:9: is nested too deeply",
    ],
    [
      "repeats of repeats that would fill the memory",
      `${[..."bcdefghij"].reduce((text, name, i) => `${text}${name}: &${name} [${`*${"abcdefghij"[i]}, `.repeat(9)}]\n`, "a: &a [x]\n")}`,
      "p.yaml:10: repeats (*name) give too much",
    ],
    ["a repeat of what is nowhere", `${whole}poster: *borta\n`, "p.yaml:9: *borta: nothing above is &borta"],
    ["a repeat of what it is part of", `${whole}poster: &a { x: *a }\n`, "p.yaml:9: *a repeats what it is part of"],
    ["a day that does not exist", `${whole}seriebrott: [2023-02-30]\n`, "p.yaml:9: seriebrott.0: there is no such day"],
  ])("%s", (_, text, expected) => {
    expect(problems(text).join("\n")).toContain(expected);
  });
  test.each([
    ["Windows-1252", Buffer.from("insats: x\nkallor: [förbund]\n", "latin1"), "p.yaml:2: the text is not UTF-8"],
    ["UTF-16", Buffer.from("insats: x\n", "utf16le"), "p.yaml:1: the text is not UTF-8"],
  ])("that is written in %s is said to be", (_, bytes, expected) => {
    for (const read of [parsePipeline, parseCorrections, parseReceived])
      expect(() => read("p.yaml", bytes)).toThrow(expected);
  });
  test("may hold the sign that stands for a lost letter, and begin with a byte order mark", () => {
    const text = `\uFEFF${whole}`.replace("minst tre", "M\uFFFDlm\u00F6");
    expect(parsePipeline("p.yaml", Buffer.from(text)).mal[0]?.text).toBe("M\uFFFDlm\u00F6 möten");
  });
  test("may have numbers where it means text: an account, a sheet, a section, an answer is as it is written", () => {
    const text = whole
      .replace("insats: x", "insats: 007")
      .replace("id: a", "id: 01")
      .replace(
        "mal:",
        "tolkning: [{ fil: x.csv, blad: 2023, dataset: faktura, urval: { Konto: [0711, 1e3] }, konstanter: { faktura_id: 00 }, nollor: { faktura_id: 3 }, hoppa_over: [2022] }]\nmal:",
      )
      .concat("    parametrar: { motestyp: [4, 5] }\n    rapporterat: { status: ja, avsnitt: 1.10 }\n");
    const { insats, mal, tolkning } = parsePipeline("p.yaml", text);
    expect([insats].flat()).toEqual(["007"]);
    expect(mal[0]).toMatchObject({ id: "01", parametrar: { motestyp: ["4", "5"] }, rapporterat: { avsnitt: "1.10" } });
    expect(tolkning[0]).toMatchObject({
      ...{ blad: "2023", urval: { Konto: ["0711", "1e3"] }, konstanter: { faktura_id: "00" } },
      ...{ nollor: { faktura_id: 3 }, hoppa_over: ["2022"] },
    });
  });
  test("may say once what stands in two places", () => {
    const text = whole.replace("insats: x", "insats: &d x").replace("[data]", "[data, *d]");
    expect(parsePipeline("p.yaml", text).kallor).toEqual(["data", "x"]);
  });
  test("all that is wrong is said at once", () => {
    expect(problems(whole.replace("antal_moten", "x").replace("per: ar", "per: y")).length).toBe(2);
  });
});

describe("an identity number is never written in a pipeline file", () => {
  const number = "19640823-3234";
  const goal = (line: string): string => `${whole}    ${line}\n`;
  test.each([
    ["a goal's text", whole.replace("minst tre möten", `samtal med ${number}`), 5],
    ["a goal's id", whole.replace("id: a", `id: ${number}`), 4],
    ["a parameter", goal(`parametrar: { motestyp: "${number}" }`), 9],
    ["a parameter's name", goal(`parametrar: { "${number}": x }`), 9],
    ["a quotation", goal(`rapporterat: { status: ja, citat: "se ${number}" }`), 9],
    ["a decision", goal("beslut: 640823 3234"), 9],
    ["a comment", whole.replace("kallor:", `# fråga ${number}\nkallor:`), 2],
    ["a comment after a value", whole.replace("[data]", "[data] # 6408233234"), 2],
    ["a source", whole.replace("[data]", `[data/${number}]`), 2],
    ["posts of costs", `${whole}poster: { "Resor 6408233234": Resor }\n`, 9],
    ["a number", `${whole}poster: { Resor: 196408233234 }\n`, 9],
    ["escaped signs", whole.replace("minst tre möten", '"\\u0031964\\x30823-3234"'), 5],
    ["two lines", whole.replace("minst tre möten", "Ring 640823\n      3234"), 5],
    ["words for values", `${whole}tolkning: [{ fil: x.csv, varden: { kon: { "1964 08 23 3234": man } } }]\n`, 9],
    ["a slip of the finger", whole.replace("minst tre möten", "samtal med 640823-3235"), 5],
    ["what is no YAML", `${whole}x: [${number}\n`, 9],
  ])("%s", (_, text, line) => {
    expect(problems(text)).toEqual([
      `p.yaml:${line}: 19****-****: an identity number is never written in a pipeline file`,
    ]);
  });
  test("nor beside deliveries, among corrections, or in a file's name", () => {
    expect(() => parseReceived("leverans.yaml", `mottagen: 2024-01-01\navsändare: ${number}\n`)).toThrow(
      "leverans.yaml:2: 19****-****: an",
    );
    expect(() => parseCorrections("korrigeringar.yaml", `# ${number}\n[]\n`)).toThrow(
      "korrigeringar.yaml:1: 19****-****: an",
    );
    expect(() => parsePipeline(`dir/${number}.yaml`, whole)).toThrow(
      "dir/19****-****: an identity number is never a file's name",
    );
  });
  test("what only looks like one may be", () => {
    const text = `${whole}    beslut: "2023-05-04 § 12, dnr 2001-1234, org. 556036-0793, tfn 0220-123 45, period 200101-201231"\n`;
    expect(problems(text)).toEqual([]);
  });
});

describe("a condition", () => {
  test.each([">= 60", "> 0", "<= 3,5", "< 1 000", "= 4", ">= 85 %", "40..60 %", "10 .. 20"])("%s is one", (villkor) => {
    expect(parseVillkor(villkor)).toBeDefined();
  });
  test.each(["60", "60..40 %", "=> 60", ">= sextio", "40–60 %", ""])("%j is none", (villkor) => {
    expect(parseVillkor(villkor)).toBeUndefined();
  });
  test("its number is exact", () => {
    expect(parseVillkor(">= 0,1")).toMatchObject({
      operator: ">=",
      value: { digits: 1n, decimals: 1 },
      percent: false,
    });
  });
});
