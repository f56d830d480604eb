/** Every page of the shipped reports as a browser shows and prints it. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, hasBrowser, startBrowser } from "../browser.ts";
import { temporaryFolder } from "../folders.ts";
import { type Shipped, shippedRun } from "../shipped.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const pagesOf = async (shipped: Shipped): Promise<string[]> => {
  const folder = join((await shippedRun(shipped)).out, "rapport");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html"))
    .map((file) => join(folder, file));
};

const opened = "for (const part of document.querySelectorAll('details')) part.open = true";

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(!hasBrowser)("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  describe.each(["kallor", "exempel"] as const)("the pages of %s", (shipped) => {
    test("have no fault that axe finds, by WCAG 2.1 AA and best practice", async () => {
      const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
      for (const page of await pagesOf(shipped)) {
        // A telephone's layout is the same for all pages of a kind: one of each is enough.
        const isFirst = /index|exempel-oppet-hus|exempel-soder|tierp/.test(page);
        for (const wide of isFirst ? [1280, 320] : [1280]) {
          await browser.open(page, wide);
          await browser.evaluate(axe);
          await browser.evaluate(opened);
          await browser.evaluate(
            "for (const part of document.querySelectorAll('tbody')) for (const row of [...part.rows].slice(4)) row.remove()",
          );
          const found = await browser.evaluate<Found[]>(
            `axe.run({ runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] }).then(({ violations }) =>
               violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => ({ html })) })))`,
          );
          expect(found, `${page} ${wide}`).toEqual([]);
        }
      }
    }, 240_000);

    test("never scroll sideways at 400 % zoom, where 1280 pixels are 320", async () => {
      for (const page of await pagesOf(shipped)) {
        await browser.open(page, 320);
        await browser.evaluate(opened);
        const wide = await browser.evaluate<string[]>(
          `[...document.querySelectorAll("body *")].filter((one) => !one.closest("svg *, .dold, .hoppa, thead") && one.getBoundingClientRect().right > 320.5).map((one) => one.outerHTML.slice(0, 120))`,
        );
        expect(wide, page).toEqual([]);
        expect(await browser.evaluate("document.documentElement.scrollWidth"), page).toBeLessThanOrEqual(320);
      }
    }, 240_000);
  });

  test.each(["kallor", "exempel"] as const)(
    "%s: each question of a board is answered on the first two screens of the page where one looks",
    async (shipped) => {
      const answers = {
        "index.html": { "vad att besluta": "Att ta ställning till", "kan jag lita på det": "Går det att lita på?" },
        "forbund/": {
          "mitt förbunds resultat": "mål",
          "kvinnor och män": "Kvinnor och män",
          "vad det kostar och vem som betalar": "Pengar",
          "kan jag lita på det": "Underlag och säkerhet",
        },
      };
      for (const page of await pagesOf(shipped)) {
        const [, asked] = Object.entries(answers).find(([kind]) => page.includes(`rapport/${kind}`)) ?? [];
        if (asked === undefined) continue;
        await browser.open(page);
        /** The end of the first thing under a heading, or of the lead, that says so. */
        const ends = await browser.evaluate<Record<string, number | null>>(
          `Object.fromEntries(Object.entries(${JSON.stringify(asked)}).map(([question, words]) => {
            const one = [...document.querySelectorAll("main h2, .ingress")].find((one) => one.textContent.replaceAll("\\u00ad", "").includes(words));
            const answer = one?.matches(".ingress") ? one : one?.nextElementSibling;
            return [question, answer?.getBoundingClientRect().bottom ?? null];
          }))`,
        );
        for (const [question, end] of Object.entries(ends)) {
          expect(end, `${page}: ${question}`).not.toBeNull();
          expect(end, `${page}: ${question}`).toBeLessThan(1800);
        }
      }
    },
    120_000,
  );

  test.each([
    ["kallor", "index.html", 1],
    ["exempel", "index.html", 1],
    ["kallor", "forbund/finsam-lund.html", 2],
    ["kallor", "forbund/skane-nordost.html", 2],
    ["exempel", "forbund/exempel-soder.html", 2],
    ["kallor", "insats/nasby-modellen.html", 4],
    ["kallor", "insats/tierp-partsamordnare.html", 4],
    ["exempel", "insats/exempel-arbetsvagen.html", 4],
    ["exempel", "insats/exempel-samverkansteam.html", 4],
  ] as const)(
    "on paper %s: %s is at most %i sheets",
    async (shipped, path, most) => {
      await browser.open(join((await shippedRun(shipped)).out, "rapport", path));
      const sheets = (await browser.pdf()).toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
      expect(sheets).toBeGreaterThan(0);
      expect(sheets).toBeLessThanOrEqual(most);
    },
    120_000,
  );

  test.skipIf(!existsSync("/usr/bin/pdftotext"))(
    "no heading, caption, table head or heading of a group ends a sheet, with every part of the page unfolded",
    async () => {
      const pages = (await Promise.all((["kallor", "exempel"] as const).map(pagesOf))).flat();
      const pdf = join(temporaryFolder("blad"), "sida.pdf");
      for (const page of pages.filter((one) => /nasby|respaldo|aktiv|tierp|arbetsvagen|soder|underlag/.test(one))) {
        await browser.open(page);
        await browser.evaluate(opened);
        // What leads to what comes after it ends in a sign that no page has.
        const marked = await browser.evaluate<number>(
          `[...document.querySelectorAll("main :is(h1, h2, h3, h4, caption, thead th, tr.grupp th)")].map((one) => one.append(" ¤")).length`,
        );
        writeFileSync(pdf, await browser.pdf());
        const text = execFileSync("/usr/bin/pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
        const sheets = text.split("\f").slice(0, -2);
        // The last line of a sheet is its foot.
        const last = sheets.map((sheet) =>
          sheet.trimEnd().split("\n").slice(0, -1).join("\n").trimEnd().split("\n").at(-1),
        );
        expect(sheets.length, page).toBeGreaterThan(1);
        expect(text.split("¤").length, page).toBeGreaterThan(marked);
        expect(
          last.filter((line) => line?.includes("¤")),
          page,
        ).toEqual([]);
      }
    },
    120_000,
  );

  test("with forced colours every verdict keeps its mark, and what has focus its frame", async () => {
    const { out } = await shippedRun("exempel");
    await browser.open(join(out, "rapport/insats/exempel-oppet-hus.html"));
    await browser.send("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value: "active" }] });
    const marks = await browser.evaluate<string[]>(
      `[...document.querySelectorAll(".utfall")].map((one) => { const { backgroundColor, backgroundImage, borderTopStyle, width } = getComputedStyle(one, "::before"); return [one.textContent, backgroundColor, backgroundImage, borderTopStyle, width].join(" "); })`,
    );
    await browser.send("Emulation.setEmulatedMedia", { features: [] });
    expect(new Set(marks.map((mark) => mark.split(" ")[0])).size).toBeGreaterThan(1);
    const looks = new Map(marks.map((mark) => [mark.replace(/ (rgb|none).*/, ""), mark.replace(/^.*? (?=rgb)/, "")]));
    expect(new Set(looks.values()).size).toBe(looks.size);
  }, 60_000);

  test("with the keyboard alone the first stop leads past the navigation, and every stop is seen", async () => {
    const { out } = await shippedRun("kallor");
    await browser.open(join(out, "rapport/forbund/finsam-lund.html"));
    const press = async (key: string, code: number): Promise<void> => {
      for (const type of ["keyDown", "keyUp"]) {
        await browser.send("Input.dispatchKeyEvent", {
          ...{ type, key, code: key, windowsVirtualKeyCode: code, ...(key === "Enter" && { text: "\r" }) },
        });
      }
    };
    const focused = (): Promise<{ text: string; outline: string; left: number }> =>
      browser.evaluate(
        `(() => { const one = document.activeElement; const { outlineStyle, outlineWidth } = getComputedStyle(one); return { text: one.textContent.trim(), outline: outlineStyle + " " + outlineWidth, left: one.getBoundingClientRect().left }; })()`,
      );
    await press("Tab", 9);
    expect((await focused()).text).toBe("Hoppa till innehållet");
    const stops = await browser.evaluate<number>("document.querySelectorAll('a[href], summary').length");
    const seen: string[] = [];
    for (let i = 0; i < Math.min(stops, 25); i++) {
      const { text, outline, left } = await focused();
      expect(outline, text).toBe("solid 3px");
      expect(left, text).toBeGreaterThanOrEqual(0);
      seen.push(text);
      await press("Tab", 9);
    }
    expect(seen.length).toBeGreaterThan(10);
  }, 60_000);
});
