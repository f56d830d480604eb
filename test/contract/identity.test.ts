import { createHmac } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, type Folder, folder, only, pick, type Rows } from "./delivery.ts";

// Real check digits: an official test person, a test samordningsnummer, and made-up ones.
const check = (ten: string): string => {
  const sum = [...ten].reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return ten + String((10 - (sum % 10)) % 10);
};
const person = (century: string, nine: string): string => century + check(nine);
const woman = person("19", "811228987"); // 19811228-9874
const man = person("19", "640823323");
const inName = person("19", "750315237"); // stands in a folder's name
const coordination = person("19", "701063239"); // day 63

const mistyped = `${woman.slice(0, 11)}${(Number(woman[11]) + 1) % 10}`;
const serial000 = person("19", "811228000");

const key = "en-nyckel-som-ar-minst-32-tecken-lang";
const other = "en-annan-nyckel-som-ar-minst-32-tecken";

const base: Record<string, Rows> = {
  "insats.csv": [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    ["i", "I", "2020-01-01", "2020-12-31"],
  ],
  "mote.csv": [
    ["insats_id", "mote_id", "datum", "motestyp"],
    ["i", 1, "2020-02-01", "samverkan"],
  ],
};
const dashed = (twelve: string): string => `${twelve.slice(0, 8)}-${twelve.slice(8)}`;
const short = (twelve: string): string => `${twelve.slice(2, 8)}-${twelve.slice(8)}`;

/** What must not be found: the number as written in any way. */
const forms = (twelve: string): string[] => [
  twelve,
  dashed(twelve),
  twelve.slice(2),
  short(twelve),
  short(twelve).replace("-", "+"),
  short(twelve).replace("-", " "),
];

function search(d: Folder, numbers: string[]): string[] {
  const found: string[] = [];
  for (const [path, bytes] of d.bytes()) {
    const all = [bytes, ...(path.endsWith(".gz") ? [gunzipSync(bytes)] : [])];
    for (const number of numbers)
      for (const form of forms(number))
        for (const each of all)
          if (each.includes(form) || each.includes(Buffer.from(form, "utf16le"))) found.push(`${path}: ${form}`);
  }
  return found;
}

