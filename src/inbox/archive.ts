/**
 * What has been received: an index of versions, and each content's cells as they were after the door, by content hash.
 * Rows come from here, so a file that is taken away keeps its rows until a new version of it arrives.
 * A run reads what stands and writes beside it: the swap that makes the run whole puts both in one place.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { StoppedError } from "../schema/errors.ts";
import { type FindingCode, findings } from "../schema/findings.ts";
import type { Tabell } from "./table.ts";

const version = z.strictObject({
  leverans: z.string(),
  fil: z.string(),
  sha256: z.string(),
  mottagen: z.string(),
});
const index = z.strictObject({
  /** Fingerprint of the key the pseudonyms were made with. */
  nyckel: z.string().optional(),
  /** In the order they were first ingested. */
  versioner: z.array(version),
});

export type Version = z.infer<typeof version>;

export interface Archive {
  nyckel: string | undefined;
  readonly versioner: Version[];
  has(sha256: string): boolean;
  read(sha256: string): Tabell[];
  write(sha256: string, tabeller: readonly Tabell[]): void;
  /** Writes the index beside what stands: called once, when the run is whole. */
  commit(): void;
}

const contents = z.array(
  z.strictObject({
    blad: z.string(),
    kodning: z.string(),
    avgransare: z.string(),
    poster: z.array(z.strictObject({ rad: z.number(), celler: z.array(z.string()), slag: z.string().optional() })),
    fynd: z
      .array(
        z.strictObject({
          kod: z.enum(Object.keys(findings) as [FindingCode]),
          rad: z.number().nullable(),
          cell: z.number().nullable(),
          varde: z.string().optional(),
          detalj: z.string().optional(),
        }),
      )
      .optional(),
    epok: z.union([z.literal(1900), z.literal(1904)]).optional(),
  }),
);

const indexName = "leveranser.json";

/**
 * @param folder the archive as it stands
 * @param work where this run writes what is added to it
 */
export const openArchive = (folder: string, work: string): Archive => {
  const indexFile = join(folder, indexName);
  const stored = existsSync(indexFile) ? index.parse(JSON.parse(readFileSync(indexFile, "utf8"))) : { versioner: [] };
  const nameOf = (sha256: string): string => `${sha256}.json.gz`;
  const fileOf = (sha256: string): string | undefined =>
    [work, folder].map((place) => join(place, nameOf(sha256))).find((path) => existsSync(path));
  return {
    nyckel: stored.nyckel,
    versioner: stored.versioner,
    has: (sha256) => fileOf(sha256) !== undefined,
    read(sha256) {
      const file = fileOf(sha256);
      if (!file) throw new StoppedError(`the archive lacks ${nameOf(sha256)}; restore arkiv from a copy`);
      return contents.parse(JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")));
    },
    write(sha256, tabeller) {
      writeFileSync(join(work, nameOf(sha256)), gzipSync(JSON.stringify(tabeller)), { mode: 0o600 });
    },
    commit() {
      const { nyckel, versioner } = this;
      const text = JSON.stringify({ ...(nyckel ? { nyckel } : {}), versioner }, null, 1);
      writeFileSync(join(work, indexName), `${text}\n`, { mode: 0o600 });
    },
  };
};
