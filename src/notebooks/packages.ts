/**
 * Where a notebook's imports come from: node_modules. Notebook Kit writes `npm:` imports, its own standard library and
 * its style sheets as addresses on a CDN; here they are read as names of installed packages, in the lockfile's versions,
 * so that a notebook works without network. What is not installed fails in the cell that asks for it, not in the build.
 */
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const cdn = "https://cdn.jsdelivr.net/npm/";
const from = fileURLToPath(new URL("../../package.json", import.meta.url));
const missing = "\0missing:";

/** `npm:@scope/name@17.0.0/path/+esm` as node_modules has it: `@scope/name/path`. */
const installedName = (specifier: string): string =>
  specifier
    .replace(/^npm:/, "")
    .replace(/\/\+esm$/, "")
    .replace(/(?<=.)@[^/]+/, "");

const failing = (specifier: string): string => {
  const advice = specifier.startsWith("npm:")
    ? `Paketet ${installedName(specifier)} är inte installerat. Kör: npm install --save-dev ${installedName(specifier)}`
    : `${specifier}: en notebook hämtar inget från nätet. Använd npm: och ett installerat paket.`;
  return `export default undefined;\nthrow new Error(${JSON.stringify(advice)});\n`;
};

export const packages = (): Plugin => ({
  name: "finsam:packages",
  enforce: "pre",
  transform: {
    filter: { id: /\/notebook-kit\// },
    handler: (code, id) =>
      code.includes(cdn) ? { code: code.replaceAll(cdn, id.endsWith(".css") ? "" : "npm:"), map: null } : null,
  },
  resolveId: {
    filter: { id: /^(npm|https?):/ },
    async handler(asked) {
      const specifier = asked.replace(cdn, "npm:");
      if (!specifier.startsWith("npm:")) return `${missing}${specifier}`;
      const found = await this.resolve(installedName(specifier), from).catch(() => null);
      return found ?? `${missing}${specifier}`;
    },
  },
  load: { filter: { id: /^\0missing:/ }, handler: (id) => failing(id.slice(missing.length)) },
});
