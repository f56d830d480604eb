import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { diff } from "../../src/diff.ts";
import { forget, prune } from "../../src/forget.ts";
import { summaryText } from "../../src/output/summary.ts";
import {
  columns,
  csv,
  type Folder,
  folder,
  type Goal,
  only,
  type Pipeline,
  pick,
  type Row,
  type Rows,
  type Value,
} from "./delivery.ts";

const moten = (...rows: [number, string][]): Rows => [
  ["insats_id", "mote_id", "datum", "motestyp"],
  ...rows.map(([id, datum]) => ["i", id, datum, "puls"] as const),
];

const made = (files: Record<string, Rows | string>): Folder =>
  folder({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["i", "I", "2023-01-01", "2024-12-31"],
      ],
      ...files,
    },
    pipelines: {
      "p.yaml": {
        insats: "i",
        mal: [
          { id: "hela", matt: "antal_moten", per: "hela", villkor: ">= 3" },
          { id: "ar", matt: "antal_moten", per: "ar", villkor: ">= 3" },
        ],
      },
    },
  });
/** A pipeline that may pseudonymise, with its key in the folder. */
const pseudonymising = (d: Folder, goal: Goal): Pipeline => {
  writeFileSync(d.path("nyckel.txt"), "en-nyckel-som-ar-minst-32-tecken-lang");
  return {
    insats: "i",
    personuppgifter: "pseudonymisera",
    rattsligt_stod: "Prov",
    nyckelfil: "../nyckel.txt",
    mal: [goal],
  };
};

const held = (d: Folder): unknown => only(d.rows("maluppfyllelse"), { mal_id: "hela" }).taljare;

describe("received", () => {
  let d: Folder;
  const all: Row[][] = [];
  beforeAll(async () => {
    d = made({
      "2024-02-14 mote.csv": moten([1, "2023-02-01"]),
      "2024-03-01 Mars/mote.csv": moten([1, "2023-02-02"], [2, "2023-03-01"]),
      "utan/mote.csv": moten([3, "2023-04-01"]),
      "yaml/mote.csv": moten([4, "2023-05-01"]),
      "yaml/leverans.yaml": "mottagen: 2023-07-01\n",
    });
    await d.run({ today: "2024-06-01" });
    all.push(d.rows("leveranser"), d.rows("maluppfyllelse"), d.rows("datakvalitet"));
    await d.run({ asOf: "2024-02-20" });
    all.push(d.rows("leveranser"), d.rows("maluppfyllelse"));
    await d.run({ today: "2025-06-01" });
    all.push(d.rows("leveranser"));
  }, 60_000);

  test.each([
    ["2024-02-14 mote.csv", "2024-02-14"],
    ["2024-03-01 Mars/mote.csv", "2024-03-01"],
    ["utan/mote.csv", "2024-06-01"],
    ["yaml/mote.csv", "2023-07-01"],
  ])("%s was received on %s", (fil, mottagen) => {
    expect(only(all[0] ?? [], { fil: `data/${fil}` }).mottagen).toBe(mottagen);
  });

  test("an undated file keeps the day it was first ingested", () => {
    expect(only(all[5] ?? [], { fil: "data/utan/mote.csv" }).mottagen).toBe("2024-06-01");
  });

  test("of two unlike rows with one key the later received stands", () => {
    expect(only(all[2] ?? [], { kod: "ersatt" })).toMatchObject({ fil: "data/2024-02-14 mote.csv", rad: 2 });
    expect(only(all[1] ?? [], { mal_id: "hela" }).taljare).toBe(4);
  });

  test("--as-of uses what was received by then", () => {
    // insats.csv itself was received later, so there is nothing to judge but what is known
    expect(
      (all[3] ?? [])
        .map((row) => row.fil)
        .filter((fil) => String(fil).endsWith("mote.csv"))
        .sort(),
    ).toEqual(["data/2024-02-14 mote.csv", "data/yaml/mote.csv"]);
  });
});

