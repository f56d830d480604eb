/**
 * The ways a budget cell may have been made of its staffing lines otherwise than their text says. Each is one change to
 * one line, or the same change to every line it fits, and takes its figures from the delivered rows; only a number of
 * months is free.
 */
import {
  costOf,
  factorOf,
  fullTimeOf,
  isSame,
  type Line,
  type Rate,
  successorsOf,
  times,
  whole,
  wholeMonth,
} from "./line.ts";

/** The lines of one budget line, the year they are asked about, and the whole insats's lines as evidence. */
export interface Staffing {
  readonly ar: number;
  readonly lines: readonly Line[];
  readonly all: readonly Line[];
}

export type Change =
  /** A line went on beside the one that took its place. */
  | { readonly kind: "bredvid"; readonly lines: readonly Line[]; readonly of: Line }
  /** Full time was priced as in another of the role's lines. */
  | { readonly kind: "takt"; readonly lines: readonly Line[]; readonly of: Line }
  /** The share is another line's of the post. */
  | { readonly kind: "omfattning"; readonly lines: readonly Line[]; readonly of: Line }
  /** The factor from pay to cost is another line's of the insats, or none was used. */
  | { readonly kind: "faktor"; readonly lines: readonly Line[]; readonly of: Line | null; readonly faktor: Rate }
  /** The cost of full time was taken for the share's, or the share's for that of full time. */
  | { readonly kind: "andel"; readonly lines: readonly Line[]; readonly last: "andelens" | "heltidens" }
  /** The line was left out. */
  | { readonly kind: "utan"; readonly lines: readonly Line[] }
  /** The line was priced for another whole number of months. */
  | { readonly kind: "manader"; readonly lines: readonly Line[]; readonly antal: number };

/** In the order in which equally simple changes are named: what the rows themselves bear out first, what is free last. */
export const kinds = [
  "bredvid",
  "takt",
  "omfattning",
  "faktor",
  "andel",
  "utan",
  "manader",
] as const satisfies readonly Change["kind"][];

/** A calendar year has no more. */
const mostMonths = 12;

const none = whole(1n);

/** What a change makes of one line: its rate, its months, or neither. */
export const effect = (change: Change, line: Line, { ar, lines }: Staffing): { rate?: Rate; delar?: bigint } => {
  const fullTime = fullTimeOf(line);
  switch (change.kind) {
    case "bredvid": {
      const own = line.delar.get(ar) ?? 0n;
      return { delar: successorsOf(line, lines).reduce((sum, later) => sum + (later.delar.get(ar) ?? 0n), own) };
    }
    case "takt": {
      const other = fullTimeOf(change.of);
      return other ? { rate: times(other, line.omfattning) } : {};
    }
    case "omfattning":
      return fullTime ? { rate: times(fullTime, change.of.omfattning) } : {};
    case "faktor":
      return line.manadslon === null
        ? {}
        : { rate: times(times(whole(line.manadslon), change.faktor), line.omfattning) };
    case "andel":
      if (change.last === "andelens") return fullTime ? { rate: fullTime } : {};
      return line.kostnad ? { rate: times(line.kostnad, line.omfattning) } : {};
    case "utan":
      return { delar: 0n };
    case "manader":
      return { delar: BigInt(change.antal) * wholeMonth };
  }
};

const isActive =
  ({ ar }: Staffing) =>
  (line: Line): boolean =>
    (line.delar.get(ar) ?? 0n) > 0n;

/** One of each, where several say the same: the first delivered. */
const distinct = <T>(items: readonly T[], value: (item: T) => Rate | null): T[] =>
  items.filter((item, i) => {
    const own = value(item);
    return (
      own !== null &&
      !items.slice(0, i).some((other) => {
        const seen = value(other);
        return seen !== null && isSame(seen, own);
      })
    );
  });

