/** What is delivered, and what it is called, reads and writes nothing outside its folders; what is private is private. */
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { open } from "../../src/db/open.ts";
import { columns, csv, type Folder, folder, pick, type Rows } from "./delivery.ts";

const insats: Rows = [
  ["insats_id", "namn", "startdatum", "slutdatum"],
  ["i", "I", "2023-01-01", "2024-12-31"],
];
const moten = (...ids: string[]): Rows => [
  ["insats_id", "mote_id", "datum", "motestyp"],
  ...ids.map((id) => ["i", id, "2023-02-01", "puls"] as const),
];
const goal = { id: "moten", matt: "antal_moten", per: "hela", villkor: ">= 1" };
const held = (d: Folder): unknown => d.rows("maluppfyllelse")[0]?.taljare;

/** Every file and link of the folder but the outputs, with what it holds. */
const besides = (d: Folder): string[] =>
  readdirSync(d.root, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(d.path("out")))
    .map((path) => (lstatSync(path).isFile() ? `${path} ${readFileSync(path, "base64")}` : path))
    .sort();

describe("what the system does not give", () => {
  const read = (d: Folder): unknown => columns(d.rows("datakvalitet"), "kod", "allvar", "meddelande");
  const said = (why: string): unknown => [["oatkomlig", "fel", `Det som ligger här går inte att läsa: ${why}.`]];
  const made = (): Folder =>
    folder({
      files: { "insats.csv": insats, "mote.csv": moten("eget") },
      pipelines: { "p.yaml": { insats: "i", mal: [goal] } },
    });

  test("because its path is too long is a finding, and the rest is read", async () => {
    const d = made();
    // Each half is within bounds: only the whole path is not.
    const half = join(...Array<string>(12).fill("m".repeat(200)));
    for (const top of ["a", "b"]) mkdirSync(d.path("data", top, half), { recursive: true });
    writeFileSync(d.path("data", "b", half, "mote.csv"), csv(moten("annat")));
    renameSync(d.path("data", "b"), d.path("data", "a", half, "b"));
    await d.run();
    expect(held(d)).toBe(1);
    expect(read(d)).toEqual(
      said("sökvägen är längre än datorn tillåter; flytta mappen uppåt eller korta namnen, och kör igen"),
    );
    d.pipeline("p.yaml", { insats: "i", kallor: ["../data/*.csv", "../data/*/*.csv"], mal: [goal] });
    await d.run();
    expect(held(d)).toBe(1);
    execFileSync("rm", ["-rf", d.path("data")]);
  }, 60_000);
  test("because its name is not UTF-8 is a finding, where it may be a table or hold some", async () => {
    const d = made();
    const odd = (name: string): Buffer =>
      Buffer.concat([Buffer.from(d.path("data", "m")), Buffer.from(name, "latin1")]);
    writeFileSync(odd("öte.csv"), csv(moten("annat")));
    writeFileSync(odd("öte.pdf"), "inget att läsa");
    mkdirSync(odd("ö"));
    await d.run();
    expect(held(d)).toBe(1);
    const [why] = said("namnet är inte skrivet i UTF-8; döp om filen eller mappen och kör igen") as unknown[];
    expect(read(d)).toEqual([why, why]);
  }, 60_000);
});

