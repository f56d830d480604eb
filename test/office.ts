/** The machine's office suite: it reads what is written here apart from the program that wrote it. */
import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "./folders.ts";

const office = ["/usr/bin/soffice", "/usr/bin/libreoffice"].find(existsSync);

/** A suite may be installed without its word processor or its spreadsheets. */
const has = (library: string): boolean =>
  office !== undefined && existsSync(join(dirname(realpathSync(office)), library));

export const hasWriter = has("libswlo.so");
export const hasCalc = has("libsclo.so");

/**
 * Converts a file.
 * @param filter as the suite names what it writes
 * @returns the folder where that lies, under the name of the file
 */
export const convert = (file: string, filter: string): string => {
  const folder = temporaryFolder("kontor");
  const profile = `-env:UserInstallation=file://${temporaryFolder("profil")}`;
  const options = ["--headless", "--convert-to", filter, "--outdir", folder];
  execFileSync(office ?? "", [profile, ...options, file], { stdio: "ignore", timeout: 100_000 });
  return folder;
};
