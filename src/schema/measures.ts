/** The measures there are: each file in `sql/measures` says in its header what kind it is and what a goal may ask of it. */
import { parse } from "yaml";
import { z } from "zod";
import { type SqlFile, sqlFiles } from "./sql.ts";
import { type DatasetName, datasetNames, datasetOf } from "./tables.ts";

const header = z.strictObject({
  /** `antal` counts distinct nyckel, `summa` adds, `andel` and `kvot` are Σ/Σ. */
  slag: z.enum(["antal", "summa", "andel", "kvot"]),
  /** The unit `varde` has in results, if not what `slag` says; `kr` and `kr/…` are counted in öre and divided at the end. */
  enhet: z.string().default(""),
  /** Evidence columns a goal may select on: `parametrar: { motestyp: styrgrupp }`. */
  filter: z.array(z.string()).default([]),
  /** Parameters that are lower bounds: `minst_parter` → the evidence column it bounds. */
  minst: z.record(z.string(), z.string()).default({}),
  /** Evidence columns, lists of words, that decide what counts without leaving the denominator: one answer of several. */
  raknas: z.array(z.string()).default([]),
  /** Values a goal that says nothing gets. */
  standard: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).default({}),
  /** Parameters without which the measure means nothing. */
  kravs: z.array(z.string()).default([]),
  /** Parameters one of which, or a group, a goal has to name: all together answer no question. */
  helhet: z.array(z.string()).default([]),
  /** Other datasets that decide what its rows count as, so that a row that is missing there may change any of them. */
  beror: z.array(z.string()).default([]),
  /** It is not counted by kön, age or kommun, whatever its rows say. */
  odelad: z.boolean().default(false),
  /** What is counted is who is there, which does not grow with the days: its target is not scaled in a shorter period. */
  bestand: z.boolean().default(false),
});

type Stated = z.infer<typeof header>;

/** @throws Error where it has no unit: neither a sum nor a ratio says of what */
const readHeader = (stated: unknown): Stated => {
  const read = header.parse(stated);
  const enhet = read.enhet || (read.slag === "antal" || read.slag === "andel" ? read.slag : "");
  if (enhet === "") throw new Error(`a measure of ${read.slag} has no enhet`);
  return { ...read, enhet };
};

/** What evaluators read of a measure, in Swedish. */
const definition = z.strictObject({
  raknas_som: z.string(),
  /** A count or sum has no such thing. */
  taljare: z.string().default("–"),
  namnare: z.string().default("–"),
  utesluter: z.string(),
  kalla: z.string(),
  jamfor_inte_med: z.string(),
});

/** What every evidence row can say; a measure's select names those it needs, and columns of its own to select on. */
export const evidence = {
  insats_id: "varchar not null",
  forbund_id: "varchar",
  part_id: "varchar",
  kon: "varchar",
  /** A person's age in years, or `okant`; null on rows that are no person's. */
  alder: "varchar",
  /** A person's kommun, or `okant`; null on rows that are no person's. */
  kommun: "varchar",
  /** What a person lived on before, `flera` of several, or `okant`; null on rows that are no person's. */
  forsorjning: "varchar",
  /** The dataset that rows and their totals both speak for. */
  register: "varchar not null",
  /** `handelse` at datum; `overlapp` any day of fran–till; `dagar` spread over fran–till; `aggregat` a total for fran–till; `forfaller` at datum, the whole insats takes what is later; `odaterad` a total of the whole insats. */
  tid: "varchar not null",
  /** Whether totals of shorter periods add up to a longer one. */
  ar_summerbar: "boolean",
  /** A total that one person may count in beside another: two of them are not asked for at once. */
  ar_flera: "boolean",
  datum: "date",
  fran: "date",
  till: "date",
  /** Rows with one nyckel count once; without nyckel each row adds its taljare. */
  nyckel: "varchar",
  /** Null where it is unknown, and on a row that speaks of the denominator only: a rate needs some row that has one. */
  taljare: "decimal(28, 6)",
  namnarnyckel: "varchar",
  /** Null where it cannot be known. */
  namnare: "decimal(28, 6)",
  /** What is left out because it is unknown. */
  okand: "decimal(28, 6)",
  /** What may count or not: it rests on a word that nobody knows. */
  okant_ord: "decimal(28, 6)",
  /** Why a row that was looked at does not count. */
  skal: "varchar",
  kallrader: "bigint[] not null",
  /** The dataset column whose cell holds the figure. */
  kallkolumn: "varchar",
} as const satisfies Readonly<Record<string, string>>;

/** What a goal may be split by besides the whole. */
export const groupKinds = ["part", "huvudman", "kon", "aldersgrupp", "kommun", "forsorjning"] as const;
export type GroupKind = (typeof groupKinds)[number];

const columnOf: Readonly<Record<GroupKind, string>> = {
  part: "part_id",
  huvudman: "part_id",
  kon: "kon",
  aldersgrupp: "alder",
  kommun: "kommun",
  forsorjning: "forsorjning",
};