describe("personuppgifter: avvisa, the default", () => {
  let d: Folder;
  let rejected: unknown;
  let stdout = "";
  beforeAll(async () => {
    d = folder({
      files: {
        ...base,
        "tolv/arende.csv": [
          ["insats_id", "mote_id", "deltagar_id"],
          ["i", 1, "d1"],
          ["i", 1, woman],
        ],
        "text/leverabel.csv": [
          ["insats_id", "leverabel_id", "text", "status"],
          ["i", "a", "Rapport", "klar"],
          ["i", "b", `Samtal med ${short(man)} om planen`, "klar"],
        ],
        "okand-kolumn/leverabel.csv": [
          ["insats_id", "leverabel_id", "text", "status", "Övrigt"],
          ["i", "c", "Rapport", "klar", dashed(coordination)],
        ],
        "rubrik/deltagare.csv": [
          ["insats_id", "personnummer", "startdatum", "kon"],
          ["i", man.slice(2), "2020-01-01", "M"],
        ],
        "mellanslag/deltagare.csv": [
          ["insats_id", "personnummer", "startdatum", "kon"],
          ["i", short(man).replace("-", " "), "2020-01-01", "M"],
        ],
        "tio/leverabel.csv": [
          ["insats_id", "leverabel_id", "text", "status"],
          ...Array.from({ length: 12 }, (_, n): Cells => ["i", `tio${n}`, woman.slice(2), "klar"]),
        ],
        "namn/deltagare.csv": [
          ["insats_id", "deltagar_id", "startdatum", "kon", "Förnamn", "Efternamn"],
          ["i", "d9", "2020-01-01", "M", "Hemlighelm", "Doldsson"],
        ],
        [`${inName}/leverabel.csv`]: [
          ["insats_id", "leverabel_id", "text", "status"],
          ["i", "filnamn", "Rapport", "klar"],
        ],
        "inget/okänt.csv": `äpplen;päron\n1;${woman}\n`,
        "trasig/leverabel.csv": `insats_id;leverabel_id;text;status\ni;"trasig;${dashed(man)}\n`,
        "fot/leverabel.csv": `Lista för ${short(man)}\n\ninsats_id;leverabel_id;text;status\ni;fot;Rapport;klar\n`,
        // organisation numbers pass, and one number among many
        "org/leverabel.csv": [
          ["insats_id", "leverabel_id", "text", "status"],
          ["i", "org", "Leverantör 556036-0793", "klar"],
          ["i", "org2", "212000-0142", "klar"],
          ...Array.from({ length: 40 }, (_, n): Cells => ["i", `n${n}`, String(1234567890 + n * 7919), "klar"]),
        ],
      },
      pipelines: {
        "p.yaml": { insats: "i", mal: [{ id: "m", matt: "leverabel_klar", per: "hela", villkor: ">= 1 %" }] },
      },
    });
    const summary = await d.run({ report: true });
    rejected = summary.rejected;
    stdout = JSON.stringify(summary);
  }, 60_000);

  test.each([
    "tolv/arende.csv",
    "text/leverabel.csv",
    "okand-kolumn/leverabel.csv",
    "rubrik/deltagare.csv",
    "mellanslag/deltagare.csv",
    "tio/leverabel.csv",
    "namn/deltagare.csv",
    "fot/leverabel.csv",
  ])("%s is refused whole, with the column named, and the run goes on", (fil) => {
    const [row] = pick(d.rows("datakvalitet"), { fil: `data/${fil}` }).filter((each) => each.allvar === "fel");
    expect(row).toBeDefined();
    expect(row?.kolumn).not.toBeNull();
    const table = pick(d.rows("leveranser"), { fil: `data/${fil}` })[0];
    expect(table?.lasta ?? 0).toBe(0);
  });

  test("the run says that something was rejected", () => {
    expect(rejected).toBeTruthy();
  });

  test("organisation numbers and plain ten-digit numbers pass", () => {
    expect(only(d.rows("leveranser"), { fil: "data/org/leverabel.csv" }).lasta).toBe(42);
  });

  test("no number and no name is written anywhere under out/", () => {
    expect(search(d, [woman, man, coordination])).toEqual([]);
    for (const [path, bytes] of d.bytes()) {
      const text = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
      expect([path, text.includes("Hemlighelm"), text.includes("Doldsson")]).toEqual([path, false, false]);
    }
    for (const number of [woman, man, coordination])
      for (const form of forms(number)) expect(stdout.includes(form)).toBe(false);
  });

  test("nor one that stands in a path", () => {
    expect(search(d, [inName])).toEqual([]);
  });
});

