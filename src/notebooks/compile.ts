/** A notebook file to what a browser loads: Notebook Kit's own compiler and runtime, everything in memory. */
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { observable } from "@observablehq/notebook-kit/vite";
import { build, type Plugin } from "vite";
import { lasord, ordlista } from "../schema/ordlista.ts";
import { packages } from "./packages.ts";

const kit = fileURLToPath(new URL("..", import.meta.resolve("@observablehq/notebook-kit/runtime")));

/** Swedish, and without an icon that the browser would go looking for. */
const template = (html: string): string =>
  html.replace('<html lang="en">', '<html lang="sv">').replace("</head>", '<link rel="icon" href="data:,"></head>');

/** The word lists, which a run reads from their files, as a module: a browser has no files. */
const words: Plugin = {
  name: "finsam:words",
  enforce: "pre",
  load: {
    filter: { id: /\/schema\/ordlista\.[jt]s$/ },
    handler: () =>
      Object.entries({ lasord, ordlista })
        .map(([name, list]) => `export const ${name} = ${JSON.stringify(list)};`)
        .join("\n"),
  },
};

/**
 * Files by name, the page itself and what it asks for: all beside each other, so that `data/…` means the same in all.
 * @throws Error as the compiler says it, when a cell is no JavaScript
 */
export const compile = async (notebook: string): Promise<Map<string, string | Uint8Array>> => {
  const output = await build({
    root: dirname(notebook),
    base: "./",
    appType: "mpa",
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "silent",
    resolve: { alias: [{ find: /^observable:(.*)$/, replacement: `${kit}$1` }] },
    plugins: [observable({ transformTemplate: template }), packages(), words],
    build: {
      write: false,
      target: "esnext",
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: notebook,
        // The standard library names packages that are not installed; what they export is not known, and not needed.
        shimMissingExports: true,
        output: {
          entryFileNames: "[name]-[hash].js",
          chunkFileNames: "[name]-[hash].js",
          assetFileNames: "[name]-[hash][extname]",
        },
      },
    },
  });
  if (!("output" in output)) throw new Error(`${basename(notebook)}: the build gave no files`);
  return new Map(output.output.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source]));
};