/** What a part of a measure's select makes of the rows of one dataset: which figures such a row may belong to. */
export interface Gren {
  readonly dataset: DatasetName;
  /** As in evidence; `beroende` where a row decides what other datasets' rows count as. */
  readonly tid: string;
  /** The columns of its first and last day. */
  readonly dagar: readonly [fran: string, till: string];
  /** Each evidence column that it gives, with the dataset's column that it is; undefined where it is made of more. */
  readonly kolumner: ReadonlyMap<string, string | undefined>;
  /** A row without a value here is no evidence. */
  readonly kraver: readonly string[];
  /** Of a row with another value neither. */
  readonly endast: ReadonlyMap<string, readonly string[]>;
  /** The column that adds up. */
  readonly belopp: string | undefined;
}

export interface Measure extends Stated {
  readonly name: string;
  /** What is counted is persons, since some dataset of its rows is about them: 1–4 of them are hidden outside `internt`. */
  readonly personer: boolean;
  readonly sql: string;
  /** What a goal may group it by: what its evidence names. */
  readonly grupper: readonly GroupKind[];
  /** The datasets its rows come from, by the names evidence gives them. */
  readonly registers: readonly string[];
  /** The datasets that its select reads, a part at a time. */
  readonly grenar: readonly Gren[];
  readonly definition: z.infer<typeof definition>;
}

const line = /^-- (slag|enhet|filter|minst|raknas|standard|kravs|helhet|beror|odelad|bestand): .*$/;
const said = /^-- (raknas_som|taljare|namnare|utesluter|kalla|jamfor_inte_med): (.*)$/;
const continued = /^-- {3}(\S.*)$/;

/** Lines of the definition as fields; a line that is set in goes on with the one above. */
const definitionOf = (name: string, lines: readonly string[]): Measure["definition"] => {
  const fields: Record<string, string> = {};
  let field: string | undefined;
  for (const written of lines) {
    const [, key, text] = said.exec(written) ?? [];
    const [, more] = continued.exec(written) ?? [];
    if (key !== undefined) fields[key] = text ?? "";
    else if (more !== undefined && field !== undefined) fields[field] += ` ${more}`;
    field = key ?? (more === undefined ? undefined : field);
  }
  const read = definition.safeParse(fields);
  if (read.success) return read.data;
  throw new Error(`sql/measures/${name}.sql: its header lacks ${read.error.issues[0]?.path.join(".")}`);
};

const nameOf = (column: string): string => /\w*$/.exec(column)?.[0] ?? "";

/** What the rows of a mart are as evidence, whichever measure reads them: the line `bevis` of the mart's header. */
const givenBy = new Map(
  sqlFiles("marts").map(({ name, text }) => [name, /^-- bevis: (.*)$/m.exec(text)?.[1]?.split(", ") ?? []]),
);
const personColumns = ["kon", "alder", "kommun"];

/** A part of a measure's select with what the mart that it reads gives, where it does not say otherwise itself. */
const completed = (part: string, { odelad: isUndivided }: Stated): string =>
  /^group by/m.test(part)
    ? part
    : part.replace(/^select\n((?: {4}.*\n)+)(?=from marts\.(\w+)$)/m, (_, own: string, mart: string) => {
        const stated = own.split(",\n").map((column) => nameOf(column.trim()));
        const given = (givenBy.get(mart) ?? []).filter(
          (column) => !stated.includes(nameOf(column)) && !(isUndivided && personColumns.includes(nameOf(column))),
        );
        return `select\n${given.map((column) => `    ${column},\n`).join("")}${own}`;
      });

/** What a row about a möte has of its möte. */
const ofMote = ["datum", "motestyp", "status"];

/** The columns of a dataset's first and last day. */
const daysOf = (columns: readonly string[], period?: readonly [string, string]): readonly [string, string] => {
  const day = ["senast", "datum", "ar"].find((column) => columns.includes(column)) ?? "datum";
  return period ?? [day, day];
};

const columnsOf = (dataset: DatasetName): string[] => {
  const own = Object.keys(datasetOf(dataset).columns);
  return own.includes("mote_id") ? [...own, ...ofMote] : own;
};

