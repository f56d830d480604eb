/** A first pipeline file for an office's files: what each is, why, and what only the office knows. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describeTried, loadOnly, tryOut } from "./check.ts";
import { type Database, furnish, inMemory } from "./db/open.ts";
import {
  type Guess,
  guessTable,
  huvudmanOf,
  motestypIn,
  nearestColumns,
  type Place,
  periodQuestion,
  titlesOf,
} from "./inbox/guess.ts";
import { nameKeys, periodsOf } from "./inbox/period.ts";
import { tabular } from "./inbox/read.ts";
import { readSource, shownPath } from "./inbox/receive.ts";
import { matches } from "./inbox/rules.ts";
import { type SourceFile, slashes, sourcesOf } from "./inbox/sources.ts";
import { FileError, type Tabell } from "./inbox/table.ts";
import { compareText } from "./inbox/versions.ts";
import { type Draft, type DraftContent, draftText, type Entry } from "./output/draft.ts";
import { type FindingGroup, grouped } from "./output/fynd.ts";
import { fold } from "./schema/columns.ts";
import { isDay, stockholmToday } from "./schema/days.ts";
import { UsageError } from "./schema/errors.ts";
import { findings, sentence } from "./schema/findings.ts";
import { maskText, writtenNumber } from "./schema/identity.ts";
import { measures } from "./schema/measures.ts";
import { parsePipeline, type Rule } from "./schema/pipeline.ts";
import type { Row } from "./schema/results.ts";
import { datasetOf } from "./schema/tables.ts";

export interface InitOptions {
  /** The pipeline file; `pipelines/INSATS.yaml` where it is not given. */
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
  readonly today?: string | undefined;
}

interface Sheet extends Place {
  /** The file's name in the folder. */
  readonly namn: string;
}

interface Guessed {
  readonly sheet: Sheet;
  readonly entry: Guess;
}

/** A text without numbers of persons, line by line: a line that has none stays as it is written. */
const withoutNumbers = (text: string, today: string): string =>
  text
    .split("\n")
    .map((line) => {
      if (writtenNumber(line, today) === undefined) return line;
      const masked = maskText(line, today);
      // What only a slip keeps from being a number is not shown in part.
      return writtenNumber(masked, today) === undefined ? masked : masked.replace(/#.*/, "# (personnummer)");
    })
    .join("\n");

/** An id of an insats, from the name of its folder without what says when it was delivered. */
const slugOf = (name: string): string =>
  name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[åä]/g, "a")
    .replaceAll("ö", "o")
    .replace(
      /\b(leverans(er)?|filer|underlag|rapport(ering)?|från|till|data)\b|\d{4}-\d{2}-\d{2}|\b(19|20)\d{2}\b/gu,
      " ",
    )
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "") || "insats";

const nameOf = (folder: string): string =>
  folder
    .replace(/\d{4}-\d{2}-\d{2}|\b(leverans(er)?|filer|underlag)\b|\b(19|20)\d{2}\b/giu, " ")
    .replace(/\s+/g, " ")
    .trim() || folder;

/** Every sheet of a file with something in it, and why nothing is, where nothing can be read. */
const sheetsOf = async (db: Database, file: SourceFile): Promise<Sheet[] | string> => {
  const namn = file.fil.slice(file.leverans.length + 1);
  if (file.kind !== "fil") return file.skal ?? "ingen vanlig fil";
  try {
    const { tabeller } = await readSource(db, file);
    // Texts above a table, and headings of more than a period, are asked for periods as a sheet's name is.
    const texts = tabeller.flatMap((tabell) => {
      const cells = tabell.poster.slice(0, 10).flatMap(({ celler }) => celler);
      return [...titlesOf(tabell), ...cells.filter((cell) => /^(?=.*\d)(?=.*\p{L}).{1,40}$/u.test(cell))];
    });
    const above = [...new Set(texts)].map((blad): Tabell => ({ blad, kodning: "", avgransare: "", poster: [] }));
    const everywhere = { period: [...nameKeys], unpivot: { rubriker: "period" } };
    const periodOf = await periodsOf(db, [everywhere], file.fil, [...tabeller, ...above]);
    const first = tabeller.filter(({ blad }, i) => tabeller.findIndex((other) => other.blad === blad) === i);
    return first.map((tabell) => ({ namn, fil: file.fil, tabell, periodOf }));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return sentence(error.kod, { kolumn: null, varde: null, detalj: error.detalj });
  }
};