describe("a link in a delivery", () => {
  let d: Folder;
  beforeAll(async () => {
    d = folder({
      files: { "insats.csv": insats, "mote.csv": moten("eget"), "mapp/fler.csv": moten("hemligt") },
      pipelines: { "p.yaml": { insats: "i", mal: [goal] } },
    });
    renameSync(d.path("data", "mapp"), d.path("annanstans"));
    writeFileSync(d.path("annanstans", "leverans.yaml"), "hemlig: [\n");
    symlinkSync("../annanstans/fler.csv", d.path("data", "mote-fil.csv"));
    symlinkSync(d.path("annanstans"), d.path("data", "mote-mapp"));
    symlinkSync("finns-inte.csv", d.path("data", "mote-ingen.csv"));
    symlinkSync("ring.csv", d.path("data", "ring.csv"));
    symlinkSync(".", d.path("data", "sig-sjalv"));
    symlinkSync("../annanstans/leverans.yaml", d.path("data", "protokoll.pdf"));
    execFileSync("mkfifo", [d.path("data", "ror.csv")]);
    await d.run({ report: true });
  }, 60_000);

  test("is not followed, whatever it leads to, and is named; nor is anything read that is no file", () => {
    expect(columns(d.rows("datakvalitet"), "fil", "kod", "allvar")).toEqual([
      ["data/mote-fil.csv", "lank", "fel"],
      ["data/mote-ingen.csv", "lank", "fel"],
      ["data/mote-mapp", "lank", "fel"],
      ["data/ring.csv", "lank", "fel"],
      ["data/ror.csv", "filtyp", "fel"],
      ["data/sig-sjalv", "lank", "fel"],
    ]);
    expect(held(d)).toBe(1);
    for (const [path, bytes] of d.bytes()) expect([path, bytes.includes("hemlig")]).toEqual([path, false]);
  });
  test("is not followed by a pattern either", async () => {
    d.pipeline("p.yaml", { insats: "i", kallor: ["../data/*.csv", "../data/*/fler.csv"], mal: [goal] });
    await d.run();
    expect(pick(d.rows("datakvalitet"), { kod: "lank" }).map(({ fil }) => fil)).toEqual([
      "data/mote-fil.csv",
      "data/mote-ingen.csv",
      "data/mote-mapp",
      "data/ring.csv",
      "data/sig-sjalv",
    ]);
    expect(held(d)).toBe(1);
  }, 60_000);
  test("as leverans.yaml is wrong usage, and nothing of what it leads to is said", async () => {
    symlinkSync("../annanstans/leverans.yaml", d.path("data", "leverans.yaml"));
    d.pipeline("p.yaml", { insats: "i", mal: [goal] });
    const { code, stderr } = await d.cli(["run"]);
    expect(code).toBe(2);
    expect(stderr).toContain('data/leverans.yaml: write "mottagen: YYYY-MM-DD"');
    expect(stderr).not.toContain("hemlig");
  }, 60_000);
  test("is followed where it is the source that the pipeline names", async () => {
    d.pipeline("p.yaml", { insats: "i", kallor: ["../data/insats.csv", "../data/mote-fil.csv"], mal: [goal] });
    await expect(d.run({ today: "2025-02-01" })).rejects.toThrow("leverans.yaml");
    writeFileSync(d.path("annanstans", "leverans.yaml"), "mottagen: 2024-01-01\n");
    renameSync(d.path("data", "leverans.yaml"), d.path("flyttad"));
    await d.run();
    expect(d.rows("leveranser").map(({ fil }) => fil)).toContain("data/mote-fil.csv");
  }, 60_000);
});

describe("a Parquet file's name", () => {
  test("is no pattern, and no column", async () => {
    const d = folder({
      files: { "insats.csv": insats },
      pipelines: { "p.yaml": { insats: "i", mal: [goal], tolkning: [{ fil: "*.parquet", dataset: "mote" }] } },
    });
    const names = [
      "*.parquet",
      "?.parquet",
      "[ab].parquet",
      "a.parquet",
      "motestyp=styrgrupp/b.parquet",
      "c'd.parquet",
    ];
    const db = await open(":memory:");
    for (const [i, name] of names.entries()) {
      await db.run(
        `copy (select 'i' as insats_id, 'm${i}' as mote_id, date '2023-02-01' as datum, 'puls' as typ) to '${d.path("ett.parquet")}' (format parquet)`,
      );
      mkdirSync(join(d.path("data", name), ".."), { recursive: true });
      renameSync(d.path("ett.parquet"), d.path("data", name));
    }
    db.close();
    await d.run();
    const read = d.rows("leveranser").filter(({ fil }) => String(fil).endsWith(".parquet"));
    expect(columns(read, "fil", "rader")).toEqual(names.sort().map((name) => [`data/${name}`, 2]));
    expect(pick(d.rows("datakvalitet"), { kolumn: "motestyp" })).toEqual([]);
  }, 60_000);
});

