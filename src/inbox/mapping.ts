/** How a pipeline's mapping reads a table: from which cells, words and constants each row of its dataset comes. */
import { columnLetter } from "../schema/address.ts";
import { type Column, fold } from "../schema/columns.ts";
import type { FindingCode } from "../schema/findings.ts";
import type { Reading, Words } from "../schema/pipeline.ts";
import { type DatasetName, datasetOf } from "../schema/tables.ts";
import { clean, type Header, headerAt, headerRows, thousandsIn, unitOf, withoutGroup } from "./header.ts";
import { isNameKey, isYear, namedIn, type Period, type PeriodOf, periodInNames } from "./period.ts";
import {
  columnCalled,
  type Declared,
  describe,
  givenByPipeline,
  match,
  namesIn,
  type Placed,
  placeDeclared,
  type Recognised,
  recognise,
} from "./recognise.ts";
import { type Fynd, isBlank, type Post, type Tabell } from "./table.ts";
import { totalWord } from "./totals.ts";

/** How one column of a dataset is read from a record. */
export interface Source {
  /** The cells that it stands in, from 1; what several say is joined. */
  readonly celler: readonly number[];
  /** What holds where the cells are blank; of a period, what stands before what they say. */
  readonly konstant: string | null;
  readonly form: "text" | "id" | "fran" | "till" | "ar" | "belopp" | "forbund";
  /** Words as they are written, and what each is read as. */
  readonly ord: readonly string[];
  readonly varden: readonly string[];
  readonly enhet: string;
  /** How many digits an id has, with zeros before it. */
  readonly bredd: number;
  /** The cell of what is taken from an amount, from 1, or 0. */
  readonly kredit: number;
  /** What is taken from it is written as negative. */
  readonly ar_storlek: boolean;
  readonly ar_omvant: boolean;
  readonly ar_avrundat: boolean;
}

/** A row that each record gives. */
export interface Part {
  readonly kallor: readonly Source[];
  /** The columns, from 1, of which one must have a value; none where each record gives the row. */
  readonly tal: readonly number[];
  /** The category that gives it; null where any but those of `utom` does. */
  readonly endast: string | null;
  /** The cell that is split into the answers chosen, from 1, or 0. */
  readonly flerval: number;
}

export interface Mapping {
  readonly parts: readonly Part[];
  /** The cell that the categories stand in, from 1, or 0. */
  readonly kategori: number;
  readonly utom: readonly string[];
  /** The columns, from 1, whose values make rows one; none where each is its own. */
  readonly nyckel: readonly number[];
  /** The column, from 1, that counts the rows that are one, or 0. */
  readonly raknad: number;
}

export interface Mapped {
  readonly recognised: Recognised;
  /** Undefined where every cell is read as it stands. */
  readonly mapping?: Mapping | undefined;
  /** Why the pipeline passes a record over. */
  readonly skalOf?: (post: Post) => "utelamnad" | "utanfor_urval" | null;
  /** Whether the pipeline reads the word that stands in a cell: it is no total. */
  readonly isNamed?: (post: Post, cell: number) => boolean;
  /** What is said once of the table. */
  readonly notes?: readonly Fynd[];
}

/** What is known of a table besides its cells. */
export interface Known {
  /** The one insats that the pipeline is for. */
  readonly insats: string | undefined;
  /** Who pays for it, where no delivery has to say so. */
  readonly forbund?: string | undefined;
  readonly fil: string;
  readonly periodOf: PeriodOf;
}

/** Why a table cannot be read as its mapping says. */
export interface Unread {
  readonly kod: FindingCode;
  readonly detalj: string;
}

/** A word as `varden` knows it; the twin of the SQL macro `tolka_nyckel`. */
const keyOf = (written: string): string => fold(written) || written.trim();

/** A key of `varden`: a word, the beginning of words, or `*`. */
const patternOf = (written: string): string =>
  written.length > 1 && written.endsWith("*") ? `${fold(written.slice(0, -1))}*` : keyOf(written);

const wordsOf = (words: Words = {}): Pick<Source, "ord" | "varden"> => ({
  ord: Object.keys(words).map(patternOf),
  varden: Object.values(words),
});

const isBeginning = (pattern: string, key: string): boolean =>
  pattern.length > 1 && pattern.endsWith("*") && key.startsWith(pattern.slice(0, -1));