describe("personuppgifter: pseudonymisera", () => {
  let d: Folder;
  const codes: (number | null)[] = [];
  const outputs: string[] = [];
  const go = async (env: Record<string, string>): Promise<void> => {
    const done = await d.cli(["run", "--today", "2021-01-01"], env);
    codes.push(done.code);
    outputs.push(done.stdout + done.stderr);
  };
  let after = new Map<string, Buffer>();
  let unchanged = new Map<string, Buffer>();
  let withNew = new Map<string, Buffer>();

  beforeAll(async () => {
    d = folder({
      files: {
        ...base,
        "part.csv": [
          ["insats_id", "part_id", "namn", "huvudman"],
          ["i", "af", "AF", "arbetsformedlingen"],
        ],
        "narvaro.csv": [
          ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
          ["i", 1, "af", "ja", "ja"],
        ],
        "deltagare.csv": [
          ["insats_id", "personnummer", "startdatum"],
          ["i", woman, "2020-01-01"],
          ["i", dashed(man), "2020-01-01"],
          ["i", short(woman), "2020-06-01"],
          ["i", coordination, "2020-01-01"],
          ["i", mistyped, "2020-01-01"],
          ["i", serial000, "2020-01-01"],
        ],
        "arende.csv": [
          ["insats_id", "mote_id", "personnummer"],
          ["i", 1, woman],
          ["i", 1, mistyped],
        ],
      },
      pipelines: {
        "p.yaml": {
          insats: "i",
          personuppgifter: "pseudonymisera",
          rattsligt_stod: "Försöksverksamhet med samtycke",
          mal: [
            { id: "unika", matt: "unika_deltagare", per: "hela", villkor: ">= 1" },
            { id: "delt", matt: "deltaganden", per: "hela", villkor: ">= 1" },
            { id: "kvinnor", matt: "andel_kvinnor", per: "hela", villkor: ">= 1 %" },
          ],
        },
      },
    });
    await go({});
    await go({ FINSAM_KEY: "for-kort" });
    await go({ FINSAM_KEY: key });
    after = d.bytes();
    await go({ FINSAM_KEY: other });
    unchanged = d.bytes();
    d.write("ny/arende.csv", [
      ["insats_id", "mote_id", "personnummer"],
      ["i", 1, man],
    ]);
    await go({ FINSAM_KEY: other });
    withNew = d.bytes();
  }, 90_000);

  test("without a key, and with a short one, it is wrong usage", () => {
    expect(codes.slice(0, 2)).toEqual([2, 2]);
  });

  test("an invalid number is quarantined, the rest loaded: exit 1", () => {
    expect(codes[2]).toBe(1);
    expect(only(d.rows("leveranser"), { fil: "data/arende.csv" })).toMatchObject({ lasta: 1, avvisade: 1 });
    expect(only(d.rows("leveranser"), { fil: "data/deltagare.csv" })).toMatchObject({ lasta: 4, avvisade: 2 });
  });

  const same = (bytes: Map<string, Buffer>, before: Map<string, Buffer>): void => {
    // what a stopped run leaves half done is cleared by the next
    const paths = [...bytes.keys()].filter((path) => !path.startsWith("out/.pagaende/"));
    expect(paths).toEqual([...before.keys()]);
    for (const [path, content] of [...bytes].filter(([each]) => paths.includes(each)))
      expect([path, content.equals(before.get(path) as Buffer)]).toEqual([path, true]);
  };

  test("another key stops the run and changes nothing, when a file is new", () => {
    expect(codes[4]).toBe(3);
    same(withNew, unchanged);
  });

  test("another key stops the run and changes nothing, when no file is new", () => {
    expect(codes[3]).toBe(3);
    same(unchanged, after);
  });

  test("the same person is the same pseudonym in every form, and the registered sex is derived", () => {
    const row = (mal_id: string) => only(d.rows("maluppfyllelse"), { mal_id });
    expect(row("unika").taljare).toBe(3);
    expect(row("delt").taljare).toBe(4);
    expect(row("kvinnor").taljare).toBe(
      [woman, woman, man, coordination].filter((number) => Number(number[10]) % 2 === 0).length,
    );
  });

  test("one with a wrong check digit, or serial 000, is written nowhere either", () => {
    expect(search(d, [mistyped, serial000])).toEqual([]);
  });

  test("in clear it is written nowhere, nor on the screen", () => {
    expect(search(d, [woman, man, coordination])).toEqual([]);
    for (const output of outputs)
      for (const number of [woman, man, coordination])
        for (const form of forms(number)) expect(output.includes(form)).toBe(false);
  });

  test("an invalid number is masked where it is reported", () => {
    const found = pick(d.rows("datakvalitet"), { fil: "data/deltagare.csv", kod: "ogiltigt_personnummer" });
    expect(found.map((row) => row.varde)).toEqual(["19****-****", "19****-****"]);
  });

  test("the pseudonym is HMAC-SHA-256 of the twelve characters", () => {
    const hex = createHmac("sha256", key).update(woman).digest();
    const stored = [...d.bytes()].filter(([path]) => path.endsWith(".gz")).map(([, bytes]) => gunzipSync(bytes));
    const shapes = [hex.toString("hex"), hex.toString("base64"), hex.toString("base64url")];
    expect(stored.some((bytes) => shapes.some((shape) => bytes.includes(shape.slice(0, 16))))).toBe(true);
  });
});
