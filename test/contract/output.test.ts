import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { copyOf, type Finished, type Folder, folder, only, pick, type Row } from "./delivery.ts";

interface Traced {
  resultat: unknown;
  rader: {
    fil: string;
    blad: string | null;
    rad: number;
    cell: string | null;
    sha256: string;
    roll: string;
    skal: unknown;
  }[];
}

const results = [
  "maluppfyllelse",
  "malsammanfattning",
  "kostnadsandel",
  "kostnadsandel_ar",
  "budgetutfall",
  "konsfordelning",
  "utsagekontroll",
  "datakvalitet",
  "leveranser",
];

const source = {
  files: {
    "a/insats.csv": [
      ["insats_id", "namn", "forbund_id", "startdatum", "slutdatum"],
      ["i", "Insats; med ”tecken”", "f", "2020-01-01", "2020-12-31"],
      ["två", "Konstiga id", "f", "2020-01-01", "2020-12-31"],
    ],
    "b/forbund.csv": [
      ["forbund_id", "namn"],
      ["f", "F"],
      ["g", "G"],
    ],
    "b/part.csv": [
      ["insats_id", "part_id", "namn", "huvudman"],
      ["i", "af", "AF", "arbetsformedlingen"],
      ["i", "fk", "FK", "forsakringskassan"],
      ["två", "å b/c#d", "Konstig", "annan"],
    ],
    "c/mote.csv": [
      ["insats_id", "mote_id", "datum", "motestyp", "status"],
      ["i", 1, "2020-02-01", "puls", "genomfort"],
      ["i", 2, "2020-03-01", "puls", "installt"],
      ["i", 3, "2020-04-01", "styrgrupp", "genomfort"],
      ["i", 4, "2020-05-01", "puls", "genomfort"],
    ],
    "c/narvaro.csv": [
      ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
      ["i", 1, "af", "ja", "ja"],
      ["i", 1, "fk", "ja", "nej"],
      ["i", 4, "af", "nej", "ja"],
    ],
    "c/faktura.csv": [
      ["insats_id", "faktura_id", "forbund_id", "part_id", "kostnadsslag", "fran", "till", "timmar", "belopp"],
      ["i", 1, "f", "af", "Personal", "2020-01-01", "2020-01-31", 3, "100,50 kr"],
      ["i", 2, "g", null, "Personal", "2020-01-01", "2020-01-31", null, "200 kr"],
      ["i", 3, "g", null, "Personal", "2020-01-01", "2020-01-31", null, "1,234"],
    ],
    "c/budget.csv": [
      ["insats_id", "ar", "post", "belopp"],
      ["i", 2020, "personal", "250 kr"],
    ],
    "d/deltagare.csv": [
      ["insats_id", "deltagar_id", "startdatum", "slutdatum", "kon"],
      ["i", "d1", "2020-02-01", null, "K"],
      ["i", "d2", "2020-02-01", null, "M"],
    ],
    "d/utsaga.csv": [
      ["insats_id", "utsaga_id", "text", "matt", "parametrar", "varde", "dokument", "avsnitt"],
      ["i", "u", 'Med ";" och "citat"', "antal_moten", "{motestyp: puls}", "2", "r.pdf", "1"],
    ],
    "d/kalla.csv": [
      ["dokument", "titel"],
      ["r.pdf", "R"],
    ],
  },
  pipelines: {
    "p.yaml": {
      insats: ["i", "två"],
      mal: [
        { id: "puls", matt: "antal_moten", per: "hela", villkor: ">= 2", parametrar: { motestyp: "puls" } },
        {
          id: "narvaro",
          matt: "narvaroandel",
          per: "hela",
          villkor: ">= 85 %",
          grupp: "part",
          rapporterat: { status: "ja", dokument: "r.pdf", avsnitt: "Mål" },
        },
        { id: "pengar", matt: "fakturerat_belopp", per: "ar", villkor: "<= 300,50 kr" },
      ],
    },
  },
} as const;

let d: Folder;
const trace = async (id: string): Promise<Traced> => {
  const done = await d.cli(["trace", id, "--json"]);
  if (done.code !== 0) throw new Error(`${id}: ${done.code} ${done.stderr}`);
  return JSON.parse(done.stdout) as Traced;
};
const read = (path: string): Buffer => readFileSync(d.path("out", "internt", path));