/** The twin of the SQL macro `tolka_ord`, for what a heading says. */
const readWord = (written: string, words: Words = {}): string => {
  const { ord, varden } = wordsOf(words);
  const key = keyOf(written);
  const begins = ord.filter((one) => isBeginning(one, key));
  const fits = [key, ...begins.sort().reverse(), "*"].find((one) => ord.includes(one));
  return fits === undefined ? written : (varden[ord.indexOf(fits)] ?? written);
};

const plain: Source = {
  ...{ celler: [], konstant: null, form: "text", ord: [], varden: [], enhet: "" },
  ...{ bredd: 0, kredit: 0, ar_storlek: false, ar_omvant: false, ar_avrundat: false },
};

/** What a heading or category says: columns and what they are, and the column that its figures are. */
type Said = Readonly<Record<string, string>>;

const isWholeYear = ({ fran, till }: Period): boolean =>
  fran.endsWith("-01-01") && till === `${fran.slice(0, 4)}-12-31`;

const periodColumns = (columns: readonly string[]): (readonly [column: string, form: Source["form"]])[] => {
  if (columns.includes("fran")) return (["fran", "till"] as const).map((column) => [column, column]);
  if (columns.includes("ar")) return [["ar", "ar"]];
  return columns.includes("datum") ? [["datum", "fran"]] : [];
};

const ofPeriod = (columns: readonly string[], { fran, till }: Period): Said => {
  const said: Partial<Record<Source["form"], string>> = { fran, till, ar: fran.slice(0, 4) };
  return Object.fromEntries(periodColumns(columns).map(([column, form]) => [column, said[form] ?? ""]));
};

/** A year is its first and last day, if the dataset has no year. */
const saidBy = (columns: readonly string[], { ar, ...rest }: Said): Said =>
  ar === undefined
    ? rest
    : columns.includes("ar")
      ? { ar, ...rest }
      : { ...ofPeriod(columns, { fran: `${ar}-01-01`, till: `${ar}-12-31` }), ...rest };

/** The headings that a mapping names besides those that it renames: a record without one of them is not the header. */
export const wantedHeadings = ({ period = [], belopp, urval, unpivot, svarsrader }: Reading): string[] =>
  [
    ...period.filter((one) => !isNameKey(one) && !isYear(one)),
    ...[belopp?.debet, belopp?.kredit],
    ...Object.keys(urval),
    ...[unpivot?.kategori?.rubrik, ...Object.keys(unpivot?.kolumner ?? {})],
    ...[...(svarsrader?.fragor ?? []), ...(svarsrader?.flerval ?? []), svarsrader?.grupp],
  ].filter((heading) => heading !== undefined);

/** What a rule declares of a table, and what its rows are given. */
const declaredBy = (
  rule: Reading | undefined,
  { insats }: Known,
): Declared & { readonly leftOut: ReadonlySet<string> } => ({
  dataset: rule?.dataset,
  columns: {
    ...rule?.kolumner,
    ...(rule?.belopp && { [rule.belopp.debet]: [...(rule.kolumner[rule.belopp.debet] ?? []), "belopp"] }),
  },
  wanted: rule ? wantedHeadings(rule) : [],
  leftOut: new Set([...(rule?.hoppa_over ?? []), ...(rule?.unpivot?.hoppa_over ?? [])].map(fold)),
  given: new Set([
    ...(insats === undefined ? [] : givenByPipeline),
    ...Object.keys(rule?.konstanter ?? {}),
    ...(rule?.period ? ["fran", "till", "ar", "datum"] : []),
  ]),
});

/** A column of figures, and what they are about: `kolumn` is the dataset's column that they are. */
interface Figures {
  readonly cell: number;
  readonly said: Said;
}

/** A table's header, its columns, and what is wide in it. */
interface Fit {
  readonly recognised: Recognised;
  readonly placed: Placed;
  /** The cell of the categories, or -1. */
  readonly category: number;
  readonly figures: readonly Figures[];
}

const firstFilled = ({ celler }: Post): number => celler.findIndex((cell) => cell.trim() !== "");

const firstColumn = (poster: readonly Post[]): number =>
  Math.min(...poster.map(firstFilled).filter((first) => first >= 0));