/** A pattern for these names and none of the others; undefined where there is none. */
const patternFor = (names: readonly string[], others: readonly string[], from: string): string | undefined => {
  const [first = ""] = names;
  if (names.length === 1) return first;
  let start = 0;
  while (names.every((name) => name[start] !== undefined && name[start] === first[start])) start++;
  let end = 0;
  const shortest = Math.min(...names.map((name) => name.length));
  while (end < shortest - start && names.every((name) => name.at(-1 - end) === first.at(-1 - end))) end++;
  const [prefix, suffix] = [first.slice(0, start), end === 0 ? "" : first.slice(-end)];
  const ofWords = `${prefix.replace(/[\p{L}\p{N}]+$/u, "")}*${suffix.replace(/^[\p{L}\p{N}]+(?!\w*\.\w+$)/u, "")}`;
  return [ofWords, `${prefix}*${suffix}`].find((pattern) => {
    const fits = (name: string): boolean => matches(pattern, name, from);
    return names.every(fits) && !others.some(fits);
  });
};

/** Questions that differ only in how many, once: what holds for one sheet of several is no count of all. */
const askedOnce = (fragor: readonly string[]): string[] => {
  const uncounted = (text: string): string => text.replace(/ \(\d+ \p{L}+\)/gu, "");
  return [...Map.groupBy(fragor, uncounted)].map(([text, [first = text, ...others]]) =>
    others.every((other) => other === first) ? first : text,
  );
};

/** One entry for all sheets that are read alike: of one file by a pattern of sheets, of several by one of files. */
const entriesOf = (guessed: readonly Guessed[], all: readonly Sheet[]): Entry[] => {
  const files = [...new Set(all.map(({ namn }) => namn))];
  const perFile = [
    ...Map.groupBy(guessed, ({ sheet, entry }) => JSON.stringify([sheet.namn, entry.rule])).values(),
  ].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { namn } = first.sheet;
    const blad = own.map(({ sheet }) => sheet.tabell.blad);
    const sheets = all.filter((one) => one.namn === namn).map(({ tabell }) => tabell.blad);
    const others = sheets.filter((one) => !blad.includes(one));
    const pattern = others.length === 0 ? undefined : patternFor(blad, others, "^");
    const fragor = askedOnce(own.flatMap(({ entry }) => entry.fragor));
    const entry = { ...first.entry, fragor, filer: [namn], fil: namn };
    if (others.length === 0 || pattern !== undefined) return [{ ...entry, blad: pattern, bladen: blad }];
    return blad.map((one) => ({ ...entry, blad: one, bladen: [one] }));
  });
  return [...Map.groupBy(perFile, ({ rule, blad }) => JSON.stringify([rule, blad])).values()].flatMap(
    (own): Entry[] => {
      const names = own.flatMap(({ filer }) => filer);
      const rest = files.filter((name) => !names.includes(name));
      const pattern = patternFor(names, rest, "(^|/)");
      const [first] = own;
      if (!first || pattern === undefined) return own;
      return [{ ...first, fil: pattern, filer: names, fragor: askedOnce(own.flatMap(({ fragor }) => fragor)) }];
    },
  );
};

type Registers = ReadonlyMap<string, readonly (readonly string[])[]>;

const forbundIn = (sheets: readonly Sheet[]): { id: string; namn: string } => {
  const texts = sheets.flatMap((sheet) => [sheet.namn, ...titlesOf(sheet.tabell)]);
  for (const text of texts) {
    const [, namn] =
      /((?:samordningsförbundet|finsam)\s+\p{Lu}[\p{L}-]+(?:\s(?:och\s)?\p{Lu}[\p{L}-]+)*)/iu.exec(text) ?? [];
    if (namn !== undefined) return { id: slugOf(namn.replace(/^samordningsförbundet/i, "")), namn };
  }
  return { id: "forbundet", namn: "Samordningsförbundet (skriv namnet)" };
};

type Ref = Readonly<Record<"till" | "varde" | "fil" | "blad", string>>;

const missingReferences = (db: Database): Promise<Ref[]> =>
  db.rows(
    `select fynd.detalj as till, fynd.varde, tabell.fil[length(tabell.leverans) + 2:] as fil, tabell.blad
     from checks.fynd as fynd inner join inbox.tabell as tabell on tabell.tabell_id = fynd.tabell_id
     where fynd.kod = 'okand_referens' and fynd.varde is not null group by all order by all`,
  );