describe("--as-of", () => {
  test("also sets today, and an earlier version of a file is used again", async () => {
    const d = folder({
      files: {
        "2023-01-01 insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i", "I", "2023-01-01", "2024-12-31"],
        ],
        "mote.csv": moten([1, "2023-02-01"]),
      },
      pipelines: {
        "p.yaml": {
          insats: "i",
          mal: [
            { id: "hela", matt: "antal_moten", per: "hela", villkor: ">= 3" },
            { id: "ar", matt: "antal_moten", per: "ar", villkor: ">= 3" },
          ],
        },
      },
    });
    await d.run({ today: "2023-06-01" });
    d.write("mote.csv", moten([2, "2023-02-01"], [3, "2023-02-02"], [4, "2024-02-02"]));
    await d.run({ today: "2025-06-01" });
    expect(held(d)).toBe(3);
    expect(only(d.rows("maluppfyllelse"), { mal_id: "ar", fran: "2024-01-01" }).skal).toBeNull();
    await d.run({ asOf: "2024-06-01" });
    expect(held(d)).toBe(1);
    expect(only(d.rows("maluppfyllelse"), { mal_id: "ar", fran: "2023-01-01" }).status).toBe("ej_uppnatt");
    expect(only(d.rows("maluppfyllelse"), { mal_id: "ar", fran: "2024-01-01" }).skal).toBe("perioden_pagar");
  }, 60_000);
});