/** The dataset's column that the figures of a wide table are, where nothing else is said. */
const figureColumn = (columns: readonly string[], { unpivot }: Reading): string =>
  unpivot?.kolumn ??
  ["totalt", "antal", "narvarande", "belopp", "varde", "anmarkning"].find((name) => columns.includes(name)) ??
  "";

const numberIn = (cell: string | undefined): number =>
  Number(clean(cell).replace(/\s/g, "").replace(",", ".") || Number.NaN);

/** Whether a column's every number is the sum of those of other columns. */
const isSumOf = (cell: number, parts: readonly number[], rows: readonly Post[]): boolean =>
  rows.every(({ celler }) => {
    const stated = numberIn(celler[cell]);
    const found = parts.map((one) => numberIn(celler[one])).filter((one) => !Number.isNaN(one));
    return Number.isNaN(stated) || Math.abs(found.reduce((sum, one) => sum + one, 0) - stated) < 0.005;
  });

/**
 * Whether a column of a wide table is the total of others: by its word, and, where the word may be an answer, by its figures;
 * among costs, which are added whatever their periods, by its period and its figures.
 */
const isTotalOf = (
  cell: number,
  wide: readonly number[],
  { headings }: Header,
  rows: readonly Post[],
  { varden, dataset, unpivot }: Reading,
  ownPeriod: (cell: number) => Period | undefined,
): boolean => {
  const rubriker = unpivot?.rubriker ?? "";
  if (rubriker === "period") {
    const whole = dataset === "faktura" ? ownPeriod(cell) : undefined;
    const parts = wide.filter((one) => {
      const { fran, till } = ownPeriod(one) ?? { fran: "", till: "" };
      return (
        whole && one !== cell && fran >= whole.fran && till <= whole.till && fran + till !== whole.fran + whole.till
      );
    });
    return parts.length > 1 && isSumOf(cell, parts, rows);
  }
  const heading = clean(headings[cell]);
  if (totalWord(heading) !== "ord" || readWord(heading, varden[rubriker]) !== heading) return false;
  if (!/^(alla|total)\b/i.test(heading) || !["svar", "varde"].includes(rubriker)) return true;
  return isSumOf(
    cell,
    wide.filter((one) => one !== cell),
    rows,
  );
};

/** The header that a wide table's mapping fits, in one of the first records. */
const fitWide = (
  rule: Reading,
  dataset: DatasetName,
  declared: Declared,
  poster: readonly Post[],
  periodOf: PeriodOf,
): Fit | undefined => {
  const columns = Object.keys(datasetOf(dataset).columns);
  const { unpivot, svarsrader } = rule;
  const { kategori, rubriker } = unpivot ?? {};
  for (let at = 0; at < Math.min(headerRows, poster.length); at++) {
    if (isBlank(poster[at] as Post)) continue;
    const header = headerAt(poster, at);
    const placed = placeDeclared(header, declared);
    if (!placed) continue;
    const { rubrik } = kategori ?? {};
    const first = kategori ? firstColumn(poster.slice(at, at + 40)) : -1;
    const category = rubrik === undefined ? first : placed.cellOf(rubrik);
    const named = [
      ...Object.entries(unpivot?.kolumner ?? {}).map(([heading, said]) => [heading, saidBy(columns, said)] as const),
      ...[...(svarsrader?.fragor ?? []), ...(svarsrader?.flerval ?? [])].map(
        (fraga) => [fraga, { fraga, kolumn: "svar" }] as const,
      ),
    ].map(([heading, said]): Figures => ({ cell: placed.cellOf(heading), said }));
    const names = Object.values(kategori?.namn ?? {}).filter((one) => typeof one !== "string");
    const given = new Set([
      ...[...named.map(({ said }) => said), ...names.map((one) => saidBy(columns, one))].flatMap(
        ({ kolumn = figureColumn(columns, rule), ...rest }) => [kolumn, ...Object.keys(rest)],
      ),
      figureColumn(columns, rule),
      ...(rubriker === "period" ? periodColumns(columns).map(([column]) => column) : [rubriker ?? ""]),
    ]);
    const fixed = placed.fixed(dataset);
    for (const [i, column] of columns.entries()) if (given.has(column)) fixed.set(i, -1);
    if (svarsrader?.grupp !== undefined) fixed.set(columns.indexOf("grupp"), placed.cellOf(svarsrader.grupp));
    if (kategori?.kolumn !== undefined) fixed.set(columns.indexOf(kategori.kolumn), category);
    const taken = new Set([category, ...named.map(({ cell }) => cell), ...fixed.values(), ...placed.skip]);
    const positions = match(dataset, namesIn(header, taken), fixed);
    const wide = [...header.headings.keys()].filter(
      (cell) => header.headings[cell]?.trim() !== "" && !taken.has(cell) && !positions.includes(cell),
    );
    const ownOf = withoutGroup(header, wide);
    const rows = poster.slice(at + header.rows);
    const ownPeriod = (cell: number): Period | undefined =>
      periodOf(clean(header.headings[cell])) ?? periodOf(ownOf(cell));
    const summed = wide.filter((cell) => isTotalOf(cell, wide, header, rows, rule, ownPeriod));
    const others = wide.flatMap((cell): Figures[] => {
      const heading = clean(header.headings[cell]);
      if (rubriker === undefined || summed.includes(cell)) return [];
      if (rubriker !== "period") {
        const words = rule.varden[rubriker];
        const read = readWord(heading, words);
        return [{ cell, said: { [rubriker]: read === heading ? readWord(ownOf(cell), words) : read } }];
      }
      const period = ownPeriod(cell);
      // What is stated for a year is not stated of its months.
      const isStated = columns.includes("fran") || columns.includes("datum") || (period && isWholeYear(period));
      return period && isStated ? [{ cell, said: ofPeriod(columns, period) }] : [];
    });
    // A title has one cell: headings that are not named say little of where they stand.
    if (named.length + others.length === 0 || (named.length === 0 && !kategori?.rubrik && others.length < 2)) continue;
    const figures = [...named, ...others];
    const besides = [category, completionCell(rule, header.headings), ...summed, ...figures.map(({ cell }) => cell)];
    const read = new Set([...placed.read, ...besides]);
    return { recognised: describe(dataset, header, positions, { ...placed, read }), placed, category, figures };
  }
  return undefined;
};

