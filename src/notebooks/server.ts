/** Notebooks on a run's results, for one person's own browser: served on 127.0.0.1 and asking nothing of any other host. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { open } from "../db/open.ts";
import { UsageError } from "../schema/errors.ts";
import { resultNames } from "../schema/results.ts";
import { deliveredRows, evidenceRows } from "./rows.ts";

export interface ServeOptions {
  readonly out?: string | undefined;
  /** Where to listen; the next free one if it is taken, any free one if 0. */
  readonly port?: number | undefined;
  /** Pages of the run with nothing hidden by their paths under `rapport/`, and the rows of a figure, some at a time, from 1. */
  readonly pages?: {
    page(path: string): Promise<string | undefined>;
    rows(resultatId: string, sheet: number): Promise<string>;
  };
  /** Told what went wrong with a request. */
  readonly problem?: ((line: string) => void) | undefined;
}

export interface Served {
  readonly address: string;
  /** Each notebook's own address. */
  readonly notebooks: readonly string[];
  close(): Promise<void>;
}

interface Answer {
  readonly status?: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

const host = "127.0.0.1";
const folder = fileURLToPath(new URL("../../notebooks/", import.meta.url));

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".yaml": "text/yaml; charset=utf-8",
  ".woff2": "font/woff2",
};

/** The browser itself holds the page to its own address. */
const headers = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy":
    "default-src 'self'; script-src-attr 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
};

const plainText = (status: number, body: string): Answer => ({ status, type: "text/plain; charset=utf-8", body });
const file = (name: string, body: Answer["body"]): Answer => ({
  type: types[extname(name)] ?? "application/octet-stream",
  body,
});

/** None where the program is installed from its package. */
const notebooksIn = (): string[] =>
  (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith(".html")).sort();

const contents = (): Answer =>
  file(
    "index.html",
    `<!doctype html><html lang="sv"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Notebooks</title>
<style>body{font:17px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:40rem;padding:0 1rem}</style>
<h1>Notebooks</h1><ul>${notebooksIn()
      .map((name) => `<li><a href="${name}">${name.replace(/\.html$/, "")}</a>`)
      .join("")}</ul></html>`,
  );

/** `data/…`: an export as the run wrote it, or rows asked of its database. */
const dataOf = async (internt: string, path: string): Promise<Answer | null> => {
  const [, result = ""] = /^(\w+)\.(?:json|csv|arrow|parquet)$/.exec(path) ?? [];
  if (resultNames.some((name) => name === result)) return file(path, readFileSync(join(internt, path)));
  const [, kind, insats = "", name = ""] = /^(kallrader|bevis)\/([^/]+)\/(\w+)\.json$/.exec(path) ?? [];
  if (!kind) return null;
  const db = await open(join(internt, "finsam.duckdb"), "read");
  try {
    return file(path, JSON.stringify(await (kind === "bevis" ? evidenceRows : deliveredRows)(db, insats, name)));
  } finally {
    db.close();
  }
};

const listen = (server: Server, port: number, tries = 20): Promise<void> =>
  new Promise((done, failed) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE" && tries > 0) listen(server, port + 1, tries - 1).then(done, failed);
      else failed(error);
    };
    server.once("error", refused);
    server.listen(port, host, () => {
      server.off("error", refused);
      done();
    });
  });

/**
 * Serves every notebook in `notebooks/` on the results in `out`. A page is compiled anew each time it is loaded, and its
 * data are read when it asks for them: after a change of a cell, or a new run, reload the page.
 * @throws UsageError when there are no results
 */
export const serve = async ({
  out = "out",
  port = 4321,
  problem = () => {},
  pages,
}: ServeOptions = {}): Promise<Served> => {
  const internt = join(resolve(out), "internt");
  if (!existsSync(join(internt, "finsam.duckdb"))) {
    throw new UsageError(`${out}: no results there; run "npm start" first`);
  }
  const compiled = new Map<string, string | Uint8Array>();

  const answer = async (path: string, sheet: number): Promise<Answer> => {
    if (path === "") return contents();
    if (pages && path.startsWith("sidor/")) {
      const text = await pages.page(path.slice("sidor/".length));
      return text === undefined ? plainText(404, `${path}: no such page`) : file("sida.html", text);
    }
    if (pages && path.startsWith("rader/"))
      return file("sida.html", await pages.rows(path.slice("rader/".length), sheet));
    if (path.startsWith("data/")) {
      return (await dataOf(internt, path.slice("data/".length))) ?? plainText(404, `${path}: no such data`);
    }
    if (notebooksIn().includes(path)) {
      // The compiler takes a second to load: not before the first page is asked for.
      const { compile } = await import("./compile.ts");
      for (const [name, body] of await compile(join(folder, path))) compiled.set(name, body);
    }
    const body = compiled.get(path);
    return body === undefined ? plainText(404, `${path}: no such file`) : file(path, body);
  };

  const server = createServer();
  const answered = async ({ url = "/", method, headers: { host: asked = "" } }: IncomingMessage): Promise<Answer> => {
    // Another site's page may have its own name point here: what is internal is given to this address only.
    const { port: own } = server.address() as AddressInfo;
    if (asked !== `${host}:${own}` && asked !== `localhost:${own}`) return plainText(403, `${asked}: not served here`);
    if (method !== "GET" && method !== "HEAD") return plainText(405, "only GET");
    try {
      const { pathname, searchParams } = new URL(url, `http://${host}`);
      return await answer(decodeURIComponent(pathname).slice(1), Number(searchParams.get("blad") ?? 1));
    } catch (error) {
      const text = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
      problem(`${url}: ${text}`);
      return plainText(error instanceof UsageError || error instanceof URIError ? 404 : 500, text);
    }
  };
  server.on("request", async (request, response) => {
    const { status = 200, type, body } = await answered(request);
    response.writeHead(status, { ...headers, "Content-Type": type }).end(request.method === "HEAD" ? undefined : body);
  });
  await listen(server, port);

  const address = `http://${host}:${(server.address() as AddressInfo).port}/`;
  return {
    address,
    notebooks: notebooksIn().map((name) => `${address}${name}`),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