describe("what replaces what", () => {
  let d: Folder;
  const sums: (Value | undefined)[][][] = [];
  const taken: (Value | undefined)[][][] = [];
  const found: Row[][] = [];
  const totals: unknown[] = [];
  const rejected: boolean[] = [];
  const sha = (rows: Rows | string): string =>
    createHash("sha256")
      .update(typeof rows === "string" ? rows : csv(rows))
      .digest("hex");
  const step = async (today: string): Promise<void> => {
    const summary = await d.run({ today });
    const rows = d.rows("leveranser").filter(({ fil }) => fil !== "data/insats.csv");
    sums.push(columns(rows, "fil", "sha256", "ersatter"));
    taken.push(columns(rows, "fil", "mottagen", "rader", "lasta", "avvisade", "overhoppade"));
    found.push(d.rows("datakvalitet"));
    totals.push(held(d));
    rejected.push(summary.rejected);
  };
  const one = moten([1, "2023-02-01"], [2, "2023-03-01"]);
  const two = moten([1, "2023-02-01"], [2, "2023-03-02"], [3, "2023-04-01"]);
  const amended = moten([1, "2023-02-01"], [2, "2023-03-15"], [4, "2023-05-01"]);
  const back = moten([5, "2023-06-01"], [6, "2023-07-01"]);
  const broken = 'insats_id;mote_id;datum;motestyp\n"i;1\n';
  beforeAll(async () => {
    d = made({ "mars/mote.csv": one });
    await step("2024-01-01");
    // 1: an amended copy under another name, beside the first
    d.write("mars/mote rättad.csv", amended);
    await step("2024-02-01");
    // 2: a new version of the first
    d.write("mars/mote.csv", two);
    await step("2024-03-01");
    // 3: the first version's content comes back under another path
    d.write("april/mote.csv", one);
    await step("2024-04-01");
    // 4: the same content once more, and the file of the same name in another folder is no version of this one
    d.write("maj/mote.csv", one);
    await step("2024-05-01");
    // 5: a new version that cannot be read
    d.write("mars/mote.csv", broken);
    await step("2024-06-01");
    // 6: withdrawn all
    for (const file of ["mars/mote.csv", "mars/mote rättad.csv", "april/mote.csv", "maj/mote.csv"]) d.remove(file);
    await step("2024-07-01");
    // 7: and one comes back, other than it was
    d.write("mars/mote rättad.csv", back);
    await step("2024-08-01");
    // 8: it goes back to its first version
    d.write("mars/mote rättad.csv", amended);
    await step("2024-09-01");
    // 9: and again to the second; 10: nothing new
    d.write("mars/mote rättad.csv", back);
    await step("2024-10-01");
    await step("2024-11-01");
  }, 180_000);

  test("an amended copy under another name adds, and of its rows with known keys those that differ stand", () => {
    expect(sums[1]).toEqual([
      ["data/mars/mote rättad.csv", sha(amended), null],
      ["data/mars/mote.csv", sha(one), null],
    ]);
    expect(taken[1]).toEqual([
      ["data/mars/mote rättad.csv", "2024-02-01", 4, 2, 0, 2],
      ["data/mars/mote.csv", "2024-01-01", 3, 1, 0, 2],
    ]);
    expect(totals.slice(0, 2)).toEqual([2, 3]);
    expect(columns(found[1] ?? [], "fil", "rad", "kod", "allvar")).toEqual([
      ["data/mars/mote rättad.csv", 2, "dubblett", "varning"],
      ["data/mars/mote.csv", 3, "ersatt", "varning"],
    ]);
  });

  test("a new version names the one it replaces, has its own day, and nothing of the other file changes", () => {
    expect(sums[2]).toEqual([
      ["data/mars/mote rättad.csv", sha(amended), null],
      ["data/mars/mote.csv", sha(two), sha(one)],
    ]);
    expect(columns(pick(d.rows("leveranser"), { fil: "data/mars/mote.csv" }), "mottagen")).toEqual([["2024-03-01"]]);
    // Received later than the amended copy now: what it says of 2 stands, and of 1 it says the same.
    expect(taken[2]).toEqual([
      ["data/mars/mote rättad.csv", "2024-02-01", 4, 2, 0, 2],
      ["data/mars/mote.csv", "2024-03-01", 4, 2, 0, 2],
    ]);
    expect(totals[2]).toBe(4);
  });

  test("content that was replaced is loaded again where another path delivers it, and replaces nothing", () => {
    expect(sums[3]).toContainEqual(["data/april/mote.csv", sha(one), null]);
    expect(taken[3]).toContainEqual(["data/april/mote.csv", "2024-04-01", 3, 1, 0, 2]);
    expect(totals[3]).toBe(4);
  });

  test("the same content under two paths is passed over whole under the later, which is said", () => {
    expect(sums[4]).toContainEqual(["data/maj/mote.csv", sha(one), null]);
    expect(taken[4]).toContainEqual(["data/maj/mote.csv", "2024-05-01", 3, 0, 0, 3]);
    expect(only(found[4] ?? [], { kod: "redan_last" })).toMatchObject({ fil: "data/maj/mote.csv", allvar: "varning" });
    expect(totals[4]).toBe(4);
  });

  test("a new version that cannot be read replaces nothing", () => {
    expect(sums[5]).toContainEqual(["data/mars/mote.csv", sha(two), sha(one)]);
    expect(sums[5]).toContainEqual(["data/mars/mote.csv", sha(broken), null]);
    expect(pick(found[5] ?? [], { fil: "data/mars/mote.csv", allvar: "fel" })).not.toEqual([]);
    expect(totals[5]).toBe(4);
  });

  test("files that are withdrawn keep their rows and their days", () => {
    expect(taken[6]).toEqual(taken[4]);
    expect(totals[6]).toBe(4);
  });

  test("one that comes back with other content replaces what it was", () => {
    expect(sums[7]).toContainEqual(["data/mars/mote rättad.csv", sha(back), sha(amended)]);
    expect(totals[7]).toBe(5);
  });

  test("one that goes back to an earlier version is that version", () => {
    expect(sums[8]).toContainEqual(["data/mars/mote rättad.csv", sha(amended), sha(back)]);
    expect(sums[9]).toContainEqual(["data/mars/mote rättad.csv", sha(back), sha(amended)]);
    expect(totals.slice(8, 10)).toEqual([4, 5]);
  });

  test("nothing new changes nothing", () => {
    expect([sums[10], taken[10], totals[10]]).toEqual([sums[9], taken[9], totals[9]]);
  });

  test("a run is one that rejected where a row or a file was", () => {
    expect(rejected).toEqual(found.map((rows) => rows.some(({ allvar }) => allvar === "fel")));
    expect(rejected.slice(4, 6)).toEqual([false, true]);
  });

  test("every table adds up in every run", () => {
    expect(taken.map((tables) => tables.length)).toEqual([1, 2, 2, 3, 4, 5, 4, 4, 4, 4, 4]);
    for (const [, , rader, lasta, avvisade, overhoppade] of taken.flat())
      expect(rader).toBe(Number(lasta) + Number(avvisade) + Number(overhoppade));
  });
});

