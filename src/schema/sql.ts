import { readdirSync, readFileSync } from "node:fs";

/** The SQL that the package ships: `sql/` beside `src/` or `dist/`. */
const sqlFolder = new URL("../../sql/", import.meta.url);

export interface SqlFile {
  readonly name: string;
  readonly text: string;
}

/** Files of one room under `sql/`, in name order, so that a run never depends on the file system's order. */
export const sqlFiles = (room: string): SqlFile[] =>
  readdirSync(new URL(`${room}/`, sqlFolder))
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({
      name: file.slice(0, -".sql".length),
      text: readFileSync(new URL(`${room}/${file}`, sqlFolder), "utf8"),
    }));

export const sqlFile = (room: string, name: string): string =>
  readFileSync(new URL(`${room}/${name}.sql`, sqlFolder), "utf8");

/** A select without its lines of comment: another wording is no other definition. */
export const bareSelect = (text: string): string => text.replace(/^\s*--.*\n/gm, "");
