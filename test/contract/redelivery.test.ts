/** Deliveries that come again: new versions, copies, what is withdrawn and what comes back. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { diff } from "../../src/diff.ts";
import { forget, prune } from "../../src/forget.ts";
import { summaryText } from "../../src/output/summary.ts";
import { dashed, person } from "../identity/numbers.ts";
import { columns, csv, type Folder, folder, only, pick, type Row, type Rows, type Value } from "./delivery.ts";
import { type Part, type Results, together } from "./together.ts";

const goal = { id: "hela", matt: "antal_moten", per: "hela", villkor: ">= 3" };
const mal = [goal, { ...goal, id: "ar", per: "ar" }];
/** A pipeline that may pseudonymise, with its key beside the pipelines. */
const pseudonymising = {
  personuppgifter: "pseudonymisera",
  rattsligt_stod: "Prov",
  nyckelfil: "../nyckel.txt",
};
const writeKey = (d: Folder): void => writeFileSync(d.path("nyckel.txt"), "en-nyckel-som-ar-minst-32-tecken-lang");

const insats = (id: string): Rows => [
  ["insats_id", "namn", "startdatum", "slutdatum"],
  [id, id, "2023-01-01", "2024-12-31"],
];
type Mote = readonly [number, string];
const motenOf = (id: string, ...rows: readonly Mote[]): Rows => [
  ["insats_id", "mote_id", "datum", "motestyp"],
  ...rows.map(([mote, datum]) => [id, mote, datum, "puls"] as const),
];
const moten = ({ id }: Part, ...rows: readonly Mote[]): Rows => motenOf(id, ...rows);

const held = (d: Results): unknown => only(d.rows("maluppfyllelse"), { mal_id: "hela" }).taljare;
const mottagna = (d: Results): unknown[][] => columns(d.rows("leveranser"), "fil", "mottagen");