describe("a look back", () => {
  test("takes nothing in that no run had seen by its day: the next ordinary run does, on its own day", async () => {
    const d = made({ "mote.csv": moten([1, "2023-02-01"]) });
    await d.run({ today: "2024-06-01" });
    const index = (): Buffer | undefined => d.bytes("out/arkiv").get("out/arkiv/leveranser.json");
    const kept = index();
    d.write("fler/mote.csv", moten([2, "2023-03-01"]));
    d.write("mote.csv", moten([1, "2023-02-01"], [3, "2023-04-01"]));
    d.write("trasig.csv", "");
    const summary = await d.run({ asOf: "2024-06-01" });
    expect(held(d)).toBe(1);
    expect(index()).toEqual(kept);
    expect(summaryText(summary)).toContain("left out, since not received by then: 3 files");
    const places = { pipelines: d.path("pipelines", "*.yaml"), out: d.path("out") };
    const moved = await diff({ ...places, from: "2024-05-31", to: "2024-06-01" });
    expect(moved.ar_tomt).toBe(false);
    expect(JSON.stringify(moved, (_, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(
      "fler/mote.csv",
    );
    await d.run({ today: "2024-06-05" });
    expect(columns(d.rows("leveranser"), "fil", "mottagen")).toEqual([
      ["data/fler/mote.csv", "2024-06-05"],
      ["data/insats.csv", "2024-06-01"],
      ["data/mote.csv", "2024-06-05"],
      ["data/trasig.csv", "2024-06-05"],
    ]);
    await d.run({ asOf: "2024-06-01" });
    expect(held(d)).toBe(1);
  }, 120_000);

  test("that is the first to look at all takes what is there as received on its day", async () => {
    const d = made({ "mote.csv": moten([1, "2023-02-01"]) });
    const { unreceived } = await d.run({ asOf: "2024-06-01" });
    expect([unreceived, held(d)]).toEqual([0, 1]);
    expect(columns(d.rows("leveranser"), "mottagen")).toEqual([["2024-06-01"], ["2024-06-01"]]);
  }, 60_000);
});

describe("the day of what comes in the place of an earlier delivery", () => {
  test("is not before the one it replaces, whatever leverans.yaml says", async () => {
    const d = made({ "lev/mote.csv": moten([1, "2023-02-01"]) });
    await d.run({ today: "2024-06-10" });
    d.write("lev/leverans.yaml", "mottagen: 2024-06-05\n");
    d.write("lev/mote.csv", moten([1, "2023-02-01"], [2, "2023-03-01"]));
    await d.run({ today: "2024-06-10" });
    expect(held(d)).toBe(2);
    expect(only(d.rows("leveranser"), { fil: "data/lev/mote.csv" })).toMatchObject({ mottagen: "2024-06-10" });
  }, 60_000);

  test("is the day it was seen, in a dated folder too, so that reports made before it came can be made again", async () => {
    const d = made({ "mote.csv": moten([1, "2023-02-01"]), "2024-02-14 lev/mote.csv": moten([2, "2023-02-01"]) });
    d.write("2024-02-14 lev/trasig.csv", "");
    await d.run({ today: "2024-03-01" });
    const report = (): unknown[] => [held(d), d.rows("leveranser"), d.rows("datakvalitet")];
    const before = report();
    d.write("2024-02-14 lev/mote.csv", moten([2, "2023-02-01"], [3, "2023-03-01"]));
    d.write("2024-02-14 lev/trasig.csv", "insats_id;mote_id;datum;motestyp\ni;4;2023-05-01;puls\n");
    d.pipeline("p.yaml", {
      insats: "i",
      tolkning: [{ fil: "trasig.csv", dataset: "mote" }],
      mal: [{ id: "hela", matt: "antal_moten", per: "hela", villkor: ">= 3" }],
    });
    await d.run({ today: "2024-03-10" });
    expect(held(d)).toBe(4);
    expect(columns(d.rows("leveranser"), "fil", "mottagen").slice(0, 2)).toEqual([
      ["data/2024-02-14 lev/mote.csv", "2024-03-10"],
      ["data/2024-02-14 lev/trasig.csv", "2024-03-10"],
    ]);
    await d.run({ asOf: "2024-03-01" });
    expect(report()).toEqual(before);
  }, 90_000);
});

describe("a copy of a file", () => {
  let d: Folder;
  const counts: unknown[] = [];
  const step = async (today: string): Promise<void> => {
    await d.run({ today });
    counts.push(held(d));
  };
  const one = moten([1, "2023-02-01"], [2, "2023-03-01"]);
  const mended = moten([1, "2023-02-02"]);
  beforeAll(async () => {
    d = made({ "mote.csv": one });
    await step("2024-06-01");
    // 1: a copy, whose folder says that it came before the first
    d.write("2024-02-14 kopia/mote.csv", one);
    await step("2024-06-05");
    // 2: the first is mended, on the same day
    d.write("mote.csv", mended);
    await step("2024-06-05");
    // 3: the first is withdrawn
    d.remove("mote.csv");
    await step("2024-06-12");
    // 4: the copy is mended too
    d.write("2024-02-14 kopia/mote.csv", moten([3, "2023-04-01"]));
    await step("2024-06-15");
  }, 120_000);

  test("stays passed over when the first is mended, and when that is withdrawn", () => {
    expect(counts.slice(0, 4)).toEqual([2, 2, 1, 1]);
  });
  test("adds once it is mended itself", () => {
    expect(counts[4]).toBe(2);
  });
  test("is loaded where the first is not read", async () => {
    d.write("2024-02-14 kopia/mote.csv", one);
    d.write("mote.csv", one);
    await d.run({ today: "2024-06-20" });
    d.pipeline("q.yaml", {
      insats: "i",
      kallor: ["../data/insats.csv", "../data/2024-02-14 kopia"],
      mal: [{ id: "hela", matt: "antal_moten", per: "hela", villkor: ">= 3" }],
    });
    await d.run({ today: "2024-06-20", pipelines: "q.yaml" });
    expect(held(d)).toBe(2);
  }, 60_000);
  test("is loaded where another file took the first one's name as it came", async () => {
    const moved = made({ "mote.csv": one });
    await moved.run({ today: "2024-06-01" });
    moved.write("mote 2023.csv", one);
    moved.write("mote.csv", moten([3, "2023-04-01"]));
    await moved.run({ today: "2024-06-05" });
    moved.write("mote 2023.csv", moten([3, "2023-04-01"]));
    moved.write("mote.csv", one);
    await moved.run({ today: "2024-06-10" });
    expect(held(moved)).toBe(3);
  }, 60_000);
});

describe("two pipelines that read different files of one folder", () => {
  let d: Folder;
  beforeAll(async () => {
    d = folder({
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i", "I", "2023-01-01", "2024-12-31"],
        ],
        "mote.csv": moten([1, "2023-02-01"]),
        "q-lista.csv": "Ins;Nr;Dag;Typ\ni;2;2023-03-01;puls\ni;3;2023-04-01;puls\n",
      },
      pipelines: {
        "p.yaml": {
          insats: "i",
          kallor: ["../data/[im]*.csv"],
          mal: [{ id: "hela", matt: "antal_moten", per: "hela", villkor: ">= 3" }],
        },
        "q.yaml": {
          insats: "i",
          kallor: ["../data/q-*.csv"],
          tolkning: [
            {
              fil: "q-lista.csv",
              dataset: "mote",
              kolumner: { Ins: "insats_id", Nr: "mote_id", Dag: "datum", Typ: "motestyp" },
            },
          ],
        },
      },
    });
    await d.run();
  }, 60_000);

  test("each read theirs by their own rules", () => {
    expect(held(d)).toBe(3);
  });
  test("each count theirs alone when run alone, also of what is no longer there", async () => {
    d.remove("q-lista.csv");
    await d.run();
    expect(held(d)).toBe(3);
    await d.run({ pipelines: "p.yaml" });
    expect(held(d)).toBe(1);
  }, 60_000);
});

describe("two files whose names differ only in the person they name", () => {
  const woman = "mote 198112289874.csv";
  const man = "mote 196408233234.csv";
  test("are two, whichever of them comes and goes", async () => {
    const d = made({ [woman]: moten([1, "2023-02-01"]), [man]: moten([2, "2023-03-01"]) });
    const goal = { id: "hela", matt: "antal_moten", per: "hela", villkor: ">= 3" };
    d.pipeline("p.yaml", pseudonymising(d, goal));
    await d.run({ today: "2024-06-01" });
    expect(held(d)).toBe(2);
    expect(columns(d.rows("leveranser"), "fil").slice(1)).toEqual([
      [expect.stringMatching(/^data\/mote 19\*{4}-\*{4} \([0-9a-f]{8}\)\.csv$/)],
      [expect.stringMatching(/^data\/mote 19\*{4}-\*{4} \([0-9a-f]{8}\)\.csv$/)],
    ]);
    d.remove(man);
    await d.run({ today: "2024-06-05" });
    expect(held(d)).toBe(2);
    d.write(woman, moten([1, "2023-02-01"], [3, "2023-04-01"]));
    await d.run({ today: "2024-06-10" });
    expect(held(d)).toBe(3);
  }, 90_000);
});

/** Every byte of the archive, unpacked. */
const kept = (d: Folder): string =>
  [...d.bytes("out/arkiv")].map(([path, bytes]) => (path.endsWith(".gz") ? gunzipSync(bytes) : bytes)).join("\n");

describe("what the pipeline says of files that were let in before", () => {
  const named = (name: string): string => `Nr;Namn;In;Ins\n1;${name};2023-02-01;i\n`;
  const asPersons = {
    dataset: "deltagare",
    kolumner: { Nr: "deltagar_id", In: "startdatum", Ins: "insats_id" },
  };
  const goal = { id: "hela", matt: "unika_deltagare", per: "hela", villkor: ">= 1" };

  test("holds for them too: with the participants' names that it shows they are refused, and nothing of them is kept", async () => {
    const d = made({ "lista.csv": named("Ett Exempel"), "borta.csv": named("En Annan") });
    await d.run({ today: "2024-06-01" });
    expect(pick(d.rows("datakvalitet"), { kod: "okand_tabell" })).toHaveLength(2);
    d.remove("borta.csv");
    d.pipeline("p.yaml", {
      insats: "i",
      tolkning: ["lista.csv", "borta.csv"].map((fil) => ({ fil, ...asPersons })),
      mal: [goal],
    });
    expect((await d.run({ today: "2024-06-10" })).rejected).toBe(true);
    expect(columns(d.rows("datakvalitet"), "fil", "kod")).toEqual([
      ["data/borta.csv", "personnamn"],
      ["data/lista.csv", "personnamn"],
    ]);
    expect(columns(d.rows("leveranser"), "fil", "mottagen")).toContainEqual(["data/lista.csv", "2024-06-01"]);
    expect(kept(d)).not.toMatch(/Exempel|Annan/);
    d.pipeline("p.yaml", { insats: "i", mal: [goal] });
    await d.run({ today: "2024-06-12" });
    expect(columns(d.rows("datakvalitet"), "fil", "kod")).toEqual([["data/lista.csv", "okand_tabell"]]);
  }, 90_000);

  test("lets them through the door anew: pseudonyms are used only where they are allowed", async () => {
    const woman = "19811228-9874";
    const man = "19640823-3234";
    const list = (...numbers: string[]): string =>
      `Nr;Kon;Namn;In;Ins\n${numbers.map((one) => `${one};okant;Ett Exempel;2023-02-01;i\n`).join("")}`;
    const d = made({ "lista.csv": list(woman), "borta.csv": list(man) });
    const allowed = pseudonymising(d, goal);
    d.pipeline("p.yaml", allowed);
    await d.run({ today: "2024-06-01" });
    const tolkning = ["lista.csv", "borta.csv"].map((fil) => ({ fil, ...asPersons }));
    d.pipeline("p.yaml", { ...allowed, tolkning });
    d.remove("borta.csv");
    await d.run({ today: "2024-06-05" });
    expect(held(d)).toBe(2);
    expect(kept(d)).not.toContain("Exempel");
    // The legal ground is gone.
    d.pipeline("p.yaml", { insats: "i", tolkning, mal: [goal] });
    await d.run({ today: "2024-06-10" });
    expect(columns(d.rows("datakvalitet"), "fil", "kod")).toEqual([
      ["data/borta.csv", "pseudonymiserad_fil"],
      ["data/lista.csv", "personnummer"],
    ]);
    expect(d.rows("maluppfyllelse").map(({ taljare }) => taljare)).not.toContain(2);
    await d.run({ today: "2024-06-10" });
    expect(pick(d.rows("datakvalitet"), { kod: "pseudonymiserad_fil" })).toHaveLength(1);
    d.pipeline("p.yaml", { ...allowed, tolkning });
    await d.run({ today: "2024-06-15" });
    expect(held(d)).toBe(2);
    expect(d.rows("datakvalitet").filter(({ allvar }) => allvar === "fel")).toEqual([]);
  }, 120_000);

  test("does not bring a forgotten person back, nor does the file when it comes again", async () => {
    const woman = "19811228-9874";
    const list = `personnummer;startdatum;insats_id\n${woman};2023-02-01;i\n`;
    const d = made({ "deltagare.csv": list });
    const allowed = pseudonymising(d, goal);
    d.pipeline("p.yaml", allowed);
    await d.run({ today: "2024-06-01" });
    expect(held(d)).toBe(1);
    const places = { pipelines: d.path("pipelines", "*.yaml"), out: d.path("out"), today: "2024-06-05" };
    expect((await forget(woman, places)).rows).toHaveLength(1);
    d.pipeline("p.yaml", { ...allowed, tolkning: [{ fil: "deltagare.csv", avgransare: ";" }] });
    await d.run({ today: "2024-06-06" });
    expect(held(d)).not.toBe(1);
    d.write("deltagare.csv", "deltagar_id;kon;startdatum;insats_id\na;K;2023-02-01;i\nb;M;2023-02-01;i\n");
    await d.run({ today: "2024-06-07" });
    await prune("2024-06-08", { ...places, today: "2024-06-08" });
    d.write("deltagare.csv", list);
    await d.run({ today: "2024-06-10" });
    expect(pick(d.rows("datakvalitet"), { kod: "glomd_person" })).toHaveLength(1);
    expect(held(d)).toBe(2);
  }, 120_000);
});

describe("two sources whose paths are written alike", () => {
  let d: Folder;
  const source = (id: string, ...rows: [number, string][]): void => {
    d.write(`../pipelines/${id}/data/insats.csv`, [
      ["insats_id", "namn", "startdatum", "slutdatum"],
      [id, id, "2023-01-01", "2024-12-31"],
    ]);
    d.write(`../pipelines/${id}/data/mote.csv`, [
      ["insats_id", "mote_id", "datum", "motestyp"],
      ...rows.map(([mote, datum]) => [id, mote, datum, "puls"] as const),
    ]);
    d.pipeline(`${id}/q/${id}.yaml`, {
      insats: id,
      kallor: ["../data"],
      mal: [{ id: "hela", matt: "antal_moten", per: "hela", villkor: ">= 3" }],
    });
  };
  const counts = (): unknown => columns(d.rows("maluppfyllelse"), "insats_id", "taljare");
  const all = "*/q/*.yaml";

  test("keep their names, and so their deliveries, when another comes first", async () => {
    d = folder({ files: {}, pipelines: {} });
    source("b", [1, "2023-02-01"], [2, "2023-03-01"]);
    await d.run({ today: "2024-06-01", pipelines: all });
    source("a", [1, "2023-02-01"]);
    await d.run({ today: "2024-06-05", pipelines: all });
    expect(counts()).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(columns(d.rows("leveranser"), "fil", "ersatter")).toEqual([
      ["data (2)/insats.csv", null],
      ["data (2)/mote.csv", null],
      ["data/insats.csv", null],
      ["data/mote.csv", null],
    ]);
    // Everything of both is another at once.
    source("a", [1, "2023-02-02"], [2, "2023-03-02"], [3, "2023-04-02"]);
    source("b", [1, "2023-02-02"]);
    for (const id of ["a", "b"]) d.remove(`../pipelines/${id}/data/insats.csv`);
    await d.run({ today: "2024-06-10", pipelines: all });
    expect(counts()).toEqual([
      ["a", 3],
      ["b", 1],
    ]);
    await d.run({ today: "2024-06-10", pipelines: "a/q/*.yaml" });
    expect(counts()).toEqual([["a", 3]]);
  }, 120_000);
});
