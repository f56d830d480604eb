/** The edits that the handbook shows as diffs. */

/** A file's edits as one block shows them: hunks set apart by blank lines. */
export interface Edits {
  readonly file: string;
  readonly hunks: readonly { readonly before: string; readonly after: string }[];
}

/** Reads a block that begins with `+++ file`. */
export const readEdits = (block: string): Edits => {
  const [head = "", ...lines] = block.trimEnd().split("\n");
  const hunks = lines
    .join("\n")
    .split(/\n[ ]*\n/)
    .map((hunk) => hunk.split("\n").filter((line) => line !== ""));
  const without = (lines: readonly string[], sign: string): string =>
    lines.flatMap((line) => (line.startsWith(sign) ? [] : [`${line.slice(1)}\n`])).join("");
  return {
    file: head.replace(/^\+\+\+ /, ""),
    hunks: hunks.map((hunk) => ({ before: without(hunk, "+"), after: without(hunk, "-") })),
  };
};

/** @throws Error what is to be replaced does not stand there once */
export const applyEdits = (text: string, { file, hunks }: Edits): string =>
  hunks.reduce((edited, { before, after }) => {
    if (edited.split(before).length !== 2) throw new Error(`${file}: does not stand there once: ${before}`);
    return edited.replace(before, () => after);
  }, text);