/** Its words, folded, each between spaces. */
const spaced = (text: string): string =>
  ` ${text
    .split(/[^\p{L}\p{N}]+/u)
    .map(fold)
    .join(" ")
    .trim()} `;

/** The only insats of several that a file's or sheet's name speaks of, by its id or what it is called. */
const insatsNamed = ({ insats, namn }: Pick<State, "insats" | "namn">, name: string): string | undefined => {
  if (insats.length < 2) return undefined;
  const said = spaced(name);
  const [longest, ...others] = insats
    .flatMap((id) => [id, namn[id] ?? id].map((called) => ({ id, called: spaced(called) })))
    .filter(({ called }) => said.includes(called))
    .sort((a, b) => b.called.length - a.called.length);
  // `Steget` is named by `Steget in` too.
  return longest && others.every(({ id, called }) => id === longest.id || longest.called.includes(called))
    ? longest.id
    : undefined;
};

/** What was guessed, with the insats that the names speak of where no column does. */
const withInsats =
  (state: State) =>
  ({ sheet, entry }: Guessed): Guessed => {
    const { namn, tabell } = sheet;
    const id = insatsNamed(state, `${namn} ${tabell.blad}`);
    const { dataset, kolumner = {}, konstanter } = entry.rule;
    const isWritten =
      Object.values(kolumner).flat().includes("insats_id") ||
      tabell.poster.slice(0, 30).some(({ celler }) => celler.some((cell) => /^insats(id)?$/.test(fold(cell))));
    if (id === undefined || isWritten || !("insats_id" in datasetOf(dataset).columns)) return { sheet, entry };
    const rule = { ...entry.rule, konstanter: { ...konstanter, insats_id: id } };
    return { sheet, entry: { ...entry, rule, bevis: { konstanter: `namnet säger ${id}`, ...entry.bevis } } };
  };

const idsIn = async (db: Database, dataset: "insats" | "forbund" | "part" | "mote"): Promise<string[]> =>
  (await db.rows<{ id: string }>(`select distinct ${dataset}_id as id from staging.${dataset} order by id`)).map(
    ({ id }) => id,
  );

/** What a folder's files turn out to be of, and what they refer to that is not among them. */
interface State {
  readonly insats: readonly string[];
  /** What the delivered ones are called, by id. */
  readonly namn: Readonly<Record<string, string>>;
  readonly register: Registers;
  /** The insats and the parts as a file's column writes them, and the id of each. */
  readonly ord: readonly {
    readonly fil: string;
    readonly kolumn: string;
    readonly varde: string;
    readonly id: string;
  }[];
}

/** An entry that calls the insats and its parts by their ids. */
const withWords =
  ({ ord }: State) =>
  (entry: Entry): Entry => {
    const { columns } = datasetOf(entry.rule.dataset);
    const own = entry.filer.flatMap((fil) => ord.filter((word) => word.fil === fil && word.kolumn in columns));
    if (own.length === 0) return entry;
    const varden: NonNullable<Rule["varden"]> = { ...entry.rule.varden };
    for (const { kolumn, varde, id } of own) varden[kolumn] = { ...varden[kolumn], [varde]: id };
    return {
      ...entry,
      rule: { ...entry.rule, varden },
      bevis: { ...entry.bevis, varden: "det som står i filen, och dess id" },
    };
  };

/** The delivered part that a written one is: by id or name, or as the only one of its huvudman. */
const partCalled = (
  written: string,
  parts: readonly { part_id: string; namn: string; huvudman: string }[],
): string | undefined => {
  const same = parts.filter(({ part_id: id, namn }) => [id, namn].some((one) => fold(one) === fold(written)));
  const kin = parts.filter(({ huvudman }) => huvudman !== "annan" && huvudman === huvudmanOf(written));
  const [only] = same.length > 0 ? same : kin;
  return same.length === 1 || (same.length === 0 && kin.length === 1) ? only?.part_id : undefined;
};