describe("what comes again", () => {
  const rejected = new Map<string, boolean>();
  const refused = new Map<string, boolean>();
  const all = together(["leveranser", "datakvalitet", "maluppfyllelse"], (day, summary) => {
    rejected.set(day, summary.rejected);
    refused.set(
      day,
      all.d.rows("datakvalitet").some(({ allvar }) => allvar === "fel"),
    );
  });
  const starting = (
    id: string,
    day: string,
    files: (part: Part) => Record<string, Rows | string>,
    settings = {},
  ): Part => {
    const part = all.part(id);
    part.starts(day, { "insats.csv": insats(id), ...files(part) }, { mal, ...settings });
    return part;
  };

  const dated = starting("dated", "2024-06-01", (it) => ({
    "2024-02-14 mote.csv": moten(it, [1, "2023-02-01"]),
    "2024-03-01 Mars/mote.csv": moten(it, [1, "2023-02-02"], [2, "2023-03-01"]),
    "utan/mote.csv": moten(it, [3, "2023-04-01"]),
    "yaml/mote.csv": moten(it, [4, "2023-05-01"]),
    "yaml/leverans.yaml": "mottagen: 2023-07-01\n",
  }));
  dated.on("2025-06-01", () => {});

  const before = all.part("before");
  before.starts(
    "2024-01-01",
    { "2023-01-01 insats.csv": insats("before"), "mote.csv": moten(before, [1, "2023-02-01"]) },
    { mal },
  );
  before.on("2025-06-01", () =>
    before.write("mote.csv", moten(before, [2, "2023-02-01"], [3, "2023-02-02"], [4, "2024-02-02"])),
  );

  const sha = (rows: Rows | string): string =>
    createHash("sha256")
      .update(typeof rows === "string" ? rows : csv(rows))
      .digest("hex");
  const sums: (Value | undefined)[][][] = [];
  const taken: (Value | undefined)[][][] = [];
  const found: Row[][] = [];
  const totals: unknown[] = [];
  const m = (...rows: Mote[]): Rows => motenOf("versions", ...rows);
  const one = m([1, "2023-02-01"], [2, "2023-03-01"]);
  const two = m([1, "2023-02-01"], [2, "2023-03-02"], [3, "2023-04-01"]);
  const amended = m([1, "2023-02-01"], [2, "2023-03-15"], [4, "2023-05-01"]);
  const back = m([5, "2023-06-01"], [6, "2023-07-01"]);
  const broken = 'insats_id;mote_id;datum;motestyp\n"i;1\n';
  const v = starting("versions", "2024-01-01", () => ({ "mars/mote.csv": one }));
  // 1: an amended copy under another name, beside the first
  v.on("2024-02-01", () => v.write("mars/mote rättad.csv", amended));
  // 2: a new version of the first
  v.on("2024-03-01", () => v.write("mars/mote.csv", two));
  // 3: the first version's content comes back under another path
  v.on("2024-04-01", () => v.write("april/mote.csv", one));
  // 4: the same content once more, and the file of the same name in another folder is no version of this one
  v.on("2024-05-01", () => v.write("maj/mote.csv", one));
  // 5: a new version that cannot be read
  v.on("2024-06-01", () => v.write("mars/mote.csv", broken));
  // 6: withdrawn all
  v.on("2024-07-01", () => {
    for (const file of ["mars/mote.csv", "mars/mote rättad.csv", "april/mote.csv", "maj/mote.csv"]) v.remove(file);
  });
  // 7: and one comes back, other than it was
  v.on("2024-08-01", () => v.write("mars/mote rättad.csv", back));
  // 8: it goes back to its first version
  v.on("2024-09-01", () => v.write("mars/mote rättad.csv", amended));
  // 9: and again to the second; 10: nothing new
  v.on("2024-10-01", () => v.write("mars/mote rättad.csv", back));
  v.on("2025-06-01", () => {});

  const noted = starting("noted", "2024-08-01", (it) => ({ "lev/mote.csv": moten(it, [1, "2023-02-01"]) }));
  noted.on("2024-08-01 igen", () => {
    noted.write("lev/leverans.yaml", "mottagen: 2024-07-27\n");
    noted.write("lev/mote.csv", moten(noted, [1, "2023-02-01"], [2, "2023-03-01"]));
  });

  const dir = starting("dir", "2024-06-01", (it) => ({
    "mote.csv": moten(it, [1, "2023-02-01"]),
    "2024-02-14 lev/mote.csv": moten(it, [2, "2023-02-01"]),
    "2024-02-14 lev/trasig.csv": "",
  }));
  dir.on("2024-07-01", () => {
    dir.write("2024-02-14 lev/mote.csv", moten(dir, [2, "2023-02-01"], [3, "2023-03-01"]));
    dir.write("2024-02-14 lev/trasig.csv", "insats_id;mote_id;datum;motestyp\ndir;4;2023-05-01;puls\n");
    dir.pipeline({ tolkning: [{ fil: "trasig.csv", dataset: "mote" }], mal });
  });

  const copy = starting("copy", "2024-06-01", (it) => ({
    "mote.csv": moten(it, [1, "2023-02-01"], [2, "2023-03-01"]),
  }));
  const copied = moten(copy, [1, "2023-02-01"], [2, "2023-03-01"]);
  // A copy, whose folder says that it came before the first.
  copy.on("2024-07-01", () => copy.write("2024-02-14 kopia/mote.csv", copied));
  // The first is mended, on the same day.
  copy.on("2024-07-01 igen", () => copy.write("mote.csv", moten(copy, [1, "2023-02-02"])));
  // The first is withdrawn.
  copy.on("2024-08-01", () => copy.remove("mote.csv"));
  // The copy is mended too.
  copy.on("2024-09-01", () => copy.write("2024-02-14 kopia/mote.csv", moten(copy, [3, "2023-04-01"])));
  copy.on("2024-10-01", () => {
    copy.write("2024-02-14 kopia/mote.csv", copied);
    copy.write("mote.csv", copied);
  });

  const moved = starting("moved", "2024-06-01", (it) => ({
    "mote.csv": moten(it, [1, "2023-02-01"], [2, "2023-03-01"]),
  }));
  moved.on("2024-07-01", () => {
    moved.write("mote 2023.csv", moten(moved, [1, "2023-02-01"], [2, "2023-03-01"]));
    moved.write("mote.csv", moten(moved, [3, "2023-04-01"]));
  });
  moved.on("2024-08-01", () => {
    moved.write("mote 2023.csv", moten(moved, [3, "2023-04-01"]));
    moved.write("mote.csv", moten(moved, [1, "2023-02-01"], [2, "2023-03-01"]));
  });

  const half = all.part("half");
  const kolumner = { Ins: "insats_id", Nr: "mote_id", Dag: "datum", Typ: "motestyp" };
  half.starts(
    "2024-06-01",
    {
      "insats.csv": insats("half"),
      "mote.csv": moten(half, [1, "2023-02-01"]),
      "q-lista.csv": "Ins;Nr;Dag;Typ\nhalf;2;2023-03-01;puls\nhalf;3;2023-04-01;puls\n",
    },
    { kallor: ["../data/half/[im]*.csv"], mal },
    {
      "half-q": {
        kallor: ["../data/half/q-*.csv"],
        tolkning: [{ fil: "q-lista.csv", dataset: "mote", kolumner }],
      },
    },
  );
  half.on("2024-07-01", () => half.remove("q-lista.csv"));

  const woman = "mote 198112289874.csv";
  const man = "mote 196408233234.csv";
  const files = (it: Part) => ({ [woman]: moten(it, [1, "2023-02-01"]), [man]: moten(it, [2, "2023-03-01"]) });
  const persons = starting("persons", "2024-06-01", files, pseudonymising);
  persons.on("2024-07-01", () => persons.remove(man));
  persons.on("2024-08-01", () => persons.write(woman, moten(persons, [1, "2023-02-01"], [3, "2023-04-01"])));

  beforeAll(async () => {
    writeKey(all.d);
    await all.runAll();
    for (const day of v.changes.keys()) {
      const run = v.at(day);
      const rows = run.rows("leveranser").filter(({ fil }) => fil !== "data/insats.csv");
      sums.push(columns(rows, "fil", "sha256", "ersatter"));
      taken.push(columns(rows, "fil", "mottagen", "rader", "lasta", "avvisade", "overhoppade"));
      found.push(run.rows("datakvalitet"));
      totals.push(held(run));
    }
    await all.lookBack("2024-02-20");
    await all.lookBack("2024-06-01");
    // Each without the other source of its insats.
    copy.pipeline({ kallor: ["../data/copy/insats.csv", "../data/copy/2024-02-14 kopia"], mal }, "copy-ensam");
    await all.d.run({ today: "2025-06-01", pipelines: "{half,copy-ensam}.yaml" });
  }, 900_000);

  describe("received", () => {
    test.each([
      ["2024-02-14 mote.csv", "2024-02-14"],
      ["2024-03-01 Mars/mote.csv", "2024-03-01"],
      ["utan/mote.csv", "2024-06-01"],
      ["yaml/mote.csv", "2023-07-01"],
    ])("%s was received on %s", (fil, mottagen) => {
      expect(mottagna(dated.at("2024-06-01"))).toContainEqual([`data/${fil}`, mottagen]);
    });
    test("an undated file keeps the day it was first ingested", () => {
      expect(mottagna(dated.at("2025-06-01"))).toContainEqual(["data/utan/mote.csv", "2024-06-01"]);
    });
    test("of two unlike rows with one key the later received stands", () => {
      const run = dated.at("2024-06-01");
      expect(only(run.rows("datakvalitet"), { kod: "ersatt" })).toMatchObject({
        fil: "data/2024-02-14 mote.csv",
        rad: 2,
      });
      expect(held(run)).toBe(4);
    });
    test("--as-of uses what was received by then", () => {
      // insats.csv itself was received later, so there is nothing to judge but what is known
      const files = mottagna(dated.at("as of 2024-02-20")).map(([fil]) => String(fil));
      expect(files.filter((fil) => fil.endsWith("mote.csv"))).toEqual([
        "data/2024-02-14 mote.csv",
        "data/yaml/mote.csv",
      ]);
    });
  });

  test("--as-of also sets today, and an earlier version of a file is used again", () => {
    const [last, then] = [before.at("2025-06-01"), before.at("as of 2024-06-01")];
    const year = (run: Results, fran: string): Row => only(run.rows("maluppfyllelse"), { mal_id: "ar", fran });
    expect(held(last)).toBe(3);
    expect(year(last, "2024-01-01").skal).toBeNull();
    expect(held(then)).toBe(1);
    expect(year(then, "2023-01-01").status).toBe("ej_uppnatt");
    expect(year(then, "2024-01-01").skal).toBe("perioden_pagar");
  });

  describe("what replaces what", () => {
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
      expect(mottagna(v.at("2024-03-01"))).toContainEqual(["data/mars/mote.csv", "2024-03-01"]);
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
      expect(only(found[4] ?? [], { kod: "redan_last" })).toMatchObject({
        fil: "data/maj/mote.csv",
        allvar: "varning",
      });
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
      expect(rejected).toEqual(refused);
      expect(["2024-05-01", "2024-06-01"].map((day) => rejected.get(day))).toEqual([false, true]);
    });

    test("every table adds up in every run", () => {
      expect(taken.map((tables) => tables.length)).toEqual([1, 2, 2, 3, 4, 5, 4, 4, 4, 4, 4]);
      for (const [, , rader, lasta, avvisade, overhoppade] of taken.flat())
        expect(rader).toBe(Number(lasta) + Number(avvisade) + Number(overhoppade));
    });
  });

  describe("the day of what comes in the place of an earlier delivery", () => {
    test("is not before the one it replaces, whatever leverans.yaml says", () => {
      const run = noted.at("2024-08-01 igen");
      expect(held(run)).toBe(2);
      expect(mottagna(run)).toContainEqual(["data/lev/mote.csv", "2024-08-01"]);
    });
    test("is the day it was seen, in a dated folder too, so that reports made before it came can be made again", () => {
      const run = dir.at("2024-07-01");
      expect(held(run)).toBe(4);
      expect(mottagna(run).slice(0, 2)).toEqual([
        ["data/2024-02-14 lev/mote.csv", "2024-07-01"],
        ["data/2024-02-14 lev/trasig.csv", "2024-07-01"],
      ]);
      const report = (day: string): unknown[] =>
        ["maluppfyllelse", "leveranser", "datakvalitet"].map((result) => dir.at(day).rows(result));
      expect(report("as of 2024-06-01")).toEqual(report("2024-06-01"));
    });
  });

  describe("a copy of a file", () => {
    const counts = (...days: string[]): unknown[] => days.map((day) => held(copy.at(day)));
    test("stays passed over when the first is mended, and when that is withdrawn", () => {
      expect(counts("2024-06-01", "2024-07-01", "2024-07-01 igen", "2024-08-01")).toEqual([2, 2, 1, 1]);
    });
    test("adds once it is mended itself", () => {
      expect(counts("2024-09-01")).toEqual([2]);
    });
    test("is loaded where the first is not read", () => {
      expect(held(copy)).toBe(2);
    });
    test("is loaded where another file took the first one's name as it came", () => {
      expect(held(moved.at("2024-08-01"))).toBe(3);
    });
  });

  describe("two pipelines that read different files of one folder", () => {
    test("each read theirs by their own rules", () => {
      expect(held(half.at("2024-06-01"))).toBe(3);
    });
    test("each count theirs alone when run alone, also of what is no longer there", () => {
      expect([held(half.at("2024-07-01")), held(half)]).toEqual([3, 1]);
    });
  });

  test("two files whose names differ only in the person they name are two, whichever of them comes and goes", () => {
    const days = ["2024-06-01", "2024-07-01", "2024-08-01"].map((day) => persons.at(day));
    expect(days.map(held)).toEqual([2, 2, 3]);
    const shown = expect.stringMatching(/^data\/mote 19\*{4}-\*{4} \([0-9a-f]{8}\)\.csv$/);
    expect(
      days.map((run) =>
        mottagna(run)
          .slice(1)
          .map(([fil]) => fil),
      )[0],
    ).toEqual([shown, shown]);
  });
});

