/** One Chromium for all pages of a test file, by its own protocol. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { temporaryFolder } from "./folders.ts";

const program = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"].find(existsSync);

/** Whether there is a browser; a file that needs one says so where it skips. */
export const hasBrowser = program !== undefined;
if (!hasBrowser) console.warn("no Chromium: what a page looks like is not tested");

type Result = Readonly<Record<string, unknown>>;

export interface Browser {
  /** Opens a page, so many CSS pixels wide and high. */
  open(address: string, wide?: number, high?: number): Promise<void>;
  /** The value of an expression in the page, awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /** Sends a command of the protocol to the page. */
  send(method: string, parameters?: object): Promise<Result>;
  /** Does something at each event of the protocol that has this name. */
  on(event: string, listener: (parameters: Result) => void): void;
  /** The open page as it is printed. */
  pdf(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Where the browser listens: it writes a file when it does. */
const portOf = async (profile: string, child: ChildProcess): Promise<string> => {
  for (let i = 0; i < 600; i++) {
    if (child.exitCode !== null) throw new Error(`chromium: exit code ${child.exitCode}`);
    try {
      const [port, path] = readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n");
      if (port && path) return `ws://127.0.0.1:${port}${path}`;
    } catch {
      // Not yet written.
    }
    await wait(100);
  }
  throw new Error("chromium: does not listen");
};

/** @param own flags besides those that all tests need */
export const startBrowser = async (...own: string[]): Promise<Browser> => {
  const profile = join(temporaryFolder("webb"), "profil");
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0"];
  const child = spawn(program ?? "", [...flags, ...own, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: "ignore",
  });
  const socket = new WebSocket(await portOf(profile, child));
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  let last = 0;
  const waiting = new Map<number, { resolve(result: Result): void; reject(error: Error): void }>();
  const events = new Map<string, (parameters: Result) => void>();
  socket.addEventListener("message", ({ data }) => {
    const { id, method, params, result, error } = JSON.parse(String(data)) as {
      id?: number;
      method?: string;
      params?: Result;
      result?: Result;
      error?: { message: string };
    };
    if (method !== undefined) events.get(method)?.(params ?? {});
    const one = id === undefined ? undefined : waiting.get(id);
    if (id !== undefined) waiting.delete(id);
    if (error) one?.reject(new Error(error.message));
    else one?.resolve(result ?? {});
  });
  const call = (method: string, params: object, sessionId?: string): Promise<Result> =>
    new Promise((resolve, reject) => {
      last++;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params, sessionId }));
    });
  const { targetId } = await call("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
  const send = (method: string, parameters: object = {}): Promise<Result> =>
    call(method, parameters, String(sessionId));
  await send("Page.enable");
  return {
    send,
    on: (event, listener) => events.set(event, listener),
    open: async (address, wide = 1280, high = 900) => {
      await send("Emulation.setDeviceMetricsOverride", {
        ...{ width: wide, height: high, deviceScaleFactor: 1, mobile: false },
      });
      const loaded = new Promise((resolve) => events.set("Page.loadEventFired", resolve));
      await send("Page.navigate", { url: new URL(address, "file://").href });
      await loaded;
    },
    evaluate: async <T>(expression: string) => {
      const { result, exceptionDetails } = (await send("Runtime.evaluate", {
        ...{ expression, awaitPromise: true, returnByValue: true },
      })) as { result: { value: T }; exceptionDetails?: { exception?: { description?: string } } };
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
      return result.value;
    },
    pdf: async () => {
      const { data } = await send("Page.printToPDF", { preferCSSPageSize: true, printBackground: true });
      return Buffer.from(String(data), "base64");
    },
    close: async () => {
      await call("Browser.close", {});
      socket.close();
    },
  };
};
