import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, columns, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const windows = (insats_id: string, mal_id: string): Row[] => pick(d.rows("maluppfyllelse"), { insats_id, mal_id });
const summary = (insats_id: string, mal_id: string): Row => only(d.rows("malsammanfattning"), { insats_id, mal_id });

const reported = ["ja", "nej", "delvis", "reviderat", null] as const;
// möten in 2020, 2021: 3 and 1
const outcomes = { uppnatt: ">= 1", delvis: ">= 2", ej_uppnatt: ">= 4" } as const;

const intervals: [string, number, number][] = [
  ["noll", 0, 10],
  ["samtliga-tio", 10, 10],
  ["tio", 1, 10],
  ["stor", 81, 263],
];

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "forbund_id", "startdatum", "slutdatum"],
        ["m", "Möten", "f", "2020-01-01", "2021-12-31"],
        ["g", "Grupper", null, "2020-01-01", "2020-12-31"],
        ["flera", "Flera betalar", "f", "2020-01-01", "2020-12-31"],
        ...intervals.map(([id]): Cells => [id, id, null, "2020-01-01", "2020-12-31"]),
      ],
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
        ["b", "B"],
        ["g", "G"],
      ],
      "finansiering.csv": [
        ["insats_id", "forbund_id", "ar", "slag", "belopp"],
        ["flera", "g", 2020, "beviljat", "100 kr"],
        ["flera", "b", 2020, "beviljat", "100 kr"],
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["g", "af", "AF", "arbetsformedlingen"],
        ["g", "fk", "FK", "forsakringskassan"],
        ["g", "region", "Region", "region"],
        ...intervals.map(([id]): Cells => [id, "af", "AF", "arbetsformedlingen"]),
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ["m", 1, "2020-02-01", "puls"],
        ["m", 2, "2020-03-01", "puls"],
        ["m", 3, "2020-04-01", "puls"],
        ["m", 4, "2021-04-01", "puls"],
        ["g", 1, "2020-04-01", "samverkan"],
        ["g", 2, "2020-05-01", "samverkan"],
        ["flera", 1, "2020-04-01", "samverkan"],
      ],
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["g", 1, "af", "ja", "ja"],
        ["g", 2, "af", "ja", "ja"],
        ["g", 1, "fk", "ja", "ja"],
        ["g", 2, "fk", "ja", "nej"],
      ],
      "narvaroantal.csv": [
        ["insats_id", "part_id", "fran", "till", "kallade", "narvarande"],
        ...intervals.map(([id, x, n]): Cells => [id, "af", "2020-01-01", "2020-12-31", n, x]),
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "slutdatum", "kon"],
        ...Array.from({ length: 5 }, (_, i): Cells => ["g", `p${i}`, "2020-02-01", "2020-08-31", "K"]),
        ["g", "p9", "2020-10-01", "2020-10-31", "M"],
      ],
    },
    pipelines: {
      "m.yaml": {
        insats: "m",
        mal: [
          ...Object.entries(outcomes).flatMap(([utfall, villkor]) =>
            reported.map((status) => ({
              id: `${utfall}-${status}`,
              matt: "antal_moten",
              per: "ar",
              villkor,
              ...(status && { rapporterat: { status, dokument: "d.pdf", avsnitt: "Mål" } }),
            })),
          ),
          ...reported.map((status) => ({
            id: `ej_matbart-${status}`,
            matt: "narvaroandel",
            per: "ar",
            villkor: ">= 1 %",
            ...(status && { rapporterat: { status, dokument: "d.pdf", avsnitt: "Mål" } }),
          })),
          { id: "utan-villkor", matt: "antal_moten", per: "ar" },
          { id: "mellan", matt: "antal_moten", per: "ar", villkor: "1..3" },
          { id: "mindre", matt: "antal_moten", per: "ar", villkor: "< 3" },
          { id: "lika", matt: "antal_moten", per: "ar", villkor: "= 3" },
          { id: "hogst", matt: "antal_moten", per: "ar", villkor: "<= 1" },
        ],
      },
      "g.yaml": {
        insats: "g",
        mal: [
          { id: "part", matt: "narvaroandel", per: "hela", villkor: ">= 85 %", grupp: "part" },
          { id: "kon", matt: "deltaganden", per: "kvartal", villkor: ">= 3", grupp: "kon" },
          { id: "byar", matt: "deltaganden", per: "kvartal", villkor: ">= 3" },
          { id: "dagar", matt: "inskrivningstid", per: "hela", villkor: "<= 1000" },
        ],
      },
      "flera.yaml": { insats: "flera", mal: [{ id: "m", matt: "antal_moten", per: "hela", villkor: ">= 1" }] },
      "ki.yaml": {
        insats: intervals.map(([id]) => id),
        mal: [{ id: "andel", matt: "narvaroandel", per: "hela", villkor: ">= 85 %" }],
      },
    },
  });
}, 60_000);

