/** `forget` at a terminal: asks who unseen, and prints where the person was, or which versions were pruned; never who. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { count } from "./table.ts";

export interface Forgotten {
  /** Where the person was: once for each file and table. */
  readonly rows: readonly {
    readonly fil: string;
    readonly blad: string | null;
    readonly mottagen: string;
    readonly rader: readonly number[];
    readonly omnamnda: readonly number[];
    /** Rows that were left, under a participant's number that does not tell whose they are. */
    readonly oklara: readonly number[];
  }[];
  /** Delivered files that still lie in their folders with the number in them: they are not this program's to change. */
  readonly delivered: readonly string[];
  /** Workbooks for senders that were taken away, since they hold delivered rows. */
  readonly replies: readonly string[];
}

export interface PrunedVersions {
  readonly versions: readonly { readonly fil: string; readonly mottagen: string }[];
  readonly contents: number;
}

export const forgottenText = ({ rows, delivered, replies }: Forgotten): string => {
  if (rows.length === 0) return "Nothing is kept of that person; nothing was changed.";
  const listed = (numbers: readonly number[]): string =>
    `${numbers.length === 1 ? "row" : "rows"} ${numbers.join(", ")}`;
  const place = ({ fil, blad, mottagen }: Forgotten["rows"][number], where: readonly string[]): string =>
    `  ${fil}${blad === null ? "" : `, ${blad}`} (received ${mottagen}): ${where.join("; ")}`;
  const gone = rows.flatMap((one) => {
    const where = [
      ...(one.rader.length > 0 ? [listed(one.rader)] : []),
      ...(one.omnamnda.length > 0 ? [`a mention in ${listed(one.omnamnda)}`] : []),
    ];
    return where.length > 0 ? [place(one, where)] : [];
  });
  const unclear = rows.filter(({ oklara }) => oklara.length > 0);
  return [
    "Removed from the archive, and from the database, results and report, which have been made anew:",
    ...gone,
    ...(unclear.length > 0
      ? [
          "Left as they are: rows without an identity number, under a participant's number that the person has had and that does not tell whose they are. Ask the sender which are the person's, and for a new version without them:",
          ...unclear.map((one) => place(one, [listed(one.oklara)])),
        ]
      : []),
    ...(replies.length > 0
      ? [`Workbooks for senders taken away: ${replies.join(", ")}; finsam reply makes them anew.`]
      : []),
    ...(delivered.length > 0
      ? [
          `Still in the delivered files, which are yours to mend: ${delivered.join(", ")}. As they are they are not read again; a new version of one is.`,
        ]
      : []),
  ].join("\n");
};

export const prunedText = ({ versions, contents }: PrunedVersions): string =>
  versions.length === 0
    ? "Nothing to prune; reports of days before that cannot be made again."
    : [
        `Pruned ${count(versions.length, "version")}, ${count(contents, "file")} of the archive:`,
        ...versions.map(({ fil, mottagen }) => `  ${fil} (received ${mottagen})`),
      ].join("\n");

/** @returns the first line of standard input; a terminal does not echo it */
export const askSecretly = async (prompt: string): Promise<string> => {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(prompt);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal, historySize: 0 });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write("\n");
  }
};
