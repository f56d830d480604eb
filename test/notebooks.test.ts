/** `npm run notebooks`: what the notebooks show, and that they ask nothing of any other host. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { open } from "../src/db/open.ts";
import { traceFigure } from "../src/lineage.ts";
import { type Served, serve } from "../src/notebooks/server.ts";
import { internalPages } from "../src/pages.ts";
import { type Browser, hasBrowser, startBrowser } from "./browser.ts";
import { temporaryFolder } from "./folders.ts";
import { shippedRun } from "./shipped.ts";

const root = resolve(import.meta.dirname, "..");
const command = join(root, "src", "cli.ts");
const tierp = "tierp-fran-rader-till-utslag.html";
const verdict = "Målet nåddes inte: 73 av 120 på två insatsår, om ingen räknats båda åren. Rapporten svarar ja.";

let out = "";
let served: Served;
beforeAll(async () => {
  ({ out } = await shippedRun("kallor"));
  served = await serve({ out, port: 0 });
});
afterAll(() => served?.close());

describe("the command", () => {
  test("without results says to run npm start, and exits with 2", () => {
    const { status, stderr } = spawnSync(process.execPath, [command, "pages", "--out", temporaryFolder("ingenting")], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('run "npm start" first') });
  });
  test("takes the next free port, prints the address, and ends on Ctrl-C", async () => {
    const taken = Number(new URL(served.address).port);
    const child = spawn(process.execPath, [command, "pages", "--out", out, "--port", String(taken)], { stdio: "pipe" });
    const [printed] = (await once(child.stdout, "data")) as [Buffer];
    const [, port = ""] = /http:\/\/127\.0\.0\.1:(\d+)\/tierp/.exec(String(printed)) ?? [];
    expect(Number(port)).toBeGreaterThan(taken);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});

/** What a served file asks for: addresses in markup and style sheets; imported modules and attached files. */
const asked = (type: string, text: string): string[] =>
  (type.includes("javascript")
    ? [
        /\b(?:from|import)\s*\(?\s*["'`]((?:\.|\/|\w+:)[^"'`$]*)["'`]/g,
        /new URL\(["'`]([^"'`$]+)["'`],\s*(?:["'`]{2}\s*\+\s*)?import\.meta\.url/g,
      ]
    : [/\b(?:src|href)="([^"#][^"]*)"/g, /url\(["']?([^"')]+)["']?\)/g]
  ).flatMap((pattern) => [...text.matchAll(pattern)].map(([, target = ""]) => target));

describe("what is served", () => {
  test("everything a notebook asks for is there, and nothing is asked of another host", async () => {
    const seen = new Map<string, number>();
    const foreign: string[] = [];
    const visit = async (address: string): Promise<void> => {
      if (seen.has(address)) return;
      seen.set(address, 0);
      const response = await fetch(address);
      seen.set(address, response.status);
      const type = response.headers.get("content-type") ?? "";
      const text = await response.text();
      if (!/html|javascript|css/.test(type)) return;
      if (/jsdelivr|unpkg|esm\.sh|googleapis/.test(text)) foreign.push(address);
      for (const target of asked(type, text)) {
        if (target.startsWith("data:")) continue;
        const next = new URL(target, address);
        if (next.origin === new URL(served.address).origin) await visit(next.href);
        else foreign.push(`${address} → ${target}`);
      }
    };
    for (const address of [served.address, ...served.notebooks]) await visit(address);
    expect(foreign).toEqual([]);
    expect([...seen].filter(([, status]) => status !== 200)).toEqual([]);
    const names = [...seen.keys()].map((address) => address.slice(served.address.length));
    expect(names).toEqual(
      expect.arrayContaining([
        tierp,
        "data/malsammanfattning.json",
        expect.stringMatching(/^tierp-partsamordnare-.*yaml$/),
      ]),
    );
    expect(names.filter((name) => name.endsWith(".js")).length).toBeGreaterThan(5);
  });
  test("a delivered row comes cell by cell, and evidence names the row it came from", async () => {
    const get = async (path: string): Promise<unknown> => (await fetch(`${served.address}data/${path}`)).json();
    const rows = (await get("kallrader/tierp-partsamordnare/deltagarantal.json")) as { kallrad: number }[];
    expect((await fetch(`${served.address}data/leveranser.json`)).headers.get("content-type")).toMatch(
      /^application\/json/,
    );
    expect(rows[1]).toMatchObject({ fil: expect.stringMatching(/deltagarantal\.csv$/), rad: 3, blad: null });
    expect(rows[1]).toHaveProperty("celler.6", { rubrik: "totalt", kolumn: "totalt", cell: "G3", varde: "73" });
    const evidence = (await get("bevis/tierp-partsamordnare/individer_i_samverkansmote.json")) as { taljare: number }[];
    expect(evidence.reduce((sum, { taljare }) => sum + taljare, 0)).toBe(73);
    expect(evidence[0]).toMatchObject({ kallrader: [rows[1]?.kallrad], antal_parter: 2, tid: "aggregat" });
  });
  test.each([
    ["data/finsam.duckdb", 404],
    ["data/kallrader/tierp-partsamordnare/hemligt.json", 404],
    ["data/bevis/tierp-partsamordnare/..%2f..%2fpackage.json", 404],
    ["../package.json", 404],
    ["%2e%2e%2fpackage.json", 404],
    ["%", 404],
    ["data/leveranser.parquet", 200],
  ])("%s: %i", async (path, status) => {
    expect((await fetch(`${served.address}${path}`)).status).toBe(status);
  });
  test("a page that has its own name point here gets nothing", async () => {
    const { port } = new URL(served.address);
    const curl = `
      require("node:http").get({ port: ${port}, host: "127.0.0.1", path: "/data/malsammanfattning.json", headers: { host: "example.org" } },
        ({ statusCode }) => console.log(statusCode))`;
    const child = spawn(process.execPath, ["-e", curl], { stdio: ["ignore", "pipe", "inherit"] });
    expect(String((await once(child.stdout, "data"))[0]).trim()).toBe("403");
  });
});

describe.skipIf(!hasBrowser)("in a browser without network", () => {
  let browser: Browser;
  const requests: string[] = [];
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await startBrowser("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    browser.on("Network.requestWillBeSent", ({ request }) => requests.push((request as { url: string }).url));
    browser.on("Log.entryAdded", ({ entry }) => errors.push((entry as { text: string }).text));
    for (const domain of ["Network", "Log"]) await browser.send(`${domain}.enable`);
    await browser.open(`${served.address}${tierp}`);
  });
  afterAll(() => browser?.close());
  /** An element's text, once it has `part` in it; what it has after 20 seconds otherwise. */
  const textOf = async (selector: string, part: string): Promise<string> => {
    for (let tries = 0; ; tries++) {
      const text = await browser.evaluate<string>(
        `document.querySelector(${JSON.stringify(selector)})?.innerText ?? ""`,
      );
      if (text.includes(part) || tries === 200) return text.replace(/\s+/g, " ").trim();
      await after(100);
    }
  };

  test("Tierp's notebook opens with the verdict, and its own arithmetic gives what the run gave", async () => {
    expect(await textOf("#mening", "Målet")).toBe(verdict);
    expect(await browser.evaluate("document.documentElement.lang")).toBe("sv");
    expect(await textOf("#prov", "stämmer")).toBe("Allt stämmer.");
    const text = await textOf("main", "60 × 365/365");
    expect(text).toContain("60 × 365/365 + 60 × 366/366 = 60 + 60 = 120 personer");
    expect(text).toContain("73 < 120: målet är ej uppnått");
  });
  test("47 of 73 counted in both years, and 60 in each, would have met the goal", async () => {
    expect(await textOf("#provat", "ej uppnått")).toContain("Rapportens ja avviker");
    await browser.evaluate(`{
      const input = document.querySelector("#cell-29 input[type=number]");
      input.value = 47;
      input.dispatchEvent(new Event("input", {bubbles: true}));
    }`);
    expect(await textOf("#provat", "stämmer")).toMatch(
      /73 \+ 47 = 120, mot 2 × 60 = 120: räcker tillsammans Insatsår 1: 60 ≥ 60, uppnått Insatsår 2: 60 ≥ 60, uppnått År för år är målet då uppnått\. Rapportens ja stämmer\./,
    );
  });
  test("charts are drawn, no cell fails, and every request stays on this machine", async () => {
    expect(await browser.evaluate("document.querySelectorAll('figure svg, svg[class^=plot]').length")).toBe(2);
    expect(await browser.evaluate("document.querySelectorAll('.observablehq--error').length")).toBe(0);
    expect(errors).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(served.address) && !url.startsWith("data:"))).toEqual([]);
  });
});

describe("the report with nothing hidden", () => {
  let shown: Served;
  let example = "";
  beforeAll(async () => {
    example = (await shippedRun("exempel")).out;
    shown = await serve({ out: example, port: 0, pages: internalPages(example) });
  });
  afterAll(() => shown?.close());
  const textOf = async (path: string): Promise<string> => {
    const answer = await fetch(`${shown.address}${path}`);
    expect(answer.status, path).toBe(200);
    return answer.text();
  };
  const publicPages = (): string[] =>
    readdirSync(join(example, "rapport"), { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".html"),
    );

  test("has every page of the report, marked, and no figure is withheld in any", async () => {
    const pages = publicPages();
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) {
      const text = await textOf(`sidor/${page}`);
      expect(text).toContain("<strong>INTERNT.</strong>");
      expect(text.match(/<span>\.\.<\/span>/g), page).toBeNull();
    }
    const hidden = readFileSync(join(example, "rapport/insats/exempel-arbetsvagen.html"), "utf8");
    expect(hidden).toContain("<span>..</span>");
  });
  test("a figure opens the rows that it was made of, as they were delivered, and each that a trace finds", async () => {
    const page = await textOf("sidor/forbund/exempel-norr.html");
    const links = [...new Set([...page.matchAll(/href="\/(rader\/[^"]+)">[^<]*\d/g)].map(([, path = ""]) => path))];
    expect(links.length).toBeGreaterThan(20);
    const db = await open(join(example, "internt/finsam.duckdb"), "read");
    try {
      for (const link of links.filter((_, i) => i % 12 === 0)) {
        const { rader } = await traceFigure(db, decodeURIComponent(link.slice("rader/".length)));
        const { document } = parseHTML(await textOf(link));
        expect(document.querySelectorAll("tbody tr").length, link).toBe(rader.length);
      }
    } finally {
      db.close();
    }
    const invoiced = await textOf("rader/forbundskostnad%2Fexempel-norr%2Finsats%2Fexempel-samverkansteam");
    const amounts = readFileSync(join(root, "data/exempel/exempel-samverkansteam/faktura.csv"), "utf8").split("\n");
    const { document } = parseHTML(invoiced);
    const [row] = document.querySelectorAll("tbody tr");
    const place = Number(row?.querySelector("th")?.textContent?.match(/^\d+/)?.[0]);
    const cells = [...(row?.querySelectorAll("td") ?? [])].slice(1).map(({ textContent }) => textContent);
    expect(cells.join(";")).toBe(amounts[place - 1]?.trim());
  });
  test("the figures of a lead, a goal's sentence and another definition's verdict open their rows too", async () => {
    const linksIn = async (page: string, selector: string): Promise<(string | null)[][]> => {
      const { document } = parseHTML(await textOf(`sidor/${page}`));
      return [...document.querySelectorAll(`${selector} a[href^="/rader/"]`)].map((link) => [
        decodeURIComponent(link.getAttribute("href") ?? "").slice("/rader/".length),
        link.textContent,
      ]);
    };
    const whole = "forbundskostnad/exempel-soder/forbund/exempel-soder";
    const amounts = ["2\u00a0682\u00a0tkr", "3\u00a0524\u00a0tkr", "76\u00a0%"];
    expect(await linksIn("forbund/exempel-soder.html", ".ingress")).toEqual(amounts.map((amount) => [whole, amount]));
    const sentences = await linksIn("insats/exempel-arbetsvagen.html", ".brister li:first-child p");
    expect(sentences[0]).toEqual([
      "malsammanfattning/exempel-arbetsvagen/individer-per-insatsar",
      "Målet nåddes inte: i 0 av 2 insatsår. ",
    ]);
    const prov = await linksIn("definitionsprov.html", "tbody td");
    expect(prov.length).toBeGreaterThan(20);
    expect(prov.every(([id]) => id?.startsWith("definitionsprov/"))).toBe(true);
  });
  test("a count of goals, values, claims or rows opens a list of them, and each there its rows", async () => {
    const listsOf = async (page: string): Promise<Map<string, string[]>> => {
      const { document } = parseHTML(await textOf(`sidor/${page}`));
      expect(document.querySelectorAll("[data-lista]"), page).toHaveLength(0);
      return new Map(
        [...document.querySelectorAll('a[href^="#lista-"]')].map((link) => {
          const list = document.getElementById(link.getAttribute("href")?.slice(1) ?? "")?.nextElementSibling;
          const items = [...(list?.querySelectorAll("a") ?? [])].map((item) => item.getAttribute("href") ?? "");
          return [`${link.textContent}`, items];
        }),
      );
    };
    const first = await listsOf("index.html");
    for (const [said, many] of [
      ["24 är inte nådda", 24],
      ["sex saknar målvärde", 6],
      ["349 bedömda värden", 349],
      ["713 rader ur 45 filer", 45],
    ] as const)
      expect(first.get(said), said).toHaveLength(many);
    const links = [...first.values(), ...(await listsOf("forbund/exempel-norr.html")).values()].flat();
    for (const link of links.filter((_, i) => i % 60 === 0)) await textOf(link.slice(1));
    // Of a delivered table each row is there, with what became of it.
    const { resultat_id: id, ...table } = (
      JSON.parse(readFileSync(join(example, "internt/leveranser.json"), "utf8")) as Record<string, unknown>[]
    ).find(({ fil }) => fil === "data/exempel/exempel-samverkansteam/deltagare.csv") ?? { resultat_id: "" };
    const { document } = parseHTML(await textOf(`rader/${encodeURIComponent(String(id))}`));
    expect(document.querySelectorAll("tbody tr")).toHaveLength(Number(table.rader));
    expect(document.querySelector("main")?.textContent).toContain(`Räknas (${table.lasta})`);
    expect([...(await listsOf("underlag.html")).values()].flat()).toContain(`/rader/${encodeURIComponent(String(id))}`);
  });
  test("writes nothing of it beside what others may have", async () => {
    const all = ["rapport", "diagram"].flatMap((room) =>
      readdirSync(join(example, room), { recursive: true, encoding: "utf8" })
        .filter((file) => /html|svg/.test(file))
        .map((file) => readFileSync(join(example, room, file), "utf8")),
    );
    for (const text of all) expect(text).not.toContain("INTERNT");
  });
  test("a page or figure that is not there is said so", async () => {
    expect((await fetch(`${shown.address}sidor/annat.html`)).status).toBe(404);
    expect((await fetch(`${shown.address}rader/maluppfyllelse%2Fannat`)).status).toBe(404);
  });
});