const ofLine = (line: Line, staffing: Staffing): Change[] => {
  const { ar, lines, all } = staffing;
  const one = [line];
  const others = lines.filter((other) => other !== line);
  const successors = successorsOf(line, lines);
  const [next] = successors;
  const beside: Change[] =
    next !== undefined && successors.some(isActive(staffing)) ? [{ kind: "bredvid", lines: one, of: next }] : [];
  if (!isActive(staffing)(line)) return beside;
  const sameRole = others.filter(({ part_id: part, roll }) => part === line.part_id && roll === line.roll);
  const factor = factorOf(line);
  return [
    ...beside,
    ...distinct(sameRole, fullTimeOf).map((of): Change => ({ kind: "takt", lines: one, of })),
    ...distinct(others, ({ omfattning }) => omfattning).map((of): Change => ({ kind: "omfattning", lines: one, of })),
    ...(line.manadslon === null
      ? []
      : [
          ...distinct(all, factorOf).flatMap((of): Change[] => {
            const faktor = factorOf(of);
            return faktor && !(factor && isSame(faktor, factor)) ? [{ kind: "faktor", lines: one, of, faktor }] : [];
          }),
          { kind: "faktor", lines: one, of: null, faktor: none } as const,
        ]),
    ...(line.heltidskostnad !== null || line.manadslon !== null
      ? [{ kind: "andel", lines: one, last: "andelens" } as const]
      : []),
    ...(line.manadskostnad !== null && line.heltidskostnad === null
      ? [{ kind: "andel", lines: one, last: "heltidens" } as const]
      : []),
    ...(line.kostnad === null ? [] : [{ kind: "utan", lines: one } as const]),
    ...Array.from({ length: mostMonths }, (_, i): Change => ({ kind: "manader", lines: one, antal: i + 1 })).filter(
      (change) => effect(change, line, staffing).delar !== (line.delar.get(ar) ?? 0n),
    ),
  ];
};

/** The same slip in every line that it fits: one assumption about several lines, where they share a period or a factor. */
const ofSeveral = (staffing: Staffing, single: readonly Change[]): Change[] => {
  const { ar, lines } = staffing;
  const active = lines.filter(isActive(staffing));
  const alike = (same: (line: Line) => string | null): Line[][] =>
    [...Map.groupBy(active, same)].flatMap(([key, group]) => (key !== null && group.length > 1 ? [group] : []));
  const months = alike((line) => String(line.delar.get(ar))).flatMap((group) =>
    Array.from({ length: mostMonths }, (_, i): Change => ({ kind: "manader", lines: group, antal: i + 1 })).filter(
      (change) => group.every((line) => effect(change, line, staffing).delar !== line.delar.get(ar)),
    ),
  );
  const factors = alike((line) => {
    const factor = line.manadslon === null ? null : factorOf(line);
    return factor && `${(factor.n * 1_000_000_000n) / factor.d}`;
  }).flatMap((group) =>
    single.flatMap((change): Change[] =>
      change.kind === "faktor" && change.lines[0] === group[0] ? [{ ...change, lines: group }] : [],
    ),
  );
  return [...factors, ...months];
};

/** Öre that changes add to the cell, line by line; null where a line is left without a cost to price. */
export const differenceOf = (changes: readonly Change[], staffing: Staffing): bigint | null => {
  let sum = 0n;
  for (const line of new Set(changes.flatMap(({ lines }) => lines))) {
    const made = changes
      .filter(({ lines }) => lines.includes(line))
      .reduce<{ rate?: Rate; delar?: bigint }>((all, change) => ({ ...all, ...effect(change, line, staffing) }), {});
    const own = line.delar.get(staffing.ar) ?? 0n;
    const rate = made.rate ?? line.kostnad;
    if (!rate) return null;
    sum += costOf(rate, made.delar ?? own) - (line.kostnad ? costOf(line.kostnad, own) : 0n);
  }
  return sum;
};

/** Whether a change sets what a line costs a month, or how many months it counts. */
export const sets = ({ kind }: Change): "rate" | "delar" =>
  kind === "bredvid" || kind === "utan" || kind === "manader" ? "delar" : "rate";

/** Every single change, in the order of `kinds`, then as delivered. */
export const changesOf = (staffing: Staffing): Change[] => {
  const single = [...staffing.lines].sort((a, b) => a.kallrad - b.kallrad).flatMap((line) => ofLine(line, staffing));
  const all = [...single, ...ofSeveral(staffing, single)];
  return kinds.flatMap((kind) => all.filter((change) => change.kind === kind));
};