describe("a look back", () => {
  const made = (): Folder =>
    folder({
      files: { "insats.csv": insats("i"), "mote.csv": motenOf("i", [1, "2023-02-01"]) },
      pipelines: { "p.yaml": { insats: "i", mal } },
    });
  test("takes nothing in that no run had seen by its day: the next ordinary run does, on its own day", async () => {
    const d = made();
    await d.run({ today: "2024-06-01" });
    const index = (): Buffer | undefined => d.bytes("out/arkiv").get("out/arkiv/leveranser.json");
    const kept = index();
    d.write("fler/mote.csv", motenOf("i", [2, "2023-03-01"]));
    d.write("mote.csv", motenOf("i", [1, "2023-02-01"], [3, "2023-04-01"]));
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
    expect(mottagna(d)).toEqual([
      ["data/fler/mote.csv", "2024-06-05"],
      ["data/insats.csv", "2024-06-01"],
      ["data/mote.csv", "2024-06-05"],
      ["data/trasig.csv", "2024-06-05"],
    ]);
    await d.run({ asOf: "2024-06-01" });
    expect(held(d)).toBe(1);
  }, 600_000);

  test("that is the first to look at all takes what is there as received on its day", async () => {
    const d = made();
    const { unreceived } = await d.run({ asOf: "2024-06-01" });
    expect([unreceived, held(d)]).toEqual([0, 1]);
    expect(columns(d.rows("leveranser"), "mottagen")).toEqual([["2024-06-01"], ["2024-06-01"]]);
  }, 60_000);
});