/** What a column is called that says when a respondent was done. */
export const completed =
  /^(slutford|slutforandetid|completiontime|tidsstampel|timestamp|inskickad|besvarad|svarsdatum)/;

/** The column that says when each respondent was done, where the pipeline names no period, or -1. */
const completionCell = ({ svarsrader, period }: Reading, headings: readonly string[]): number =>
  svarsrader && !period ? headings.findIndex((heading) => completed.test(fold(heading))) : -1;

/**
 * Where the period of each row stands: cells, and what stands before what they say.
 * @returns why it cannot be told, where names state no period or several
 */
const periodSource = (
  period: readonly string[],
  cellOf: (heading: string) => number,
  blad: string,
  { fil, periodOf }: Known,
): Pick<Source, "celler" | "konstant"> | Unread => {
  const keys = namedIn(period);
  const found = keys.length === 0 ? undefined : periodInNames(keys, fil, blad, periodOf);
  if (typeof found === "string") {
    const detalj = keys
      .filter(isNameKey)
      .map((key) => (key === "bladnamn" ? `bladets namn (${blad})` : "filens namn"))
      .join(" och ");
    return { kod: found === "none" ? "period_saknas" : "flera_perioder", detalj };
  }
  const konstant = found ? found.text : period.filter(isYear).join(" ");
  return {
    celler: period.filter((one) => !isNameKey(one) && !isYear(one)).map((heading) => cellOf(heading) + 1),
    konstant: konstant === "" ? null : konstant,
  };
};

