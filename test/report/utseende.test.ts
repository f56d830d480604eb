/** The part of the font that pages and pictures carry. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";
import { expect, test } from "vitest";
import * as palette from "../../src/report/charts/palette.ts";
import { style } from "../../src/report/utseende.ts";
import { expectGolden } from "../golden.ts";
import { shippedRun } from "../shipped.ts";

const ofPackage = (path: string): Buffer =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${path}`)));

/** Letters of Swedish and its neighbours, figures, and the signs that the report writes. */
const signs = [
  Array.from({ length: 95 }, (_, i) => String.fromCodePoint(32 + i)).join(""),
  "ÅÄÖÀÁÈÉÜÆØÇÑåäöàáèéüæøçñß",
  "\u00a0\u00ad§°±²³·½×÷–—‘’“”„…•−→←↑↓≤≥≈☐☑",
].join("");

test("is made of the whole font that the package ships, and its licence stands beside it", async () => {
  const faces = await Promise.all(
    (
      [
        [400, "400Regular/SourceSans3_400Regular.ttf"],
        [600, "600SemiBold/SourceSans3_600SemiBold.ttf"],
      ] as const
    ).map(async ([weight, path]) => {
      const part = await subsetFont(ofPackage(path), signs, {
        targetFormat: "woff2",
        noHinting: true,
        noLayoutClosure: true,
        keepFeatures: ["kern", "tnum"],
      });
      return `@font-face{font-family:Rapporttext;font-weight:${weight};src:url(data:font/woff2;base64,${part.toString("base64")}) format("woff2")}\n`;
    }),
  );
  expect(faces.join("").length).toBeLessThan(25_000);
  expectGolden("../../data/utseende/rapporttext.css", faces.join(""));
  expect(readFileSync(join(import.meta.dirname, "../../data/utseende/OFL.txt"))).toEqual(ofPackage("LICENSE_FONT"));
});

test("the bars and marks of a page have the colours of the charts", () => {
  const { blue, ink, orange, paper, quiet, vermillion } = palette;
  expect(style).toMatch(new RegExp(`--ink: ${ink}; --quiet: ${quiet};`));
  expect(style).toContain(`.stapel .uppnatt { background: ${blue}; }`);
  expect(style).toContain(`.stapel .ej_uppnatt { background: ${vermillion}; }`);
  expect(style).toContain(`.nara::before { background: ${orange}; border-radius: 50%; }`);
  expect(style).toContain(`.ej_matbart::before, .dolt::before { background: ${paper}; border-style: dashed; }`);
});

test.each(["kallor", "exempel"] as const)("has every letter of the pages of %s", async (shipped) => {
  const { out } = await shippedRun(shipped);
  const held = new Set(signs);
  const files = ["rapport", "diagram"].flatMap((room) =>
    readdirSync(join(out, room), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(html|svg)$/.test(file))
      .map((file) => join(out, room, file)),
  );
  const missing = new Set<string>();
  for (const file of files) {
    const text = readFileSync(file, "utf8")
      .replace(/<style>[\s\S]*?<\/style>/g, "")
      .replace(/<[^>]*>/g, "");
    for (const sign of text) if (sign >= " " && !held.has(sign)) missing.add(sign);
  }
  expect([...missing]).toEqual([]);
});