describe("the verdict of a goal", () => {
  test.each([
    ["uppnatt-null", "uppnatt", [2, 2, 0, 0]],
    ["delvis-null", "delvis", [2, 1, 1, 0]],
    ["ej_uppnatt-null", "ej_uppnatt", [2, 0, 2, 0]],
    ["ej_matbart-null", "ej_matbart", [2, 0, 0, 2]],
  ])("%s", (mal, status, n) => {
    const row = summary("m", mal);
    expect(row.status).toBe(status);
    expect([row.rader, row.uppnatt, row.ej_uppnatt, row.ej_matbart]).toEqual(n);
    expect(typeof row.mening).toBe("string");
  });

  test("a goal without a number is followed, not judged", () => {
    expect(columns(windows("m", "utan-villkor"), "status", "skal", "varde")).toEqual([
      ["ej_matbart", "inget_villkor", 3],
      ["ej_matbart", "inget_villkor", 1],
    ]);
    expect(summary("m", "utan-villkor").status).toBe("ej_matbart");
  });

  test.each([
    ["mellan", ["uppnatt", "uppnatt"]],
    ["mindre", ["ej_uppnatt", "uppnatt"]],
    ["lika", ["uppnatt", "ej_uppnatt"]],
    ["hogst", ["ej_uppnatt", "uppnatt"]],
  ])("villkor %s", (mal, statuses) => {
    expect(windows("m", mal).map((row) => row.status)).toEqual(statuses);
  });

  test("an interval has no malvarde", () => {
    expect(windows("m", "mellan").map((row) => row.malvarde)).toEqual([null, null]);
  });
});

describe("avviker", () => {
  const expected = (utfall: string, status: string | null): boolean | null => {
    if (utfall === "ej_matbart" || status === null || status === "reviderat") return null;
    return utfall !== { ja: "uppnatt", nej: "ej_uppnatt", delvis: "delvis" }[status];
  };
  const cases = ["uppnatt", "delvis", "ej_uppnatt", "ej_matbart"].flatMap((utfall) =>
    reported.map((status) => [utfall, status, expected(utfall, status)] as const),
  );
  test.each(cases)("computed %s against reported %s is %s", (utfall, status, avviker) => {
    const row = summary("m", `${utfall}-${status}`);
    expect([row.status, row.rapporterat, row.avviker]).toEqual([utfall, status, avviker]);
    for (const each of windows("m", `${utfall}-${status}`))
      expect([each.rapporterat, each.avviker]).toEqual([status, avviker]);
  });
});