const isNegative = (written: string): boolean => /^\s*[-\u2212\u2013(]|-\s*$/.test(written);

/** How each column is read where no heading or category says otherwise. */
const baseSources = (
  rule: Reading | undefined,
  { recognised, placed }: Pick<Fit, "recognised" | "placed">,
  tabell: Tabell,
  known: Known,
): Source[] | Unread => {
  const { dataset, positions, units, header, rows } = recognised;
  const { columns, oneOf = [] } = datasetOf(dataset);
  const names = Object.keys(columns);
  const constants: Readonly<Record<string, string>> = { ...rule?.konstanter, ...rule?.unpivot?.konstanter };
  const done = rule ? completionCell(rule, recognised.headings) : -1;
  const period = rule?.period
    ? periodSource(rule.period, placed.cellOf, tabell.blad, known)
    : done < 0
      ? undefined
      : { celler: [done + 1], konstant: null };
  if (period && "kod" in period) return period;
  const forms = new Map(period ? periodColumns(names) : []);
  const renamed = new Set(placed.fixed(dataset).keys());
  const kredit = rule?.belopp ? placed.cellOf(rule.belopp.kredit) : -1;
  const debited =
    kredit < 0 ? [] : tabell.poster.slice(header + rows).flatMap(({ celler }) => celler[kredit]?.trim() || []);
  const asAmount = rule?.belopp || rule?.tecken || rule?.avrunda;
  // What is an insats's or a förbund's is the insats's, unless the table says whose.
  const saysForbund = (positions[names.indexOf("forbund_id")] ?? -1) >= 0 || constants.forbund_id !== undefined;
  const isOfInsats = columns.insats_id?.required === true || (oneOf.includes("insats_id") && !saysForbund);
  return names.map((name, i): Source => {
    const { kind } = columns[name] as Column;
    const cell = positions[i] ?? -1;
    const own = { ...plain, ...wordsOf(rule?.varden[name]), celler: cell < 0 ? [] : [cell + 1], enhet: units[i] ?? "" };
    const form = forms.get(name);
    if (form && period && constants[name] === undefined) return { ...own, ...period, form };
    if (kind === "kr" && asAmount && cell >= 0)
      return {
        ...own,
        form: "belopp",
        kredit: name === "belopp" ? kredit + 1 : 0,
        ar_storlek: debited.length > 0 && debited.every(isNegative),
        ar_omvant: rule?.tecken !== undefined,
        ar_avrundat: rule?.avrunda !== undefined,
      };
    const konstant = constants[name] ?? null;
    if (konstant === null && cell < 0 && name === "insats_id" && isOfInsats && known.insats !== undefined)
      return { ...own, konstant: known.insats };
    if (konstant === null && cell < 0 && name === "forbund_id" && lacksForbund(recognised, rule))
      return known.forbund === undefined ? { ...own, form: "forbund" } : { ...own, konstant: known.forbund };
    const isId = kind === "id" && (renamed.has(i) || rule?.unpivot !== undefined || name in (rule?.nollor ?? {}));
    return { ...own, konstant, form: isId ? "id" : "text", bredd: rule?.nollor[name] ?? 0 };
  });
};

/** A table of money, or of a förbund's own, that does not say which förbund: what is known of its insats does. */
const lacksForbund = ({ dataset, positions }: Recognised, rule: Reading | undefined): boolean => {
  const { columns } = datasetOf(dataset);
  if (!("insats_id" in columns) || dataset === "insats" || dataset === "finansiering") return false;
  const spread = rule?.unpivot ? figureColumn(Object.keys(columns), rule) : "";
  const isMoney = Object.entries(columns).some(
    ([name, { kind }], i) => kind === "kr" && ((positions[i] ?? -1) >= 0 || name === spread),
  );
  return columns.forbund_id?.required === true || isMoney;
};

/** The rows that each record of a wide table gives. */
const wideParts = (
  rule: Reading,
  { recognised: { dataset, positions, headings }, figures }: Fit,
  base: readonly Source[],
): Pick<Mapping, "parts" | "utom" | "nyckel"> => {
  const columns = Object.keys(datasetOf(dataset).columns);
  const { kategori } = rule.unpivot ?? {};
  const categories = Object.entries(kategori?.namn ?? {});
  const words: Words = Object.fromEntries(
    categories.flatMap(([from, to]) => (typeof to === "string" ? [[from, to]] : [])),
  );
  const own = categories.flatMap(([from, to]) =>
    typeof to === "string" ? [] : [[keyOf(from), saidBy(columns, to)] as const],
  );
  // A part for each thing that figures are about: those of several columns are one row.
  const parts = new Map<string, { said: Said; cells: Map<string, number>; endast: string | null; flerval: number }>();
  const add = (
    { cell, said: { kolumn = figureColumn(columns, rule), ...said } }: Figures,
    endast: string | null,
  ): void => {
    const key = JSON.stringify([endast, Object.entries(said).sort()]);
    const isChoice = rule.svarsrader?.flerval.some((heading) => heading === said.fraga) ?? false;
    const part = parts.get(key) ?? { said, cells: new Map(), endast, flerval: isChoice ? cell + 1 : 0 };
    part.cells.set(kolumn, cell);
    parts.set(key, part);
  };
  for (const one of figures) {
    for (const [name, said] of own) add({ ...one, said: { ...one.said, ...said } }, name);
    if (own.length === 0 || kategori?.kolumn !== undefined) add(one, null);
  }
  const sourceOf = (
    name: string,
    i: number,
    { said, cells, flerval }: { said: Said; cells: ReadonlyMap<string, number>; flerval: number },
  ): Source => {
    const known = base[i] ?? plain;
    const cell = cells.get(name);
    if (cell !== undefined) return { ...known, celler: [cell + 1], enhet: unitOf(headings[cell] ?? "") };
    if (said[name] !== undefined)
      return { ...known, celler: [], konstant: said[name], form: known.form === "id" ? "id" : "text" };
    // How many a whole survey was sent to is of no group of it; and of a question with several answers no count of persons.
    if (rule.svarsrader && name === "utskick" && (flerval > 0 || rule.svarsrader.grupp !== undefined))
      return { ...known, konstant: null };
    if (name !== kategori?.kolumn) return known;
    return { ...known, ...wordsOf({ ...rule.varden[name], ...words }), celler: [(positions[i] ?? -1) + 1] };
  };
  const { key } = datasetOf(dataset);
  const isJoined = own.length > 0 || rule.svarsrader !== undefined;
  return {
    parts: [...parts.values()].map((part) => ({
      kallor: columns.map((name, i) => sourceOf(name, i, part)),
      tal: [...part.cells.keys()].map((name) => columns.indexOf(name) + 1),
      endast: part.endast,
      flerval: part.flerval,
    })),
    utom: own.map(([name]) => name),
    nyckel: isJoined ? key.map((name) => columns.indexOf(name) + 1) : [],
  };
};

const isAsDelivered = (sources: readonly Source[], positions: readonly number[]): boolean =>
  sources.every(
    ({ celler, konstant, form, ord }, i) =>
      form === "text" && konstant === null && ord.length === 0 && (celler[0] ?? 0) - 1 === (positions[i] ?? -1),
  );

/** Rows that the pipeline passes over: those it leaves out by their first word, and those outside its selection. */
const passedOver = (
  rule: Reading,
  leftOut: ReadonlySet<string>,
  { placed, category }: Fit,
): NonNullable<Mapped["skalOf"]> => {
  const wanted = Object.entries(rule.urval).map(
    ([heading, texts]) => [placed.cellOf(heading), new Set(texts.map(keyOf))] as const,
  );
  return (post) => {
    const { celler } = post;
    const words = [celler[firstFilled(post)], celler[category]].map((cell) => fold(cell ?? ""));
    if (words.some((word) => leftOut.has(word) && word !== "")) return "utelamnad";
    return wanted.every(([cell, texts]) => texts.has(keyOf(celler[cell] ?? ""))) ? null : "utanfor_urval";
  };
};

/** What is said once of a mapped table. */
const noteMapping = (
  rule: Reading | undefined,
  { dataset, header, rows, headings }: Recognised,
  { poster, blad }: Tabell,
  { parts, kategori }: Mapping,
  fil: string,
): Fynd[] => {
  const { columns } = datasetOf(dataset);
  const names = Object.keys(columns);
  const rad = poster[header]?.rad ?? null;
  const records = poster.slice(header + rows).filter((post) => !isBlank(post));
  const notes: Fynd[] = [];
  const note = (kod: FindingCode, cell: number, varde: string | undefined, detalj: string, at = rad): number =>
    notes.push({ kod, rad: at, cell: cell - 1, varde, detalj });
  if (kategori > 0 && (headings[kategori - 1] ?? "").trim() === "") {
    const column = columns[rule?.unpivot?.kategori?.kolumn ?? ""]?.heading ?? "kategori";
    note("kategori_utan_rubrik", kategori, columnLetter(kategori - 1), column);
  }
  const columnsOf = parts[0]?.kallor ?? [];
  const group = rule?.svarsrader?.grupp === undefined ? 0 : (columnsOf[names.indexOf("grupp")]?.celler[0] ?? 0);
  const sentTo = rule?.konstanter.utskick;
  if (group > 0 && sentTo !== undefined) note("utskick_delat", group, sentTo, headings[group - 1] ?? "");
  const title = [...poster.slice(0, header).flatMap(({ celler }) => celler), blad, fil].find((one) => thousandsIn(one));
  const seen = new Set<string>();
  for (const { kallor, tal } of parts) {
    for (const [i, { celler, konstant, form, ord, enhet, ar_storlek: isSize, kredit }] of kallor.entries()) {
      const [cell = 0] = celler;
      const name = names[i] ?? "";
      if (cell === 0 || seen.has(`${name} ${cell}`)) continue;
      seen.add(`${name} ${cell}`);
      const isUnexplained = columns[name]?.kind === "ja_nej" && !ord.includes("") && konstant === null;
      if (tal.includes(i + 1) && isUnexplained) {
        const blanks = records.filter(({ celler: all }) => (all[cell - 1] ?? "").trim() === "");
        if (blanks.length > 0)
          note("tom_i_matris", cell, String(blanks.length), `${name}: { "": nej }`, blanks[0]?.rad);
      }
      if (konstant !== null && ord.length === 0 && form !== "fran" && form !== "till" && form !== "ar") {
        const other = records.find(({ celler: all }) => ![keyOf(konstant), ""].includes(keyOf(all[cell - 1] ?? "")));
        if (other) note("konstant_motsags", cell, other.celler[cell - 1] ?? "", konstant, other.rad);
      }
      if (title !== undefined && columns[name]?.kind === "kr" && enhet === "" && !seen.has(title)) {
        const bare = records.find(({ celler: all }) => /^[-−\d\s.,]*\d[\d\s.,]*$/.test(all[cell - 1] ?? ""));
        if (bare) note("tusental_i_titel", cell, title.replace(/^.*\//, ""), "");
        seen.add(title);
      }
      if (isSize && kredit > 0) note("kredit_negativ", kredit, undefined, headings[kredit - 1] ?? "");
    }
  }
  return notes;
};

/**
 * Reads a table's layout: what it is, and how its records become rows.
 * @param names what the sheet and the file are called, the nearest first
 * @returns why it cannot be read as the pipeline says; undefined where it is no dataset
 */
export const mapTable = (
  rule: Reading | undefined,
  names: readonly string[],
  tabell: Tabell,
  later: boolean,
  known: Known,
): Mapped | Unread | undefined => {
  const { poster } = tabell;
  const declared = declaredBy(rule, known);
  const isWide = rule?.dataset !== undefined && (rule.unpivot !== undefined || rule.svarsrader !== undefined);
  const recognised = isWide ? undefined : recognise(names, poster, declared, later);
  const placed = recognised && placeDeclared(headerAt(poster, recognised.header), declared);
  const fit =
    isWide && rule?.dataset
      ? fitWide(rule, rule.dataset, declared, poster, known.periodOf)
      : recognised && placed && { recognised, placed, category: -1, figures: [] };
  if (!fit) return undefined;
  const base = baseSources(rule, fit, tabell, known);
  if ("kod" in base) return base;
  const { positions } = fit.recognised;
  const mapping: Mapping = {
    kategori: fit.category + 1,
    raknad: rule?.svarsrader ? columnCalled("enkat", "antal") + 1 : 0,
    ...(isWide
      ? wideParts(rule, fit, base)
      : { parts: [{ kallor: base, tal: [], endast: null, flerval: 0 }], utom: [], nyckel: [] }),
  };
  const isPlain = !isWide && isAsDelivered(base, positions);
  const notes = noteMapping(rule, fit.recognised, tabell, mapping, known.fil);
  const words = new Map<number, readonly string[]>(
    mapping.parts.flatMap(({ kallor }) =>
      kallor.flatMap(({ celler, ord }) => celler.map((cell) => [cell - 1, ord] as const)),
    ),
  );
  words.set(fit.category, [...(words.get(fit.category) ?? []), ...mapping.utom]);
  return {
    recognised: fit.recognised,
    mapping: isPlain ? undefined : mapping,
    ...(rule && { skalOf: passedOver(rule, declared.leftOut, fit) }),
    isNamed: ({ celler }, cell) => {
      const key = keyOf(celler[cell] ?? "");
      return (words.get(cell) ?? []).some((one) => one === key || isBeginning(one, key));
    },
    notes,
  };
};
