/** Periods that headings and the names of files and sheets state. The database reads them; here is what it is asked. */
import type { Database } from "../db/open.ts";
import type { Reading } from "../schema/pipeline.ts";
import { headerAt, headerRows, withoutUnit } from "./header.ts";
import type { Tabell } from "./table.ts";

/** ISO days. */
export interface Period {
  readonly fran: string;
  readonly till: string;
}

export type PeriodOf = (text: string) => Period | undefined;

/** The names of a table that a pipeline may point at for its period. */
export const nameKeys = ["filnamn", "bladnamn"] as const;
export type NameKey = (typeof nameKeys)[number];
export const isNameKey = (written: string): written is NameKey => nameKeys.some((key) => key === written);

export const isYear = (written: string): boolean => /^(19|20)\d\d$/.test(written);

/** What of a mapping's period names state: the names that it points at, and the year that it gives beside them. */
export const namedIn = (period: readonly string[] = []): readonly string[] =>
  period.some(isNameKey) ? period.filter((one) => isNameKey(one) || isYear(one)) : [];

/** A name without folder, ending and the day it was received; a year is its own. */
const ownName = (key: string, fil: string, blad: string): string =>
  isYear(key)
    ? key
    : key === "bladnamn"
      ? blad
      : fil
          .replace(/^.*\//, "")
          .replace(/\.[a-z]+$/i, "")
          .replace(/^\d{4}-\d{2}-\d{2}(?!\d)[\s_-]*/, "");

const mostWords = 7;
/** What in a name is a version or a part more often than a week or a month. */
const notInName = /(^|[^a-z])v\.?\d|^\d{1,2} \d{4}$|^\d{4} \d{1,2}$/i;

/** Every run of words in a name, the longest first. */
const windowsIn = (name: string) => {
  const words = [...name.matchAll(/[^\s_,()-]+/g)];
  return words
    .flatMap(({ index: from }, i) =>
      words.slice(i, i + mostWords).map((last) => {
        const to = last.index + last[0].length;
        return { from, to, text: name.slice(from, to) };
      }),
    )
    .filter(({ text }) => /\d/.test(text) && !notInName.test(text.replaceAll("_", " ")))
    .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
};

const ofYear = /^((19|20)\d\d|\p{L}[\p{L}.]*\s?\d?|0?[1-9]|1[0-2])$/u;

/** What two names may state together: the year of one and the month of the other. */
const acrossNames = (names: readonly string[]): string[] => {
  const [one = [], other = []] = names.map((name) =>
    [...windowsIn(name).map(({ text }) => text), ...name.split(/[\s_,()-]+/)].filter((text) => ofYear.test(text)),
  );
  return one.flatMap((a) => other.map((b) => `${a} ${b}`));
};

/** What the names of a table may state a period with. */
const statedIn = (keys: readonly string[], fil: string, blad: string): string[] => {
  const names = keys.map((key) => ownName(key, fil, blad));
  return [...names.flatMap(windowsIn).map(({ text }) => text), ...acrossNames(names)];
};

/** The only period that names state; undefined where they state none, or several. */
export const periodInNames = (
  keys: readonly string[],
  fil: string,
  blad: string,
  periodOf: PeriodOf,
): { text: string; period: Period } | "none" | "several" => {
  const names = keys.map((key) => ownName(key, fil, blad));
  const found = new Map<string, { text: string; period: Period }>();
  const add = (text: string): boolean => {
    const period = periodOf(text);
    if (period) found.set(`${period.fran} ${period.till}`, { text, period });
    return period !== undefined;
  };
  for (const name of names) {
    const taken: ReturnType<typeof windowsIn> = [];
    for (const window of windowsIn(name)) {
      if (taken.some(({ from, to }) => window.from < to && from < window.to)) continue;
      if (add(window.text)) taken.push(window);
    }
  }
  if (names.length > 1) for (const text of acrossNames(names)) add(text);
  // A month within the year that the other name states is the narrower of the two.
  const all = [...found.values()];
  const narrow = all.find(({ period }) =>
    all.every((other) => other.period.fran <= period.fran && other.period.till >= period.till),
  );
  return all.length === 0 ? "none" : (narrow ?? "several");
};

/** A text is the same period in every database: each is read once. */
const read = new Map<string, Period | undefined>();

/** The period that each text is, asked at once. */
const readPeriods = async (db: Database, texts: ReadonlySet<string>): Promise<PeriodOf> => {
  const unread = [...texts].filter((text) => !read.has(text));
  if (unread.length > 0) {
    for (const text of unread) read.set(text, undefined);
    const rows = await db.rows<{ text: string } & Period>(
      `select text, cast(period.fran as varchar) as fran, cast(period.till as varchar) as till
       from (select text, sv_period(text) as period from (select unnest(from_json($texts, '["VARCHAR"]')) as text))
       where period is not null and period.fran is not null`,
      { texts: JSON.stringify(unread) },
    );
    for (const { text, ...period } of rows) read.set(text, period);
  }
  return (text) => (texts.has(text) ? read.get(text) : undefined);
};

/** What of a rule says that periods are read. */
type Asking = Partial<Pick<Reading, "period">> & { readonly unpivot?: Partial<Pick<Unpivot, "rubriker">> | undefined };
type Unpivot = NonNullable<Reading["unpivot"]>;

/** Reads the periods that a file's names and headings may state, if its rules ask for any. */
export const periodsOf = async (
  db: Database,
  rules: readonly Asking[],
  fil: string,
  tabeller: readonly Tabell[],
): Promise<PeriodOf> => {
  const texts = new Set<string>();
  for (const { blad, poster } of tabeller) {
    for (const { period } of rules) for (const text of statedIn(namedIn(period), fil, blad)) texts.add(text);
    if (!rules.some(({ unpivot }) => unpivot?.rubriker === "period")) continue;
    for (const [at, { celler }] of poster.slice(0, headerRows).entries())
      for (const cell of [...celler, ...headerAt(poster, at).headings])
        if (cell !== "") texts.add(cell).add(withoutUnit(cell));
  }
  const periodOf = await readPeriods(db, texts);
  // `2023 (tkr)` is a period and a unit.
  return (text) => periodOf(text) ?? periodOf(withoutUnit(text));
};

export interface NamedTable {
  readonly leverans: string;
  readonly fil: string;
  readonly blad: string;
  readonly mottagen: string;
  readonly dataset: string | null;
}

/**
 * The last day of the period that a table's sheet or file names, where it tells tables that came together apart. Where the
 * two name different periods the sheet's holds.
 */
export const namedPeriods = async <T extends NamedTable>(
  db: Database,
  tables: readonly T[],
): Promise<(table: T) => string | null> => {
  const together = Map.groupBy(tables, ({ leverans, mottagen, dataset }) => `${mottagen} ${dataset} ${leverans}`);
  const some = [...together.values()].flatMap((own) => (own.length > 1 && own[0]?.dataset ? own : []));
  const texts = some.flatMap(({ fil, blad }) => statedIn(nameKeys, fil, blad));
  const periodOf = await readPeriods(db, new Set(texts));
  return ({ fil, blad }) => {
    const of = (keys: readonly NameKey[]) => periodInNames(keys, fil, blad, periodOf);
    const both = of(nameKeys);
    const named = both === "several" ? of(["bladnamn"]) : both;
    return typeof named === "string" ? null : named.period.till;
  };
};