/** Every byte of the archive, unpacked. */
const kept = (d: Folder): string =>
  [...d.bytes("out/arkiv")].map(([path, bytes]) => (path.endsWith(".gz") ? gunzipSync(bytes) : bytes)).join("\n");

describe("what the pipeline says of files that were let in before", () => {
  const all = together(["leveranser", "datakvalitet", "maluppfyllelse"], (day, { rejected }) => {
    archives.set(day, kept(all.d));
    if (rejected) refusing.add(day);
  });
  const archives = new Map<string, string>();
  const refusing = new Set<string>();
  const asPersons = {
    dataset: "deltagare",
    kolumner: { Nr: "deltagar_id", In: "startdatum", Ins: "insats_id" },
  };
  const tolkning = ["lista.csv", "borta.csv"].map((fil) => ({ fil, ...asPersons }));
  const mal = [{ id: "hela", matt: "unika_deltagare", per: "hela", villkor: ">= 1" }];
  const allowed = { ...pseudonymising, mal };
  const [woman, man, other] = [person("19811228", "987"), person("19640823", "323"), person("19600111", "123")];

  const named = all.part("named");
  const list = (name: string): string => `Nr;Namn;In;Ins\n1;${name};2023-02-01;named\n`;
  named.starts(
    "2024-06-01",
    { "insats.csv": insats("named"), "lista.csv": list("Ett Exempel"), "borta.csv": list("En Annan") },
    { mal },
  );
  named.on("2024-06-06", () => {
    named.remove("borta.csv");
    named.pipeline({ tolkning, mal });
  });
  named.on("2024-06-07", () => named.pipeline({ mal }));

  const numbered = all.part("numbered");
  const numbers = (number: string): string =>
    `Nr;Kon;Namn;In;Ins\n${dashed(number)};okant;Ett Exempel;2023-02-01;numbered\n`;
  numbered.starts(
    "2024-06-01",
    { "insats.csv": insats("numbered"), "lista.csv": numbers(woman), "borta.csv": numbers(man) },
    allowed,
  );
  numbered.on("2024-06-06", () => {
    numbered.pipeline({ ...allowed, tolkning });
    numbered.remove("borta.csv");
  });
  // The legal ground is gone, and comes back.
  numbered.on("2024-06-07", () => numbered.pipeline({ tolkning, mal }));
  numbered.on("2024-06-10", () => {});
  numbered.on("2024-06-15", () => numbered.pipeline({ ...allowed, tolkning }));

  const forgotten = all.part("forgotten");
  const persons = `personnummer;startdatum;insats_id\n${dashed(other)};2023-02-01;forgotten\n`;
  forgotten.starts("2024-06-01", { "insats.csv": insats("forgotten"), "deltagare.csv": persons }, allowed);
  let rows: readonly unknown[] = [];
  forgotten.on("2024-06-06", async () => {
    const places = { pipelines: all.d.path("pipelines", "*.yaml"), out: all.d.path("out"), today: "2024-06-05" };
    ({ rows } = await forget(dashed(other), places));
    forgotten.pipeline({ ...allowed, tolkning: [{ fil: "deltagare.csv", avgransare: ";" }] });
  });
  forgotten.on("2024-06-07", () =>
    forgotten.write(
      "deltagare.csv",
      "deltagar_id;kon;startdatum;insats_id\na;K;2023-02-01;forgotten\nb;M;2023-02-01;forgotten\n",
    ),
  );
  forgotten.on("2024-06-10", async () => {
    const places = { pipelines: all.d.path("pipelines", "*.yaml"), out: all.d.path("out"), today: "2024-06-08" };
    await prune("2024-06-08", places);
    forgotten.write("deltagare.csv", persons);
  });

  beforeAll(async () => {
    writeKey(all.d);
    await all.runAll();
  }, 900_000);
  const findings = (run: Results): unknown[][] => columns(run.rows("datakvalitet"), "fil", "kod");

  test("holds for them too: with the participants' names that it shows they are refused, and nothing of them is kept", () => {
    const [first, refused, last] = ["2024-06-01", "2024-06-06", "2024-06-07"].map((day) => named.at(day)) as [
      Results,
      Results,
      Results,
    ];
    expect(pick(first.rows("datakvalitet"), { kod: "okand_tabell" })).toHaveLength(2);
    expect(findings(refused)).toEqual([
      ["data/borta.csv", "personnamn"],
      ["data/lista.csv", "personnamn"],
    ]);
    expect(refusing.has("2024-06-06")).toBe(true);
    expect(mottagna(refused)).toContainEqual(["data/lista.csv", "2024-06-01"]);
    expect(archives.get("2024-06-01")).toMatch(/Annan/);
    expect(archives.get("2024-06-06")).not.toMatch(/Exempel|Annan/);
    expect(findings(last)).toEqual([["data/lista.csv", "okand_tabell"]]);
  });

  test("lets them through the door anew: pseudonyms are used only where they are allowed", () => {
    expect(held(numbered.at("2024-06-06"))).toBe(2);
    const refused = numbered.at("2024-06-07");
    expect(findings(refused)).toEqual([
      ["data/borta.csv", "pseudonymiserad_fil"],
      ["data/lista.csv", "personnummer"],
    ]);
    expect(refused.rows("maluppfyllelse").map(({ taljare }) => taljare)).not.toContain(2);
    expect(pick(numbered.at("2024-06-10").rows("datakvalitet"), { kod: "pseudonymiserad_fil" })).toHaveLength(1);
    const last = numbered.at("2024-06-15");
    expect(held(last)).toBe(2);
    expect(last.rows("datakvalitet").filter(({ allvar }) => allvar === "fel")).toEqual([]);
  });

  test("does not bring a forgotten person back, nor does the file when it comes again", () => {
    expect(held(forgotten.at("2024-06-01"))).toBe(1);
    expect(rows).toHaveLength(1);
    expect(held(forgotten.at("2024-06-06"))).not.toBe(1);
    const again = forgotten.at("2024-06-10");
    expect(pick(again.rows("datakvalitet"), { kod: "glomd_person" })).toHaveLength(1);
    expect(held(again)).toBe(2);
  });
});

describe("two sources whose paths are written alike", () => {
  let d: Folder;
  const source = (id: string, ...rows: Mote[]): void => {
    d.write(`../pipelines/${id}/data/insats.csv`, insats(id));
    d.write(`../pipelines/${id}/data/mote.csv`, motenOf(id, ...rows));
    d.pipeline(`${id}/q/${id}.yaml`, { insats: id, kallor: ["../data"], mal: [goal] });
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
  }, 600_000);
});