describe("the outputs of a run", () => {
  beforeAll(async () => {
    d = folder(source as unknown as Parameters<typeof folder>[0]);
    await d.run({ today: "2021-06-01", report: true });
  }, 60_000);

  describe("files", () => {
    test.each(results)("%s stands as json, csv, parquet and arrow", (result) => {
      for (const form of ["json", "csv", "parquet", "arrow"])
        expect([form, existsSync(d.path("out", "internt", `${result}.${form}`))]).toEqual([form, true]);
      expect(read(`${result}.parquet`).subarray(0, 4).toString()).toBe("PAR1");
    });

    test.each(results)("%s.csv has a BOM, semicolons and as many rows as the json", (result) => {
      const bytes = read(`${result}.csv`);
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const rows = d.rows(result);
      const lines = bytes
        .toString("utf8")
        .replace(/^\ufeff/, "")
        .trimEnd()
        .split(/\r?\n/);
      expect(lines).toHaveLength(rows.length + 1);
      if (rows[0]) expect(lines[0]?.split(";")).toHaveLength(Object.keys(rows[0]).length);
    });

    test("csv writes decimal comma and ja/nej", () => {
      const text = read("kostnadsandel.csv").toString("utf8");
      expect(text).toContain("33,4");
      expect(text).not.toMatch(/\d\.\d/);
      const summary = read("malsammanfattning.csv").toString("utf8");
      expect(summary).toMatch(/;(ja|nej);/);
      expect(summary).not.toMatch(/;(true|false);/);
    });

    test("csv quotes what holds a quote or a semicolon", () => {
      expect(read("utsagekontroll.csv").toString("utf8")).toContain('"Med "";"" och ""citat"""');
    });

    test.each(results)("%s: every row has its own resultat_id", (result) => {
      const ids = d.rows(result).map((row) => String(row.resultat_id));
      expect(new Set(ids).size).toBe(ids.length);
      for (const each of ids) expect(each.startsWith(`${result}/`)).toBe(true);
    });

    test("rows are in key order", () => {
      const keys = d.rows("kostnadsandel").map((row) => [row.insats_id, row.dimension, row.id].join("\u0000"));
      expect(keys).toEqual([...keys].sort());
    });
  });

  describe("resultat_id", () => {
    test("a slash or a hash in an id does not make another id", async () => {
      const row = only(d.rows("maluppfyllelse"), { insats_id: "två", mal_id: "narvaro", gruppvarde: "å b/c#d" });
      const id = String(row.resultat_id);
      expect(id.split("/")).toHaveLength(6);
      expect(id).not.toContain("#");
      expect((await trace(id)).resultat).toBeDefined();
    });
  });

  describe("trace", () => {
    const roles = (traced: Traced, file: string): (string | number)[][] =>
      traced.rader
        .filter(({ fil }) => fil.endsWith(file))
        .map(({ rad, roll }) => [rad, roll])
        .sort((a, b) => Number(a[0]) - Number(b[0]));

    test("a möte is counted, or left out with a reason", async () => {
      const { resultat_id } = only(d.rows("maluppfyllelse"), { insats_id: "i", mal_id: "puls" });
      const traced = await trace(String(resultat_id));
      expect(roles(traced, "mote.csv")).toEqual(
        expect.arrayContaining([
          [2, "raknad"],
          [5, "raknad"],
        ]),
      );
      for (const row of traced.rader.filter(({ roll }) => roll === "utesluten")) expect(row.skal).toBeTruthy();
      expect(roles(traced, "mote.csv")).not.toContainEqual([3, "raknad"]);
      expect(roles(traced, "mote.csv")).not.toContainEqual([4, "raknad"]);
    });

    test("a called and absent part is in the denominator, one not called is left out", async () => {
      const { resultat_id } = only(d.rows("maluppfyllelse"), { insats_id: "i", mal_id: "narvaro", grupp: "" });
      expect(roles(await trace(String(resultat_id)), "narvaro.csv")).toEqual([
        [2, "raknad"],
        [3, "namnare"],
        [4, "utesluten"],
      ]);
    });

    test("a cost share leads to its invoices' cells", async () => {
      const traced = await trace("kostnadsandel/i/forbund/g#belopp_ore");
      const counted = traced.rader.filter(({ roll }) => roll === "raknad");
      expect(counted.map(({ rad }) => rad)).toEqual([3]);
      expect(counted[0]?.cell).toBe("I3");
    });
  });

  describe("show", () => {
    test("--json is the rows of the result, --insats those of one", async () => {
      const [all, one] = await Promise.all([
        d.cli(["show", "kostnadsandel", "--json"]),
        d.cli(["show", "maluppfyllelse", "--insats", "två", "--json"]),
      ]);
      expect(all?.code).toBe(0);
      expect(JSON.parse(all?.stdout ?? "")).toEqual(d.rows("kostnadsandel"));
      expect(JSON.parse(one?.stdout ?? "")).toEqual(pick(d.rows("maluppfyllelse"), { insats_id: "två" }));
    });

    test("a reader that has gone away is no fault", async () => {
      const child = spawn(process.execPath, [resolve("src/cli.ts"), "show", "maluppfyllelse", "--json"], {
        cwd: d.root,
      });
      child.stdout.destroy();
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => {
        stderr += chunk.toString("utf8");
      });
      const [code] = await once(child, "close");
      expect([code, stderr]).toEqual([0, ""]);
    });

    test("--insats with a slip names the insatser nearest to it, with 2", async () => {
      const slip = await d.cli(["show", "maluppfyllelse", "--insats", "tvä"]);
      expect([slip.code, slip.stdout]).toEqual([2, ""]);
      expect(slip.stderr).toContain("tvä: no such insats; near it: två");
    });

    test("--insats of a result that has no insats says what its rows are of, with 2", async () => {
      const done = await d.cli(["show", "forbundskostnad", "--insats", "i"]);
      expect([done.code, done.stdout]).toEqual([2, ""]);
      expect(done.stderr).toContain("forbundskostnad has no insats");
      expect(done.stderr).toContain("forbund_id, dimension, id");
    });

    test("--insats of an insats without rows is no fault", async () => {
      const done = await d.cli(["show", "kostnadsandel", "--insats", "två", "--json"]);
      expect([done.code, JSON.parse(done.stdout)]).toEqual([0, []]);
    });

    test("--csv is the file's rows", async () => {
      const done = await d.cli(["show", "kostnadsandel", "--csv"]);
      const strip = (text: string): string =>
        text
          .replace(/^\ufeff/, "")
          .replaceAll("\r\n", "\n")
          .trimEnd();
      expect(strip(done.stdout)).toBe(strip(read("kostnadsandel.csv").toString("utf8")));
    });
  });

  describe("determinism", () => {
    const bytes = (made: Folder): Map<string, string> =>
      new Map(
        [...made.bytes()]
          .filter(([path]) => /^out\/(internt|rapport|diagram)\//.test(path) && !path.includes(".duckdb"))
          .map(([path, content]) => [path, content.toString("base64")]),
      );

    let other: Folder;
    let done: Finished;
    beforeAll(async () => {
      other = folder({
        files: {},
        pipelines: source.pipelines as unknown as Parameters<typeof folder>[0]["pipelines"],
      });
      for (const [file, rows] of Object.entries(source.files).reverse()) other.write(file, rows);
      done = await other.spawned(["run", "--today", "2021-06-01"], { TZ: "Pacific/Kiritimati", LANG: "en_US.UTF-8" });
    }, 60_000);

    test("a rejected row is exit 1", () => {
      expect(done.code).toBe(1);
    });

    test("the same deliveries in another order, another time zone and again give the same bytes", async () => {
      const first = bytes(d);
      expect([...bytes(other).keys()]).toEqual([...first.keys()]);
      for (const [path, content] of bytes(other)) expect([path, content === first.get(path)]).toEqual([path, true]);

      await other.spawned(["run", "--today", "2021-06-01"], { TZ: "America/Los_Angeles" });
      for (const [path, content] of bytes(other)) expect([path, content === first.get(path)]).toEqual([path, true]);
    }, 60_000);
  });

  describe("all or nothing", () => {
    test("a run that fails leaves the old outputs", async () => {
      const made = copyOf(d);
      const before = made.bytes();
      made.pipeline("q.yaml", "insats: i\nkallor: [../data]\nmal: [{ id: x, text: X, matt: finns_inte, per: ar }]\n");
      expect((await made.cli(["run", "--today", "2021-06-01"])).code).toBe(2);
      const after = made.bytes();
      expect([...after.keys()]).toEqual([...before.keys()]);
      for (const [path, content] of after)
        expect([path, content.equals(before.get(path) as Buffer)]).toEqual([path, true]);
    }, 60_000);

    test("of two runs at the same time one is refused with 3, or both are whole", async () => {
      const made = folder(source as unknown as Parameters<typeof folder>[0]);
      const codes = (await Promise.all([1, 2].map(() => made.spawned(["run", "--today", "2021-06-01"])))).map(
        ({ code }) => code,
      );
      expect(codes).toContain(1);
      for (const code of codes) expect([1, 3]).toContain(code);
      expect(made.rows("kostnadsandel")).toEqual(d.rows("kostnadsandel"));
    }, 60_000);

    test("deliveries without a fault are exit 0", async () => {
      const made = folder({
        files: { "insats.csv": source.files["a/insats.csv"], "forbund.csv": source.files["b/forbund.csv"] },
        pipelines: { "p.yaml": { insats: "i" } },
      });
      const done = await made.cli(["run", "--out", "annan", "--today", "2021-06-01"]);
      expect([done.code, existsSync(made.path("annan", "internt", "maluppfyllelse.json"))]).toEqual([0, true]);
    }, 60_000);
  });

  test("a row of maluppfyllelse has the columns of the contract", () => {
    const row = d.rows("maluppfyllelse")[0] as Row;
    for (const column of "insats_id mal_id grupp gruppvarde fran till forbund_id finansiarer part_id matt upplosning taljare namnare tackningsgrad varde enhet villkor malvarde ki_lag ki_hog status skal rapporterat avviker resultat_id".split(
      " ",
    ))
      expect(Object.keys(row)).toContain(column);
  });
});