/** What the files refer to and nobody delivered: another id of the insats, or rows of small registers. */
const completeState = async (
  db: Database,
  state: State,
  namn: string,
  forbund: { id: string; namn: string },
): Promise<State> => {
  const { insats, register, ord } = state;
  const refs = await missingReferences(db);
  const valuesOf = (till: string): string[] => [
    ...new Set(refs.filter((ref) => ref.till === till).map(({ varde }) => varde)),
  ];
  const delivered = await idsIn(db, "insats");
  const hasOwn = register.has("insats.csv");
  const payers = valuesOf("Förbund");
  const forbundRows = (ids: readonly string[]): string[][] => [
    ["forbund_id", "namn"],
    ...ids.map((id) => [id, id === forbund.id ? forbund.namn : id]),
  ];
  // An insats whose förbund nobody delivers is refused: the förbund comes first.
  if (payers.length > 0 && !register.has("forbund.csv") && (await idsIn(db, "forbund")).length === 0) {
    return { ...state, register: new Map([...register, ["forbund.csv", forbundRows(payers)]]) };
  }
  if (delivered.length > 0 && !hasOwn && JSON.stringify(delivered) !== JSON.stringify(insats)) {
    const called = await db.rows<{ insats_id: string; namn: string }>("select insats_id, namn from staging.insats");
    const names = Object.fromEntries(called.map(({ insats_id: id, namn: own }) => [id, own]));
    return { ...state, insats: delivered, namn: names };
  }
  const named = valuesOf("Insats").filter((id) => !insats.includes(id));
  if (delivered.length === 0 && named.length > 0 && !hasOwn) {
    // What is written may be a name: an id has no spaces.
    const ids = new Map(named.map((written) => [written, /^[^\s/#]+$/.test(written) ? written : slugOf(written)]));
    const called = refs.flatMap(({ till, varde, fil }) => {
      const id = till === "Insats" ? ids.get(varde) : undefined;
      return id === undefined || id === varde ? [] : [{ fil, kolumn: "insats_id", varde, id }];
    });
    return { ...state, insats: [...new Set(ids.values())], ord: [...ord, ...called] };
  }
  const next = new Map(register);
  const [own] = insats;
  // With one insats its own files need not name it: it may be called something else in the pipeline file alone.
  const isOne = insats.length === 1;
  const rowIn = (place: { fil: string; blad: string }, row: readonly string[]): readonly string[][] => {
    const id = isOne ? own : insatsNamed(state, `${place.fil} ${place.blad}`);
    return id === undefined ? [] : [isOne ? [...row] : [id, ...row]];
  };
  const headed = (...columns: string[]): readonly string[] => (isOne ? columns : ["insats_id", ...columns]);
  const [known] = await idsIn(db, "forbund");
  if (delivered.length === 0 && !hasOwn)
    next.set("insats.csv", [
      ["insats_id", "namn", "forbund_id", "startdatum", "slutdatum"].slice(isOne ? 1 : 0),
      ...insats.map((id) => (isOne ? [namn, known ?? "", "", ""] : [id, id, known ?? "", "", ""])),
    ]);
  const unpaid = await db.count("checks.fynd where kod = 'kraver_varde' and detalj = 'Belopp'");
  // What the files call the förbund is known once their insats is.
  if (unpaid > 0 && known === undefined && !next.has("forbund.csv") && (hasOwn || delivered.length > 0)) {
    next.set("forbund.csv", forbundRows([forbund.id]));
    const [head, ...rows] = next.get("insats.csv") ?? [];
    const withForbund = (row: readonly string[]): readonly string[] =>
      row.map((cell, i) => (head?.[i] === "forbund_id" && cell === "" ? forbund.id : cell));
    if (head) next.set("insats.csv", [head, ...rows.map(withForbund)]);
    // A delivered insats is not written anew: who pays for it is said beside it.
    else next.set("finansiering.csv", [["insats_id", "forbund_id"], ...insats.map((id) => [id, forbund.id])]);
  }
  /** Rows of what is referred to, each once, under those that are known already. */
  const extend = (file: string, head: readonly string[], found: readonly Ref[], row: (ref: Ref) => string[]) => {
    const rows = new Map(
      found.flatMap((ref) => rowIn(ref, row(ref))).map((own) => [own.slice(0, isOne ? 1 : 2).join("\n"), own]),
    );
    if (rows.size > 0) next.set(file, [...(next.get(file) ?? [headed(...head)]), ...rows.values()]);
  };
  const called = [...ord];
  const parts = refs.filter(({ till }) => till === "Part");
  const delivers = await db.rows<{ part_id: string; namn: string; huvudman: string }>(
    "select part_id, namn, huvudman from staging.part order by part_id",
  );
  if (delivers.length === 0 || next.has("part.csv"))
    extend("part.csv", ["part_id", "namn", "huvudman"], parts, ({ varde }) => [varde, varde, huvudmanOf(varde)]);
  else if (isOne)
    for (const { varde, fil } of parts) {
      const id = partCalled(varde, delivers);
      if (id !== undefined) called.push({ fil, kolumn: "part_id", varde, id });
    }
  if ((await idsIn(db, "mote")).length === 0 || next.has("mote.csv")) {
    const days = refs.filter(({ till, varde }) => till === "Möte" && isDay(varde));
    const rowOf = ({ varde, fil, blad }: Ref): string[] => [varde, varde, motestypIn(`${fil} ${blad}`)];
    extend("mote.csv", ["mote_id", "datum", "motestyp"], days, rowOf);
  }
  return { ...state, register: next, ord: called };
};

const sizeOf = ({ insats, register, ord }: State): string => JSON.stringify([insats, [...register], ord]);

/** Findings that a run says and that only the office can answer. */
const isQuestion = ({ kod, allvar }: FindingGroup): boolean =>
  allvar === "fel" || kod === "okant_ord" || kod === "tusenfalt_belopp" || kod === "id_liknar";

const insatsQuestion =
  "vilken insats hör raderna till? Skriv konstanter: { insats_id: ID }, eller peka ut kolumnen som säger det: kolumner: { Projekt: insats_id } och varden: { insats_id: { 4711: ID } }.";

const questionText = ({ meddelande, antal, platser, kod, kolumn }: FindingGroup): string => {
  if (kod === "varde_saknas" && kolumn === "Insats") return insatsQuestion;
  const where = platser.slice(0, 3).join(", ") + (platser.length > 3 ? ` och ${platser.length - 3} till` : "");
  return `${where === "" ? "" : `${where}: `}${meddelande}${findings[kod].allvar === "fel" && antal > 1 ? ` (${antal} rader)` : ""}`;
};

type Finding = Row<"datakvalitet">;

/** A column of a period that is asked about whole. */
const isOfPeriod = (kolumn: string | null, { rule: { dataset }, fragor }: Entry): boolean =>
  fragor.includes(periodQuestion) &&
  ["fran", "till", "ar"].some((name) => datasetOf(dataset).columns[name]?.heading === kolumn);

/** What another question asks: the period as a whole; and an insats's förbund where its rows name no insats. */
const isAskedAlready = ({ kod, kolumn }: Finding, entry: Entry, all: readonly Finding[]): boolean =>
  (kod === "varde_saknas" && isOfPeriod(kolumn, entry)) ||
  (kod === "kraver_varde" && all.some((other) => other.kod === "varde_saknas" && other.kolumn === "Insats"));

/** What was read by an entry, and what a run would say of it. */
const withOutcome = (
  entry: Entry,
  leverans: string,
  leveranser: readonly Row<"leveranser">[],
  found: readonly Finding[],
): Entry => {
  const isOwn = ({ fil, blad }: { fil: string; blad: string | null }): boolean =>
    entry.filer.some((namn) => fil === `${leverans}/${namn}`) &&
    ((blad ?? "") === "" || entry.filer.length > 1 || entry.bladen.includes(blad ?? ""));
  const { dataset, kolumner = {}, urval = {} } = entry.rule;
  const tables = leveranser.filter((table) => isOwn(table) && (table.dataset === dataset || table.dataset === null));
  const own = found.filter(isOwn);
  const unknown = own.filter(({ kod }) => kod === "okand_kolumn").map(({ kolumn }) => kolumn ?? "");
  const taken = new Set(["insats_id", ...Object.values(kolumner).flat()]);
  const unread = [...new Set(unknown)]
    .filter((heading) => !(heading in urval))
    .map((heading) => `”${heading}” (närmast ${nearestColumns(dataset, heading, taken).join(", ")})`);
  const others = `rubriker som inte läses: ${unread.join("; ")}. Ska någon läsas, skriv den under kolumner.`;
  const asked = grouped(own.filter((one) => !isAskedAlready(one, entry, own)))
    .filter(isQuestion)
    .map(questionText);
  return {
    ...entry,
    lasta: sumOf(tables, "lasta"),
    avvisade: sumOf(tables, "avvisade"),
    overhoppade: sumOf(tables, "overhoppade"),
    fragor: [...entry.fragor, ...(unread.length > 0 ? [others] : []), ...[...new Set(asked)].slice(0, 8)],
  };
};

/** Measures that find something to count, or to divide by, with what a goal on each has to name. */
const measurable = async (db: Database): Promise<DraftContent["mal"]> => {
  const found: DraftContent["mal"][number][] = [];
  for (const { name, kravs, raknas, slag } of measures.values()) {
    const anyOf = (column: string): string => `any_value("${column}"${raknas.includes(column) ? "[1]" : ""})`;
    const columns = kravs.map((column) => `, cast(${anyOf(column)} as varchar) as "${column}"`).join("");
    const counted = slag === "andel" || slag === "kvot" ? "sum(namnare) > 0" : "count(taljare) > 0";
    const [row] = await db.rows<Record<string, string> & { ar_matbar: boolean | null }>(
      `select ${counted} as ar_matbar${columns} from measures.${name}`,
    );
    if (row?.ar_matbar)
      found.push({ matt: name, parametrar: Object.fromEntries(kravs.map((column) => [column, row[column] ?? ""])) });
  }
  return found;
};

const sumOf = (rows: readonly Row<"leveranser">[], column: "lasta" | "avvisade" | "overhoppade"): number =>
  rows.reduce((sum, row) => sum + row[column], 0);

const csv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => `${row.map((cell) => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(";")}\n`)
    .join("");

/** The editor's schema, where it lies beside the pipeline file. */
const schemaFor = (home: string): string | undefined =>
  existsSync(join(home, "pipeline.schema.json")) ? "./pipeline.schema.json" : undefined;

/** What is asked of what was guessed for the whole insats. */
const questionsOf = ({ register }: State, forbund: string, found: readonly Finding[]): string[] => {
  const isPaidByGuess = register.get("forbund.csv")?.some(([id]) => id === forbund) ?? false;
  const asked: readonly (readonly [isAsked: boolean, question: string])[] = [
    [
      found.some(({ kod }) => kod === "personnummer" || kod === "personnamn"),
      "filer med personuppgifter avvisas i sin helhet. Be om filer utan, eller skriv personuppgifter: pseudonymisera och rattsligt_stod: …, om sådant stöd finns.",
    ],
    [
      register.has("insats.csv"),
      "heter insatsen så? Id:t nedan och namnet i insats.csv är gissade ur mappens namn. Fyll i startdatum och slutdatum där.",
    ],
    [
      isPaidByGuess,
      `filerna säger inte vilket förbund som betalar. Rätta forbund_id i forbund.csv (nu ${forbund}) och i ${register.has("insats.csv") ? "insats.csv" : "finansiering.csv"}.`,
    ],
    [
      register.has("forbund.csv") && !isPaidByGuess,
      "vad heter förbunden? Id:na i forbund.csv är hämtade ur filerna; skriv namnen där.",
    ],
    [register.has("part.csv"), "parterna i part.csv är hämtade ur filerna, med huvudman efter namnet. Är de rätt?"],
    [register.has("mote.csv"), "mötena i mote.csv är dagarna i filerna, med en gissad motestyp. Är de rätt?"],
  ];
  return asked.flatMap(([isAsked, question]) => (isAsked ? [question] : []));
};

/**
 * Writes a pipeline file for the files of a folder, and small registers of what they refer to and lack.
 * @throws UsageError there is no such folder, it holds nothing to read, or a file stands where one is to be written
 */
export const init = async (
  folder: string,
  { output, force = false, today = stockholmToday() }: InitOptions = {},
): Promise<Draft> => {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`${folder}: no such folder`);
  const name = basename(resolve(folder));
  const first = slugOf(name);
  const pipelineFile = output ?? join("pipelines", `${first}.yaml`);
  if (existsSync(pipelineFile) && !force)
    throw new UsageError(`${pipelineFile}: a file stands there; give another with -o, or --force to replace it`);
  const home = dirname(resolve(pipelineFile));
  const written = slashes(relative(home, resolve(folder))) || ".";
  const sources = sourcesOf(
    [parsePipeline(pipelineFile, JSON.stringify({ insats: first, kallor: [written] }))],
    shownPath(today),
  );
  if (sources.files.length === 0)
    throw new UsageError(`${folder}: no table file there (CSV, TSV, TXT, XLSX or Parquet)`);
  const sheets: Sheet[] = [];
  const unread: string[] = [];
  await inMemory(async (db) => {
    await furnish(db);
    for (const file of sources.files) {
      const read = await sheetsOf(db, file);
      if (typeof read !== "string") sheets.push(...read);
      else unread.push(`${file.fil.slice(file.leverans.length + 1)}: ${read}`);
    }
  });
  const guessed: Guessed[] = [];
  for (const [i, sheet] of sheets.entries()) {
    const later = sheets.findIndex((other) => other.namn === sheet.namn) !== i;
    const guess = guessTable(sheet, later);
    // A pipeline file never holds an identity number, whoever wrote it as a heading.
    if ("rule" in guess && writtenNumber(JSON.stringify(guess.rule), today) === undefined)
      guessed.push({ sheet, entry: guess });
    else if ("rule" in guess) unread.push(`${sheet.namn}: rubrikerna innehåller personnummer`);
    else unread.push(`${[sheet.namn, sheet.tabell.blad].filter((one) => one !== "").join(", ")}: ${guess.provat}`);
  }
  const [{ leverans } = { leverans: "" }] = sources.files;
  const entriesIn = (state: State): Entry[] => entriesOf(guessed.map(withInsats(state)), sheets).map(withWords(state));
  const others = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => !tabular.test(file) && !/(^|[\\/])[.~]/.test(file) && statSync(join(folder, file)).isFile())
    .map(slashes);
  const registerName = basename(pipelineFile).replace(/\.ya?ml$/, "");
  const registerFolder = join(home, registerName);
  const forbund = forbundIn(sheets);
  const made: string[] = [];
  const putRegisters = ({ register }: State): void => {
    for (const [file, rows] of register) {
      const path = join(registerFolder, file);
      if (existsSync(path) && !made.includes(path) && !force)
        throw new UsageError(`${path}: a file stands there; move it, or --force to replace it`);
      mkdirSync(registerFolder, { recursive: true });
      if (!made.includes(path)) made.push(path);
      const [head = [], ...own] = rows;
      writeFileSync(path, csv([head, ...own.sort((a, b) => compareText(a.join(), b.join()))]));
    }
  };
  const content = (state: State, own: readonly Entry[], mal: DraftContent["mal"], fragor: readonly string[]): string =>
    withoutNumbers(
      draftText({
        ...{ insats: state.insats, folder: name, schema: schemaFor(home), fil: pipelineFile },
        ...{ fragor, entries: own, unread, others, mal },
        kallor: [written, ...(state.register.size > 0 ? [registerName] : [])],
      }),
      today,
    );
  /** Reads the folder as a run would, until nothing that its files refer to is missing. */
  const settle = async (state: State, left: number): Promise<Draft> => {
    const entries = entriesIn(state);
    const pipelines = [parsePipeline(pipelineFile, content(state, entries, [], []))];
    const next = await loadOnly(pipelines, today, (loaded) => completeState(loaded, state, nameOf(name), forbund));
    if (left > 0 && sizeOf(next) !== sizeOf(state)) {
      putRegisters(next);
      return settle(next, left - 1);
    }
    const { checked, mal } = await tryOut(pipelines, [], today, async (one) => ({
      checked: await describeTried(one, pipelines),
      mal: await measurable(one.db),
    }));
    const { leveranser, datakvalitet } = checked;
    const told = entries.map((entry) => withOutcome(entry, leverans, leveranser, datakvalitet));
    const text = content(state, told, mal, questionsOf(state, forbund.id, datakvalitet));
    parsePipeline(pipelineFile, text);
    mkdirSync(home, { recursive: true });
    writeFileSync(pipelineFile, text, force ? {} : { flag: "wx" });
    const register = made.map((path) => slashes(relative(process.cwd(), path)));
    return {
      ...{ pipeline: pipelineFile, register, insats: state.insats },
      ...{ filer: sources.files.length, lasta: sumOf(leveranser, "lasta"), avvisade: sumOf(leveranser, "avvisade") },
      ...{ oplacerade: unread.map((one) => withoutNumbers(one, today)), fragor: (text.match(/# FRÅGA/g) ?? []).length },
    };
  };
  try {
    return await settle({ insats: [first], namn: {}, register: new Map(), ord: [] }, 6);
  } catch (error) {
    for (const path of made) rmSync(path, { force: true });
    throw error;
  }
};