/** A part of a measure's select: of rows it names their dataset, of totals the mart that they stand in. */
const grenOf = (part: string): Gren | undefined => {
  const said = (pattern: RegExp): string => pattern.exec(part)?.[1] ?? "";
  const tid = said(/'(\w+)'(?: end)? as tid/);
  const isTotal = tid === "aggregat" || tid === "odaterad";
  const source = isTotal ? said(/from (?:marts|staging)\.(\w+)/) : said(/'(\w+)' as register/);
  const dataset = datasetNames.filter((name) => source.startsWith(name)).sort((a, b) => b.length - a.length)[0];
  if (dataset === undefined) return undefined;
  const columns = columnsOf(dataset);
  const columnOf = (written: string): string | undefined => {
    const name = written.replace(/_ore$/, "");
    return columns.includes(name) ? name : undefined;
  };
  const [select = "", rest = ""] = part.split(/^from /m);
  const given = [...select.matchAll(/^ {4}(?:(.*?) as )?(?:\w+\.)?(\w+),?$/gm)].map(
    ([, written, name = ""]) => [name, columnOf((written ?? name).replace(/^\w+\./, ""))] as const,
  );
  const kolumner = new Map(given);
  const [first, last] = daysOf(columns, datasetOf(dataset).period);
  const day = columnOf(said(/[ (.](\w+)(?:, [\w.]+\))? as datum,/)) ?? kolumner.get("datum");
  return {
    dataset,
    tid,
    dagar: [
      day ?? (tid === "handelse" ? undefined : kolumner.get("fran")) ?? first,
      day ?? (tid === "handelse" ? undefined : kolumner.get("till")) ?? last,
    ],
    kolumner,
    kraver: [...rest.matchAll(/(\w+) is not null/g)].flatMap(([, name = ""]) => columnOf(name) ?? []),
    endast: new Map(
      [...Map.groupBy(rest.matchAll(/(\w+) = '(\w+)'/g), ([, name = ""]) => name)].flatMap(([name, found]) => {
        const column = columnOf(name);
        return column === undefined ? [] : [[column, found.map(([, , value = ""]) => value)] as const];
      }),
    ),
    belopp: kolumner.get("taljare"),
  };
};

/** Rows of a dataset that a measure only depends on may change all that they are near in time. */
const dependence = (written: string): Gren => {
  const dataset = datasetNames.find((name) => name === written);
  if (dataset === undefined) throw new Error(`beror: ${written}`);
  const dagar = daysOf(columnsOf(dataset), datasetOf(dataset).period);
  return { dataset, tid: "beroende", dagar, kolumner: new Map(), kraver: [], endast: new Map(), belopp: undefined };
};

const union = "union all by name\n";

const measure = ({ name, text }: SqlFile): Measure => {
  const lines = text.split("\n");
  const stated = readHeader(
    parse(
      lines
        .filter((l) => line.test(l))
        .map((l) => l.slice("-- ".length))
        .join("\n"),
    ),
  );
  const parts = text.split(union).map((part) => completed(part, stated));
  const sql = parts.join(union);
  const registers = [...new Set([...sql.matchAll(/'(\w+)' as register/g)].map(([, register = ""]) => register))];
  const columns = new Set([...sql.matchAll(/^ {4}(?:.*[ .])?(\w+),?$/gm)].map(([, column = ""]) => column));
  return {
    name,
    sql,
    grenar: [...parts.flatMap((part) => grenOf(part) ?? []), ...stated.beror.map(dependence)],
    grupper: groupKinds.filter((kind) => columns.has(columnOf[kind])),
    registers,
    definition: definitionOf(name, lines),
    personer: registers.some((register) => datasetOf(register as DatasetName).personer !== undefined),
    ...stated,
  };
};

export const measures: ReadonlyMap<string, Measure> = new Map(
  sqlFiles("measures").map((file) => [file.name, measure(file)]),
);

/** What a goal on a formula is judged by: no rows of its own, and the unit that the formula comes to. */
export const ofFormula = (enhet: string): Measure => ({
  ...readHeader({ slag: "kvot", enhet }),
  ...{ name: "formel", sql: "", personer: false, grenar: [], grupper: [], registers: [] },
  definition: definition.parse({
    raknas_som: "Det som formeln ger",
    utesluter: "–",
    kalla: "Målets egen formel",
    jamfor_inte_med: "–",
  }),
});

export const parametersOf = ({ filter, raknas, minst }: Measure): string[] => [
  ...filter,
  ...raknas,
  ...Object.keys(minst),
];

/** @throws Error for a name that no pipeline can have stated: names are checked when pipelines are read */
export const measureOf = (name: string): Measure => {
  const found = name === "formel" ? ofFormula("antal") : measures.get(name);
  if (!found) throw new Error(`no such measure: ${name}`);
  return found;
};

const namesOf = (wanted: (measure: Measure) => boolean): string[] =>
  [...measures.values()].filter((measure) => measure.personer && wanted(measure)).map(({ name }) => name);

/** What of a measure counts persons: no numerator that is days or kronor, and no denominator that is a stated target group. */
export const personNumerators = namesOf(({ slag, enhet }) => slag !== "kvot" || enhet === "andel");
export const personDenominators = namesOf(
  ({ slag, enhet }) => slag === "andel" || (slag === "kvot" && enhet !== "andel"),
);
/** Measures whose numerator is what happened to the persons of the denominator: what is more than one each tells of those who came back. */
export const personEvents = namesOf(({ slag, enhet }) => slag === "kvot" && enhet.endsWith("/individ"));
export const personMeasures = namesOf(() => true);