describe("ids and names as file names", () => {
  const ids = [
    ...[
      "../../../utanfor",
      "/etc/passwd",
      "..\\..\\utanfor",
      "a/b",
      "a b",
      "a_b",
      "A",
      "a",
      "Å",
      "å",
      "con",
      "nul.html",
    ],
    ...["index", "./.", "...", ".dold", "x".repeat(400), `${"x".repeat(400)}y`, "<b>&\"'", "a?b#c%d", "\u202egpj.a"],
  ];
  let d: Folder;
  let before: string[];
  beforeAll(async () => {
    d = folder({
      files: {
        "insats.csv": [["insats_id", "namn", "forbund_id"], ...ids.map((id, i) => [id, `Insats nr ${i}.`, id])],
        "forbund.csv": [["forbund_id", "namn"], ...ids.map((id, i) => [id, `Förbund nr ${i}.`])],
        "mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp"],
          ...ids.map((id) => [id, "../../m", "2023-02-01", "puls"]),
        ],
        [`${"lång".repeat(30)} mote.csv`]: moten("x"),
      },
      pipelines: { "p.yaml": { insats: "*", mal: [goal] } },
    });
    copyFileSync(join(import.meta.dirname, "../corpus/files/zipslip.xlsx"), d.path("data", "slip.xlsx"));
    before = besides(d);
    await d.run({ report: true });
  }, 60_000);

  test("write nothing outside the output folder", () => {
    expect(besides(d)).toEqual(before);
    expect(readdirSync(d.path("out")).sort()).toEqual([".las", "arkiv", "diagram", "internt", "rapport"]);
    expect(readdirSync(d.path("out", "rapport")).sort()).toEqual(
      expect.arrayContaining(["insats", "forbund"].slice(1)),
    );
    expect(pick(d.rows("datakvalitet"), { fil: "data/slip.xlsx" })).toMatchObject([{ kod: "otillaten_fil" }]);
  });
  test.each(["insatser", "förbund"])("give each of the %s a page of its own", (which) => {
    const [place = "", word] = which === "insatser" ? ["insats", "Insats"] : ["forbund", "Förbund"];
    const at = d.path("out", "rapport", place);
    const pages = readdirSync(at).filter((name) => name.endsWith(".html"));
    const titles = pages.map((name) => /<h1[^>]*>([^<]*)/.exec(readFileSync(join(at, name), "utf8"))?.[1]);
    expect(titles.sort()).toEqual(ids.map((_, i) => `${word} nr ${i}.`).sort());
  });
  test("lead from the first page to each", () => {
    const index = readFileSync(d.path("out", "rapport", "index.html"), "utf8");
    const linked = [...index.matchAll(/href="([^"#:]+\.html)/g)].map(([, to = ""]) => decodeURIComponent(to));
    expect(new Set(linked).size).toBeGreaterThan(ids.length);
    for (const to of linked) expect([to, existsSync(d.path("out", "rapport", to))]).toEqual([to, true]);
  });
});

describe("a document's name", () => {
  test("is looked for in the folder of documents and nowhere else", async () => {
    const d = folder({
      files: {
        "insats.csv": [
          ["insats_id", "namn", "dokument", "avsnitt", "citat"],
          ["i", "I", "../utanfor.txt", "1", "sextio individer"],
          ["j", "J", "rapport.txt", "1", "sextio individer"],
        ],
      },
      pipelines: { "p.yaml": { insats: "i" } },
    });
    mkdirSync(d.path("dokument"));
    writeFileSync(d.path("dokument", "rapport.txt"), "Målet är sextio individer.");
    writeFileSync(d.path("utanfor.txt"), "Målet är sextio individer.");
    const { stdout } = await d.cli(["citat", "dokument", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ found: 1, problems: [{ rad: 2, problem: /no document|^no/ }] });
  }, 60_000);
});

describe("what is the evaluator's", () => {
  test.each(["0000", "0022", "0077"])(
    "is closed to others under umask %s",
    async (umask) => {
      const d = folder({
        files: { "insats.csv": insats, "mote.csv": csv(moten("a")).replace("2023-02-01", "02/03/2023") },
        pipelines: { "p.yaml": { insats: "i", mal: [goal] } },
      });
      const pipelines = d.path("pipelines", "*.yaml");
      const finsam = async (...args: string[]): Promise<number | null> => {
        const own = process.umask(umask);
        const { code } = await d.cli(args).finally(() => process.umask(own));
        return code;
      };
      expect(await finsam("run", "--pipelines", pipelines)).toBe(1);
      expect(await finsam("run", "--pipelines", pipelines)).toBe(1);
      expect(await finsam("reply")).toBe(0);
      const modes = readdirSync(d.path("out"), { recursive: true, withFileTypes: true }).map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(d.path("out").length + 1), (statSync(path).mode & 0o777).toString(8)] as const;
      });
      const isPrivate = ([path]: readonly [string, string]): boolean => /^(internt|arkiv|svar)(\/|$)/.test(path);
      expect(modes.filter(isPrivate).length).toBeGreaterThan(40);
      for (const [path, mode] of modes.filter(isPrivate))
        expect([path, mode]).toEqual([path, statSync(d.path("out", path)).isDirectory() ? "700" : "600"]);
      const wanted = { "0000": ["777", "666"], "0022": ["755", "644"], "0077": ["700", "600"] }[umask];
      for (const [path, mode] of modes.filter(([path]) => /^(rapport|diagram)(\/|$)/.test(path)))
        expect([path, wanted?.includes(mode)]).toEqual([path, true]);
    },
    120_000,
  );
});