describe("groups", () => {
  test("one row per part delivered, also without evidence, beside the ungrouped row", () => {
    expect(columns(windows("g", "part"), "grupp", "gruppvarde", "part_id", "taljare", "namnare", "status")).toEqual([
      ["", "", null, 3, 4, "ej_matbart"],
      ["part", "af", "af", 2, 2, "uppnatt"],
      ["part", "fk", "fk", 1, 2, "ej_uppnatt"],
      ["part", "region", "region", expect.anything(), expect.anything(), "ej_matbart"].map((cell, i) =>
        i === 3 || i === 4 ? windows("g", "part")[3]?.[i === 3 ? "taljare" : "namnare"] : cell,
      ),
    ]);
  });

  test("the goal is judged over group rows, not the ungrouped row", () => {
    expect(summary("g", "part")).toMatchObject({
      status: "delvis",
      rader: 3,
      uppnatt: 1,
      ej_uppnatt: 1,
      ej_matbart: 1,
    });
  });

  test("kön has a row for women and one for men, also where nobody is a man", () => {
    const rows = pick(windows("g", "kon"), { grupp: "kon", fran: "2020-01-01" });
    expect(only(rows, { gruppvarde: "kvinna" })).toMatchObject({ taljare: 5, status: "uppnatt" });
    expect(only(rows, { gruppvarde: "man" })).toMatchObject({ taljare: 0, status: "ej_uppnatt" });
  });
});

describe("who pays", () => {
  test("finansiarer are of finansiering and insats, sorted, and forbund_id is null when they are several", () => {
    expect(windows("flera", "m")[0]).toMatchObject({ finansiarer: "b,f,g", forbund_id: null });
  });

  test("one förbund is forbund_id", () => {
    expect(windows("m", "mellan")[0]).toMatchObject({ finansiarer: "f", forbund_id: "f" });
  });
});

describe("intervals", () => {
  const wilson = (x: number, n: number): [number, number] => {
    const z = 1.959963984540054;
    const p = x / n;
    const mid = p + (z * z) / (2 * n);
    const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
    const by = 1 + (z * z) / n;
    return [(mid - half) / by, (mid + half) / by];
  };

  test.each(intervals)("%s: Wilson for %i of %i", (id, x, n) => {
    const row = only(windows(id, "andel"), {});
    const [lag, hog] = wilson(x, n);
    expect(row.ki_lag as number).toBeCloseTo(lag, 10);
    expect(row.ki_hog as number).toBeCloseTo(hog, 10);
  });

  test("81 of 263 is 0,2553 to 0,3662 (Newcombe 1998)", () => {
    const row = only(windows("stor", "andel"), {});
    expect([(row.ki_lag as number).toFixed(4), (row.ki_hog as number).toFixed(4)]).toEqual(["0.2553", "0.3662"]);
  });

  test("Byar for a count of 5", () => {
    const z = 1.959963984540054;
    const row = only(windows("g", "byar"), { fran: "2020-01-01" });
    expect(row.ki_lag as number).toBeCloseTo(5 * (1 - 1 / 45 - z / (3 * Math.sqrt(5))) ** 3, 10);
    expect(row.ki_hog as number).toBeCloseTo(6 * (1 - 1 / 54 + z / (3 * Math.sqrt(6))) ** 3, 10);
  });

  test("Byar of 0 is 0 at the bottom", () => {
    const z = 1.959963984540054;
    const row = only(windows("g", "kon"), { gruppvarde: "man", fran: "2020-01-01" });
    expect(row.ki_lag).toBe(0);
    expect(row.ki_hog as number).toBeCloseTo((1 - 1 / 9 + z / 3) ** 3, 10);
  });

  test("there is none for a kvot", () => {
    expect(windows("g", "dagar")[0]).toMatchObject({ ki_lag: null, ki_hog: null });
  });
});

describe("resultat_id", () => {
  test("is the result and its key columns in order, dates ISO", () => {
    expect(windows("m", "mellan")[0]?.resultat_id).toBe("maluppfyllelse/m/mellan///2020-01-01");
    expect(windows("g", "part")[1]?.resultat_id).toBe("maluppfyllelse/g/part/part/af/2020-01-01");
    expect(summary("m", "mellan").resultat_id).toBe("malsammanfattning/m/mellan");
  });
});
