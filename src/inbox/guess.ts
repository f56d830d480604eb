/**
 * What a table may be that no pipeline describes yet: a mapping, the evidence for it, and what only the office knows.
 * What a run recognises by itself is left to it; the rest is told by the shape of the table.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { distance } from "fastest-levenshtein";
import { parse } from "yaml";
import { z } from "zod";
import { type Column, fold } from "../schema/columns.ts";
import type { Rule, Words } from "../schema/pipeline.ts";
import { type DatasetName, datasetNames, datasetOf } from "../schema/tables.ts";
import {
  clean,
  filledOf,
  findHeader,
  type Header,
  headerAt,
  isFigure,
  thousandsIn,
  unitOf,
  withoutGroup,
  withoutUnit,
} from "./header.ts";
import { completed } from "./mapping.ts";
import { type NameKey, nameKeys, type Period, type PeriodOf, periodInNames } from "./period.ts";
import { byName, givenByPipeline, lackedBy, match, namesIn, recognise } from "./recognise.ts";
import { isBlank, type Post, type Tabell } from "./table.ts";
import { compareText } from "./versions.ts";

export interface Guess {
  readonly rule: Rule;
  /** Why, in Swedish, by the key of the rule that it speaks for. */
  readonly bevis: Readonly<Record<string, string>>;
  /** What only the office knows, in Swedish. */
  readonly fragor: readonly string[];
}

export interface Place {
  readonly fil: string;
  readonly tabell: Tabell;
  readonly periodOf: PeriodOf;
}

/** A file's name without folder and ending. */
const stemOf = (fil: string): string => clean(basename(fil).replace(/\.\w+$/, ""));

/** Rows above a table are read for its period and unit. */
export const titlesOf = ({ poster }: Tabell): string[] =>
  poster.slice(0, findHeader(poster)?.at ?? 0).flatMap(filledOf);

/** A column of a table as it stands. */
interface Spalt {
  readonly cell: number;
  readonly heading: string;
  /** Without a group that stands over all columns. */
  readonly own: string;
  /** Filled cells below the heading, totals' and notes' rows left out. */
  readonly values: readonly string[];
  readonly blanks: number;
}

/** A header that a table may have, and its columns. */
interface Seen extends Place {
  readonly header: Header;
  readonly columns: readonly Spalt[];
  readonly titles: readonly string[];
}

const aside = /^(summa|delsumma|total|s:a|källa|anm|not|\*|uppdaterad|samtliga)/i;

/** Headers worth trying: the one that looks like it, and rows of dates or periods, which look like figures. */
const candidates = (poster: readonly Post[], periodOf: PeriodOf): Header[] => {
  const looks = findHeader(poster);
  const dated = poster.slice(0, 30).flatMap((post, at) => {
    if (isBlank(post)) return [];
    const filled = filledOf(post);
    const periods = filled.filter((cell) => periodOf(cell) !== undefined);
    return periods.length >= 2 && periods.length >= filled.length / 2 ? [headerAt(poster, at)] : [];
  });
  const [first] = dated;
  // Dates across stand over marks; a row of data may begin with as many. A row of groups belongs to the headings under it.
  const isGroups = first?.at === looks?.at && looks?.rows === 2;
  return [...(first && !isGroups && (!looks || first.at <= looks.at) ? [first] : []), ...(looks ? [looks] : [])];
};

const seenAt = (place: Place, header: Header): Seen => {
  const { poster } = place.tabell;
  const below = poster
    .slice(header.at + header.rows)
    .filter((post) => !isBlank(post) && !aside.test(filledOf(post)[0] ?? ""))
    .filter((post) => header.headings.length < 3 || filledOf(post).length > 1);
  const ownOf = withoutGroup(header, [...header.headings.keys()]);
  const columns = header.headings.map((heading, cell) => {
    const values = below.map(({ celler }) => clean(celler[cell] ?? "")).filter((value) => value !== "");
    return { cell, heading: clean(heading), own: ownOf(cell), values, blanks: below.length - values.length };
  });
  return {
    ...{ ...place, header, columns: columns.filter(({ heading, values }) => heading !== "" || values.length > 0) },
    titles: poster.slice(0, header.at).flatMap(filledOf),
  };
};

const share = (values: readonly string[], is: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(is).length / values.length;

const saysYear = /^(ar|kalenderar|artal|verksamhetsar)$/;
const saysPeriod = /^(datum|manad|period|kvartal|tertial|termin|vecka|ar|artal|avserperiod|avsermanad)$|datum$|manad$/;

const isDated = ({ heading, values }: Spalt, periodOf: PeriodOf): boolean => {
  const early = values.slice(0, 12);
  const known = share(early, (value) => periodOf(value) !== undefined);
  const isPlain = share(early, (value) => /^\d{1,6}$/.test(value)) > 0.5;
  return early.length > 0 && known >= 0.7 && (!isPlain || saysPeriod.test(fold(heading)));
};

const quoted = (text: string): string => `”${text}”`;
const listed = (texts: readonly string[], most = 5): string =>
  texts.slice(0, most).map(quoted).join(", ") + (texts.length > most ? ` och ${texts.length - most} till` : "");

/** A period that a table's names or titles state, as a mapping gives it. */
const periodGiven = (seen: Seen): { rule: Partial<Rule>; bevis: string } | undefined => {
  const { fil, tabell, titles, periodOf } = seen;
  const statedBy = (keys: readonly NameKey[], name = tabell.blad): Period | undefined => {
    const found = periodInNames(keys, fil, name, periodOf);
    return typeof found === "string" ? undefined : found.period;
  };
  const [ofFile, ofBoth] = [statedBy(["filnamn"]), statedBy(nameKeys)];
  // A sheet's month narrows the file's year.
  const isNarrower = ofFile?.fran !== ofBoth?.fran || ofFile?.till !== ofBoth?.till;
  const named = { filnamn: "filens namn", bladnamn: "bladets namn" };
  for (const keys of [["bladnamn" as const], isNarrower ? nameKeys : ["filnamn" as const]]) {
    const period = statedBy(keys);
    const bevis = `${keys.map((key) => named[key]).join(" och ")} säger ${period?.fran}–${period?.till}`;
    if (period) return { rule: { period: keys.length === 1 ? keys[0] : [...keys] }, bevis };
  }
  for (const title of titles) {
    const period = statedBy(["bladnamn"], title);
    const bevis = `titeln ${quoted(title)} säger ${period?.fran}–${period?.till}`;
    if (period) return { rule: { konstanter: { ...period } }, bevis };
  }
  return undefined;
};

const patterns = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string())]).transform((all) => [all].flat().map((one) => new RegExp(one))),
);
const file = new URL("../../data/gissningar.yaml", import.meta.url);
/** What offices call things. */
const called = z
  .strictObject({
    ...{ kolumner: z.record(z.string(), patterns), variabler: patterns, kategorier: patterns, huvudman: patterns },
    marken: z.record(z.string(), z.array(z.string())),
  })
  .parse(parse(readFileSync(file, "utf8")));

/** The first name that one of its patterns gives to some text. */
const nameOf = (names: z.infer<typeof patterns>, texts: readonly string[]): string | undefined =>
  Object.keys(names).find((name) => texts.some((text) => names[name]?.some((pattern) => pattern.test(fold(text)))));

export const huvudmanOf = (part: string): string => nameOf(called.huvudman, [part]) ?? "annan";

/** The headings of a year and of its months or quarters, which stand in columns of their own. */
const yearAndMonth = (columns: readonly Spalt[], periodOf: PeriodOf): [string, string] | undefined => {
  const year = columns.find(({ heading }) => saysYear.test(fold(heading)));
  const month = columns.find(({ heading }) => /^(manad|manadsnamn|kvartal|kv)$/.test(fold(heading)));
  return year && month && !isDated(month, periodOf) ? [year.heading, month.heading] : undefined;
};

/** What a heading of dates can give a dataset. */
const periodsOf = (dataset: DatasetName): readonly string[] =>
  ["fran", "till", "ar"].filter((name) => name in datasetOf(dataset).columns);

interface Fitted extends Guess {
  /** Required columns that nothing gives. */
  readonly saknas: readonly string[];
  readonly isPlaced: boolean;
  readonly traffar: number;
}

const headingOf = (dataset: DatasetName, column: string): string =>
  (datasetOf(dataset).columns[column] as Column | undefined)?.heading ?? column;

/** Women, men and totals in the rows of a column, each as the column that its figure belongs to. */
const sexNames = (labels: readonly string[]): Record<string, { kolumn: string }> =>
  Object.fromEntries(
    labels
      .filter((label) => sexes[fold(label)] !== undefined || totals.test(fold(label)))
      .map((label) => [label, { kolumn: sexColumns[sexes[fold(label)] ?? ""] ?? "totalt" }]),
  );

/** The column whose every row is of one sex or of all, and names at least two. */
const sexesDown = ({ columns, tabell, header }: Seen) => {
  for (const { cell, heading, values } of columns) {
    const namn = sexNames(labelsOf(tabell, header, cell));
    const isAll = heading !== "" && values.every((value) => value in namn);
    if (isAll && Object.keys(namn).length >= 2) return { rubrik: heading, namn };
  }
  return undefined;
};

/** How a dataset would read a table of one row per thing. */
const fitPlain = (dataset: DatasetName, seen: Seen): Fitted => {
  const { header, columns, periodOf, tabell, fil } = seen;
  const declared = datasetOf(dataset).columns;
  const names = Object.keys(declared);
  const found = match(dataset, namesIn(header));
  const own = new Map(names.flatMap((name, i) => ((found[i] ?? -1) >= 0 ? [[name, found[i] ?? -1] as const] : [])));
  const rule: { -readonly [K in keyof Rule]: Rule[K] } = { dataset };
  const renamed: Record<string, string | string[]> = {};
  const bevis: Record<string, string> = {};
  const fragor: string[] = [];
  const free = (): Spalt[] =>
    columns.filter(({ cell, heading }) => heading !== "" && ![...own.values()].includes(cell));
  // A total of a list is no column of it, and money has no plain count.
  const takesKind = (name: string, { values }: Spalt): boolean => {
    const kind = declared[name]?.kind;
    if (kind === "kr" || kind === "tal" || kind === "heltal")
      return values.length === 0 || share(values.slice(0, 20), (value) => isFigure(value)) > 0.6;
    if (kind === "datum")
      return values.length === 0 || share(values.slice(0, 12), (value) => periodOf(value) !== undefined) >= 0.5;
    return true;
  };
  for (const [name, all] of Object.entries(called.kolumner[dataset] ?? {})) {
    if (own.has(name)) continue;
    const column = all
      .map((one) => free().find((own) => one.test(fold(own.heading.replace(/\(.*\)$/, ""))) && takesKind(name, own)))
      .find((one) => one !== undefined);
    if (!column) continue;
    own.set(name, column.cell);
    renamed[column.heading] = name;
  }
  const cellOf = (name: string): number => own.get(name) ?? -1;
  const written = (name: string): string => columns.find(({ cell }) => cell === cellOf(name))?.heading ?? "";
  // `Id` and `Insats`: the second is what it is called.
  const id = `${dataset}_id`;
  const bare = free().find(({ heading }) => fold(heading) === "id");
  if (bare && own.has(id) && declared.namn && !own.has("namn")) {
    renamed[written(id)] = "namn";
    renamed[bare.heading] = id;
    own.set("namn", cellOf(id)).set(id, bare.cell);
  }
  // Debit and credit.
  const kredit = columns.find(({ heading }) => /^kredit/.test(fold(heading)));
  if (dataset === "faktura" && kredit && own.has("belopp") && own.get("belopp") !== kredit.cell) {
    const debet = written("belopp");
    rule.belopp = { debet, kredit: kredit.heading };
    bevis.belopp = `rubrikerna ${quoted(debet)} och ${quoted(kredit.heading)}`;
    delete renamed[debet];
    if (!/^debet/.test(fold(debet)))
      fragor.push(`${quoted(kredit.heading)} dras från ${quoted(debet)}. Är det rätt? Ta annars bort belopp.`);
  }
  // A möte without an id of its own is known by its day.
  if (dataset === "mote" && !own.has("mote_id") && own.has("datum")) {
    renamed[written("datum")] = ["datum", "mote_id"];
    own.set("mote_id", cellOf("datum"));
    bevis.kolumner = "mötena har inget eget id och känns igen på sin dag";
  }
  if (dataset === "part" && !own.has("part_id") && own.has("namn")) {
    renamed[written("namn")] = ["part_id", "namn"];
    own.set("part_id", cellOf("namn"));
  }
  if (dataset === "leverabel" && own.has("leverabel_id") && !own.has("text")) {
    renamed[written("leverabel_id")] = ["leverabel_id", "text"];
    own.set("text", cellOf("leverabel_id"));
  }
  const givenBy = (name: string): boolean =>
    own.has(name) || givenByPipeline.has(name) || name in (rule.konstanter ?? {});
  const missing = (): string[] => names.filter((name) => declared[name]?.required && !givenBy(name));
  // A period: a column, two of year and month, or a name.
  const wanted = periodsOf(dataset).filter((name) => declared[name]?.required && !own.has(name));
  let isPlaced = wanted.length === 0;
  if (!isPlaced) {
    const dates = free().filter((column) => isDated(column, periodOf));
    const months = yearAndMonth(free(), periodOf);
    const given = periodGiven(seen);
    // The day of an invoice is not what it is for.
    const column =
      dates.find(({ heading }) => /^(period|avser)/.test(fold(heading))) ??
      dates.find(({ heading }) => saysPeriod.test(fold(heading))) ??
      dates[0];
    if (months) {
      rule.period = months;
      bevis.period = "året och månaden står i var sin kolumn";
    } else if (column && wanted.length > 0) {
      rule.period = column.heading;
      bevis.period = `kolumnen har datum eller perioder, till exempel ${quoted(column.values[0] ?? "")}`;
      own.set("", column.cell);
    } else if (given) {
      Object.assign(rule, given.rule);
      bevis.period = given.bevis;
    }
    isPlaced = rule.period !== undefined || rule.konstanter !== undefined;
    if (!isPlaced) fragor.push(periodQuestion);
  }
  const down = dataset === "deltagarantal" && own.has("totalt") && !own.has("kvinnor") ? sexesDown(seen) : undefined;
  if (down) {
    rule.unpivot = { kategori: down, kolumner: { [written("totalt")]: {} } };
    bevis.unpivot = `kolumnen ${quoted(down.rubrik)} säger vems antalet är`;
    delete renamed[written("totalt")];
    rule.konstanter = { ...rule.konstanter, slag: "deltagare" };
    fragor.push("vad räknas: deltagare, nya, pagaende eller avslutade? Gissat: deltagare.");
  }
  if (dataset === "mote" && missing().includes("motestyp")) {
    rule.konstanter = { ...rule.konstanter, motestyp: motestypIn(`${fil} ${tabell.blad}`) };
    fragor.push(`vilken typ av möten är det? Gissat: ${rule.konstanter.motestyp}.`);
  }
  if (dataset === "narvaro" && missing().join() === "kallad") {
    rule.konstanter = { ...rule.konstanter, kallad: "ja" };
    fragor.push("var alla parter i listan kallade? Så läses det nu (kallad: ja).");
  }
  if (dataset === "deltagarutfall" && own.has("varde") && !own.has("variabel")) {
    const values = columns.find(({ cell }) => cell === cellOf("varde"))?.values ?? [];
    const variabel = variabelIn(written("varde"), values);
    rule.konstanter = { ...rule.konstanter, variabel };
    own.set("variabel", -1);
    fragor.push(variableQuestion(variabel));
  }
  if (Object.keys(renamed).length > 0) rule.kolumner = renamed;
  // A budget often stands beside what came of it.
  const beside =
    dataset === "budget"
      ? free().filter(({ heading }) => /^(utfall|avvik|differens|kvar|prognos)/.test(fold(heading)))
      : [];
  const utfall = beside.find(({ heading }) => /^utfall/.test(fold(heading)));
  if (utfall && own.has("post"))
    fragor.push(
      `är ${quoted(utfall.heading)} vad insatsen har kostat? Skriv då en post till för samma fil: dataset: faktura, kolumner: { ${written("post")}: kostnadsslag, ${utfall.heading}: belopp }, konstanter: { faktura_id: utfall }, med samma period.`,
    );
  const saknas = missing().filter((name) => !periodsOf(dataset).includes(name));
  const { oneOf = [] } = datasetOf(dataset);
  const lacksOne =
    oneOf.length > 0 && !oneOf.some((name) => own.has(name))
      ? [oneOf.map((name) => headingOf(dataset, name)).join(" eller ")]
      : [];
  return {
    ...{
      rule,
      bevis,
      fragor,
      isPlaced,
      traffar: beside.length + new Set([...own.values()].filter((cell) => cell >= 0)).size,
    },
    saknas: [...saknas.map((name) => headingOf(dataset, name)), ...lacksOne],
  };
};

const motestyper = ["styrgrupp", "puls", "natverk", "workshop", "planering"];
export const motestypIn = (name: string): string => motestyper.find((typ) => fold(name).includes(typ)) ?? "samverkan";

const variabelIn = (heading: string, labels: readonly string[]): string =>
  nameOf(called.variabler, [heading]) ?? nameOf(called.kategorier, labels) ?? (fold(heading) || "utfall");
const variableQuestion = (variabel: string): string =>
  `vad mäter raderna? Gissat: ${variabel} (andra: sysselsattning_efter, forsorjning_fore, avslutsorsak, utbildning, alder, eller ett eget ord).`;

/** Marks of attendance, and what each is read as; what an office has to say stays missing until it does. */
const marks: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(called.marken).flatMap(([means, all]) => all.map((mark) => [mark, means])),
);
/** Marks that are read without being told. */
const plainMarks = new Set(["x", "ja", "j", "1", "nej", "n", "0"]);

const isPerson = ({ heading, values }: Spalt): boolean =>
  /deltag|person|individ|lopn|klient|arende/.test(fold(heading)) ||
  (heading === "" && share(values, (value) => /^\p{L}{0,3}[\s-]?\d+([-/]\d+)?$/u.test(value)) > 0.8);

/** An attendance list with dates one way and parts, or persons, the other. */
const guessMatrix = (seen: Seen): Guess | undefined => {
  const { columns, periodOf, tabell, header } = seen;
  const isMarked = ({ values }: Spalt): boolean => share(values, (value) => value.toLowerCase() in marks) >= 0.8;
  const marked = columns.filter((column) => column.heading !== "" && (isMarked(column) || column.values.length === 0));
  const body = marked.flatMap(({ values }) => values);
  const written = [...new Set(body)];
  if (marked.filter(({ values }) => values.length > 0).length < 2 || written.length > 12) return undefined;
  const dates = marked.filter(({ heading, own }) => (periodOf(heading) ?? periodOf(own)) !== undefined);
  // Counts of women and men, and of months, are 0 and 1 too.
  const isCount = marked.some(({ heading }) => sexes[fold(heading)] !== undefined || totals.test(fold(heading)));
  if (isCount || (written.every((value) => isFigure(value)) && dates.length === 0)) return undefined;
  const labels = columns.filter((column) => !marked.includes(column));
  const days =
    labels.find((column) => isDated(column, periodOf)) ??
    labels.find(({ heading }) => /^mote(n|sid|id|snr|nr)?$/.test(fold(heading)));
  const across = dates.length >= 2 && dates.length >= marked.length / 2;
  const label = across
    ? labels.find(({ values }) => share(values, (value) => !isFigure(value) || value.length < 8) > 0.5)
    : days;
  if (!label || (!across && marked.length < 2)) return undefined;
  const isOfPersons = across ? isPerson(label) : marked.every(({ heading }) => /^\p{L}{0,3}[\s-]?\d+$/u.test(heading));
  const dataset = isOfPersons ? "arende" : "narvaro";
  const whose = isOfPersons ? "deltagar_id" : "part_id";
  const used = new Set([label, ...(across ? dates : marked)]);
  const skipped = [
    ...columns.flatMap((column) => (column.heading !== "" && !used.has(column) ? [column.heading] : [])),
    ...labelsOf(tabell, header, label.cell).filter((word) => totals.test(fold(word))),
  ];
  const said = written.filter((value) => value !== "-").toSorted(compareText);
  const meaningOf = (value: string): string => marks[value.toLowerCase()] ?? "";
  const unsure = said.filter((value) => meaningOf(value) === "");
  const told = isOfPersons ? [] : said.filter((value) => !plainMarks.has(value.toLowerCase()));
  const read = Object.fromEntries(told.map((value) => [value, meaningOf(value)]));
  const blanks = (across ? dates : marked).reduce((sum, column) => sum + column.blanks, 0);
  const rule: Rule = {
    dataset,
    ...(Object.keys(read).length > 0 ? { varden: { narvarande: read } } : {}),
    unpivot: {
      kategori: { ...(label.heading === "" ? {} : { rubrik: label.heading }), kolumn: across ? whose : "mote_id" },
      rubriker: across ? "mote_id" : whose,
      ...(isOfPersons ? {} : { konstanter: { kallad: "ja" } }),
      ...(skipped.length > 0 ? { hoppa_over: [...new Set(skipped)] } : {}),
    },
  };
  const whom = isOfPersons ? "deltagare" : "parter";
  const blankQuestion = `vad betyder en tom cell (${blanks} stycken)? Var parten inte där, skriv "": nej bland orden under varden: { narvarande: … }. Till dess räknas de inte, och närvaron bedöms inte.`;
  const markQuestion = (value: string): string =>
    `vad betyder ${quoted(value)}? Till dess läses det som att uppgiften saknas; skriv ja eller nej i stället för "".`;
  return {
    rule,
    bevis: {
      dataset: `cellerna är ${listed(written)}`,
      unpivot: across ? `möten i rubrikerna, ${whom} i raderna` : `möten i raderna, ${whom} i rubrikerna`,
    },
    fragor: [
      ...(isOfPersons
        ? ["varje ifylld cell läses som att personen togs upp på mötet. Är det rätt?"]
        : ["var alla parter kallade till alla möten? Så läses det nu (kallad: ja)."]),
      ...(!isOfPersons && blanks > 0 ? [blankQuestion] : []),
      ...unsure.map(markQuestion),
    ],
  };
};

const started = /^(starttid|starttime)/;
const respondent = /^(id$|lopn(umme)?r|respondent|svarsnr|epost|mail|email|namn|name|ip)/;

/** A survey with one respondent a row. */
const guessSurvey = (seen: Seen): Guess | undefined => {
  const { columns, fil } = seen;
  const isQuestion = ({ heading }: Spalt): boolean => heading.includes("?") || heading.length >= 30;
  const group = columns.find(
    ({ heading, values }) =>
      /roll|grupp|part$|organisation|myndighet|^kon$|yrke|arbetsplats|kommun/.test(fold(heading)) &&
      !respondent.test(fold(heading)) &&
      new Set(values).size > 1 &&
      new Set(values).size <= 15 &&
      !values.some((value) => value.length > 40),
  );
  const asked = columns.filter((column) => isQuestion(column) && column !== group);
  const isTimed = columns.some(({ heading }) => completed.test(fold(heading)) || started.test(fold(heading)));
  if (asked.length < (isTimed ? 1 : 2)) return undefined;
  const others = columns.filter(
    (column) =>
      column !== group &&
      !asked.includes(column) &&
      ![completed, started, respondent].some((pattern) => pattern.test(fold(column.heading))),
  );
  const isFree = ({ values }: Spalt): boolean =>
    new Set(values).size > Math.max(3, values.length * 0.6) &&
    values.some((value) => value.length > 12 || value.includes(" "));
  const closed = [...asked, ...others.filter(({ heading }) => heading !== "")].filter(
    (column) => !isFree(column) && column.values.length > 0,
  );
  const several = closed.filter(({ values }) => share(values, (value) => value.includes(";")) > 0.15);
  const single = closed.filter((column) => !several.includes(column));
  if (closed.length === 0) return undefined;
  const free = columns.filter(
    (column) =>
      column.heading !== "" && column !== group && !closed.includes(column) && !completed.test(fold(column.heading)),
  );
  const enkat = stemOf(fil);
  const headings = (some: readonly Spalt[]): string[] => some.map(({ heading }) => heading);
  return {
    rule: {
      dataset: "enkat",
      konstanter: { enkat_id: enkat },
      ...(free.length > 0 ? { hoppa_over: headings(free) } : {}),
      svarsrader: {
        ...(single.length > 0 ? { fragor: headings(single) } : {}),
        ...(several.length > 0 ? { flerval: headings(several) } : {}),
        ...(group ? { grupp: group.heading } : {}),
      },
    },
    bevis: {
      dataset: `${asked.length === 1 ? "en rubrik är en fråga" : `${asked.length} rubriker är frågor`}, och varje rad är en svarande`,
      ...(free.length > 0 ? { hoppa_over: "fritext, eller vem som svarade" } : {}),
      ...(several.length > 0 ? { svarsrader: "flera svar i en cell skiljs åt av semikolon" } : {}),
    },
    fragor: [
      `hur många fick enkäten? Skriv utskick: ANTAL bland konstanter${group ? " och ta bort grupp" : ""}, annars räknas ingen svarsfrekvens.`,
    ],
  };
};

const sexes: Readonly<Record<string, string>> = {
  ...{ kvinnor: "kvinna", kvinna: "kvinna", kv: "kvinna", k: "kvinna" },
  ...{ man: "man", m: "man", okant: "okant", okantkon: "okant" },
};
const sexColumns: Readonly<Record<string, string>> = { kvinna: "kvinnor", man: "man", okant: "okant" };
const totals = /^(total\w*|summa|alla|samtliga|bada|sammanlagt)$/;

/** The sex and the period that a heading of figures states: `2023 Kvinnor`; undefined where it says more than that. */
const figureHeading = (
  heading: string,
  periodOf: PeriodOf,
): { kon?: string; period?: string; isTotal: boolean } | undefined => {
  if (periodOf(heading) !== undefined) return { period: heading, isTotal: false };
  const parts = heading.split(/[\s,]+/).filter((part) => part !== "");
  const said = parts.map((part) => sexes[fold(part)]);
  const kon = said.find((one) => one !== undefined);
  const isTotal = parts.some((part) => totals.test(fold(part)));
  const rest = parts
    .filter((part, i) => said[i] === undefined && !totals.test(fold(part)) && !/^(antal|st)$/.test(fold(part)))
    .join(" ");
  if (rest !== "" && periodOf(rest) === undefined) return undefined;
  if (kon === undefined && rest === "" && !isTotal) return undefined;
  return { ...(kon === undefined ? {} : { kon }), ...(rest === "" ? {} : { period: rest }), isTotal };
};

/** A count, or what stands for one that is hidden. */
const isCounted = (value: string): boolean => /^(\d{1,5}|\.\.|-|<\s?5|x|\(s\))$/i.test(value);

const slagOf = (text: string): string | undefined => {
  const said = fold(text);
  if (/^nya|inskriv|pabor|nystart/.test(said)) return "nya";
  if (/avslut|utskriv/.test(said)) return "avslutade";
  if (/borjan|ingang|vidstart/.test(said)) return undefined;
  if (/pagaende|aktiva|inneliggande/.test(said)) return "pagaende";
  return /^(antal)?(deltagare|deltaganden|unika\w*|individer|personer)$/.test(said) ? "deltagare" : undefined;
};

export const periodQuestion =
  "vilken period gäller tabellen? Varken rubriker, titel, blad eller fil säger det, så raderna avvisas. Skriv till exempel period: 2023, eller konstanter: { fran: 2023-01-01, till: 2023-06-30 }.";

/** A survey's answers counted: questions in the rows, answers in the headings. */
const guessAnswers = ({ columns, fil }: Seen): Guess | undefined => {
  const [first, ...others] = columns.filter(({ heading }) => heading !== "");
  const answers = others.filter(({ values, heading }) => share(values, isCounted) > 0.7 && !totals.test(fold(heading)));
  if (!first || !/^(fraga|fragor|pastaende)/.test(fold(first.heading)) || answers.length < 2) return undefined;
  const skipped = others.filter((column) => !answers.includes(column)).map(({ heading }) => heading);
  return {
    rule: {
      dataset: "enkat",
      konstanter: { enkat_id: stemOf(fil) },
      unpivot: {
        ...{ kategori: { rubrik: first.heading, kolumn: "fraga" }, rubriker: "svar" },
        ...(skipped.length > 0 ? { hoppa_over: skipped } : {}),
      },
    },
    bevis: { dataset: `frågor i raderna, svar i rubrikerna: ${listed(answers.map(({ heading }) => heading))}` },
    fragor: ["hur många fick enkäten? Skriv utskick: ANTAL bland konstanter, annars räknas ingen svarsfrekvens."],
  };
};

const monthName = /^(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?$/i;

/** Counts of several kinds side by side, `Nya kvinnor` and `Avslutade`, or kinds of möten, each row a period. */
const guessFlow = (seen: Seen): Guess | undefined => {
  const { columns, periodOf } = seen;
  const counts = columns.flatMap((column) => {
    const parts = column.heading.split(/[\s,]+/);
    const kon = parts.map((part) => sexes[fold(part)]).find((one) => one !== undefined);
    const slag = slagOf(parts.filter((part) => !(fold(part) in sexes) && !totals.test(fold(part))).join(" "));
    const isNumeric = share(column.values, isCounted) > 0.7;
    return slag !== undefined && isNumeric ? [{ ...column, slag, kolumn: sexColumns[kon ?? ""] ?? "totalt" }] : [];
  });
  const moten = columns.filter(
    ({ heading, values }) => /mote|traff/.test(fold(heading)) && share(values, isCounted) > 0.7,
  );
  const isOfMoten = counts.length === 0 && moten.length > 1;
  if (!isOfMoten && new Set(counts.map(({ slag }) => slag)).size < 2) return undefined;
  const read: readonly Spalt[] = isOfMoten ? moten : counts;
  const others = columns.filter(({ cell, heading }) => heading !== "" && !read.some((one) => one.cell === cell));
  const both = yearAndMonth(others, periodOf);
  const dates = both ? undefined : others.find((column) => isDated(column, periodOf));
  const months = others.find(({ values }) => share(values, (value) => monthName.test(value)) > 0.8);
  const given = both || dates ? undefined : periodGiven(seen);
  const year = both?.[0] ?? (months && given?.rule.period);
  const column = dates ?? (year ? (others.find(({ heading }) => heading === both?.[1]) ?? months) : undefined);
  const period = column && [...(year ? [year].flat() : []), column.heading];
  return {
    rule: {
      ...{
        dataset: isOfMoten ? "moteantal" : "deltagarantal",
        ...given?.rule,
        ...(period && { period: period.length > 1 ? period : column.heading }),
      },
      unpivot: {
        kolumner: isOfMoten
          ? Object.fromEntries(moten.map(({ heading }) => [heading, { motestyp: heading }]))
          : Object.fromEntries(counts.map(({ heading, slag, kolumn }) => [heading, { slag, kolumn }])),
      },
    },
    bevis: {
      dataset: `rubrikerna ${listed(read.map(({ heading }) => heading))}`,
      ...(column && {
        period: `kolumnen har ${year ? "månader" : "datum eller perioder"}, till exempel ${quoted(column.values[0] ?? "")}`,
      }),
      ...(given && !column ? { [given.rule.period === undefined ? "konstanter" : "period"]: given.bevis } : {}),
    },
    fragor: column || given ? [] : [periodQuestion],
  };
};

/** Figures whose headings are periods, or women and men, and whose rows are categories. */
const guessWide = (seen: Seen): Guess | undefined => {
  const { columns, periodOf, header, fil, tabell, titles } = seen;
  const isNumeric = ({ values }: Spalt): boolean =>
    share(values, (value) => isFigure(value) || /^(\.\.|-|<\s?5|x|\(s\))$/i.test(value)) > 0.7;
  const figures = columns.flatMap((column) => {
    const said =
      column.heading !== "" && isNumeric(column)
        ? (figureHeading(column.heading, periodOf) ?? figureHeading(column.own, periodOf))
        : undefined;
    return said ? [{ ...column, ...said }] : [];
  });
  // Account numbers may stand before what the accounts are called.
  const category = columns.find((column) => !figures.some(({ cell }) => cell === column.cell) && !isNumeric(column));
  const counted = figures.filter(({ isTotal, kon }) => !isTotal || kon !== undefined);
  if (!category || counted.length < 2 || isDated(category, periodOf)) return undefined;
  if (isPerson(category) && !category.values.some(slagOf)) return undefined;
  const others = columns.filter(
    (column) => column.heading !== "" && column !== category && !figures.some(({ cell }) => cell === column.cell),
  );
  const name = `${basename(fil)} ${tabell.blad} ${titles.join(" ")}`;
  const isMoney =
    /budget/.test(fold(name)) || /^(post|budgetpost|kostnadsslag|konto|benamning)/.test(fold(category.heading));
  const bySex = counted.some(({ kon }) => kon !== undefined);
  const isByPeriod = counted.every(({ period }) => period !== undefined);
  const given = isByPeriod ? undefined : periodGiven(seen);
  const unpivot: NonNullable<Rule["unpivot"]> = {};
  const dated = isByPeriod ? "perioder i rubrikerna" : "";
  const kategori = header.headings[category.cell]?.trim() ? { rubrik: category.heading } : {};
  const labels = category.values;
  const rowSexes = labels.filter((label) => sexes[fold(label)] !== undefined);
  const rowSlag = labels.map((label) => [label, slagOf(label)] as const).filter(([, slag]) => slag !== undefined);
  const yearOnly = (period: string): Record<string, string> => {
    const found = /^(19|20)\d\d$/.test(period) ? undefined : periodOf(period);
    return found ? { ...found } : { ar: period };
  };
  const fragor: string[] = [];
  let dataset: DatasetName;
  let konstanter: Words | undefined;
  const isByYear = counted.every(({ period }) => /^(19|20)\d\d$/.test(withoutUnit(period ?? "")));
  if (/^(samordnings)?forbund/.test(fold(category.heading)) && !bySex && isByYear) {
    dataset = "finansiering";
    unpivot.kategori = { ...kategori, kolumn: "forbund_id" };
    konstanter = { slag: "beviljat" };
    fragor.push("vad är beloppen: ansokt, beviljat, tillagg eller aterfort? Gissat: beviljat.");
  } else if (isMoney && !bySex && isByYear) {
    dataset = "budget";
    unpivot.kategori = { ...kategori, kolumn: "post" };
    fragor.push("är budgeten beslutad? Skriv konstanter: { status: beviljad } eller { status: ansokt }.");
  } else if (isMoney && !bySex) {
    if (/budget/.test(fold(name))) return undefined;
    dataset = "faktura";
    unpivot.kategori = { ...kategori, kolumn: "kostnadsslag" };
    konstanter = { faktura_id: stemOf(fil) };
    fragor.push("är det här vad insatsen har kostat? Beloppen läses som fakturor, en per kostnadsslag och period.");
  } else if (!bySex && rowSexes.length >= 2) {
    dataset = "deltagarantal";
    unpivot.kategori = { ...kategori, namn: sexNames(labelsOf(tabell, header, category.cell)) };
  } else if (rowSlag.length > 0 && rowSlag.length >= labels.length / 2) {
    dataset = "deltagarantal";
    const namn = Object.fromEntries(rowSlag.map(([label, slag]) => [label, { slag: slag ?? "" }]));
    unpivot.kategori = { ...kategori, namn };
    const rest = labels.filter((label) => slagOf(label) === undefined);
    if (rest.length > 0) fragor.push(`vad är raderna ${listed(rest)}? De läses inte.`);
  } else if (/moten/.test(fold(name)) && !bySex) {
    dataset = "moteantal";
    unpivot.kategori = { ...kategori, kolumn: "motestyp" };
  } else {
    dataset = "deltagarutfall";
    const variabel = variabelIn(category.heading, labels);
    unpivot.kategori = { ...kategori, kolumn: "varde" };
    konstanter = { variabel };
    fragor.push(variableQuestion(variabel));
  }
  if (dataset === "deltagarantal" && rowSlag.length === 0) {
    const slag = slagOf(name) ?? "deltagare";
    konstanter = { slag };
    fragor.push(`vad räknas: deltagare, nya, pagaende eller avslutade? Gissat: ${slag}.`);
  }
  if (bySex)
    unpivot.kolumner = Object.fromEntries(
      counted.map(({ heading, period, kon }) => {
        const sex = dataset === "deltagarutfall" ? { kon: kon ?? "" } : { kolumn: sexColumns[kon ?? ""] ?? "totalt" };
        return [heading, { ...(period === undefined ? {} : yearOnly(period)), ...(kon === undefined ? {} : sex) }];
      }),
    );
  else unpivot.rubriker = "period";
  if (konstanter) unpivot.konstanter = konstanter;
  const known = match(dataset, namesIn(header));
  const skipped = [
    ...figures.filter((one) => !counted.includes(one)),
    ...others.filter(({ cell }) => !known.includes(cell)),
  ];
  if (skipped.length > 0) unpivot.hoppa_over = [...new Set(skipped.map(({ heading }) => heading))];
  if (!isByPeriod && !given) fragor.push(periodQuestion);
  const shape = [dated, bySex ? "kvinnor och män i rubrikerna" : "", `rader som ${listed(labels, 3)}`];
  const why = given ? { [given.rule.period === undefined ? "konstanter" : "period"]: given.bevis } : {};
  const bevis = { dataset: shape.filter(Boolean).join(", "), ...why };
  return { rule: { dataset, ...given?.rule, unpivot }, bevis, fragor };
};

/** Every label of a column, those of totals too. */
const labelsOf = ({ poster }: Tabell, { at, rows }: Header, cell: number): string[] =>
  poster.slice(at + rows).map(({ celler }) => clean(celler[cell] ?? ""));

/** A guess with the questions that any table of money or of many projects raises. */
const withQuestions = (guess: Guess, { columns, titles, tabell: { blad }, fil }: Seen): Guess => {
  const { rule } = guess;
  const { dataset } = rule;
  const fragor = [...guess.fragor];
  if (dataset === "deltagarantal" && !rule.unpivot && !columns.some(({ heading }) => fold(heading) === "slag")) {
    const [said, ...others] = new Set(Object.keys(rule.kolumner ?? {}).map(slagOf));
    const named = slagOf(blad) ?? slagOf(stemOf(fil));
    const slag = others.length === 0 && said ? said : named;
    const asked = "vad räknas: deltagare, nya, pagaende eller avslutade?";
    if (slag === undefined) fragor.push(`${asked} Skriv konstanter: { slag: … }; annars är det deltagare.`);
    else fragor.push(`${asked} Gissat efter ${slag === said ? "rubrikerna" : "namnet"}: ${slag}.`);
    return { ...guess, fragor, rule: slag ? { ...rule, konstanter: { ...rule.konstanter, slag } } : rule };
  }
  if (dataset !== "faktura" && dataset !== "budget") return { ...guess, fragor };
  const tkr = columns.find(({ heading }) => ["tkr", "mkr"].includes(unitOf(heading)));
  const title = titles.find((one) => thousandsIn(one) !== "");
  const unit = tkr && unitOf(tkr.heading);
  if (tkr) fragor.push(`beloppen under ${quoted(tkr.heading)} läses i ${unit}. Stämmer det, eller är de hela kronor?`);
  else if (title)
    fragor.push(
      `titeln ${quoted(title)} säger tusental eller miljoner, men ingen rubrik gör det, så beloppen läses som kronor. Skriv enheten i rubriken, till exempel Belopp (tkr).`,
    );
  const projects = columns.find(
    ({ heading, values }) =>
      /^(projekt|aktivitet|kst|kostnadsstalle|objekt|verksamhet)/.test(fold(heading)) && new Set(values).size > 1,
  );
  if (projects) {
    const often = [...Map.groupBy(projects.values, (value) => value)].sort(([a], [b]) => compareText(a, b));
    const shown = often.slice(0, 6).map(([value, rows]) => `${value} (${rows.length} rader)`);
    fragor.push(
      `vilka under ${quoted(projects.heading)} hör till insatsen: ${shown.join(", ")}? Nu läses alla. Skriv urval: { ${projects.heading}: [${often[0]?.[0] ?? ""}] }.`,
    );
  }
  const konto = columns.find(
    ({ heading, values }) =>
      /^konto(nr|nummer)?$/.test(fold(heading)) && share(values, (value) => /^\d{4,6}$/.test(value)) > 0.9,
  );
  const accounts = [...new Set(konto?.values)].sort();
  const costs = accounts.filter((one) => /^[4-8]/.test(one));
  if (!konto || costs.length === accounts.length || costs.length === 0) return { ...guess, fragor };
  fragor.push(
    `kontona ${accounts.filter((one) => !costs.includes(one)).join(", ")} är ingen kostnad och läses inte. Är urvalet rätt?`,
  );
  return { ...guess, rule: { ...rule, urval: { ...rule.urval, [konto.heading]: costs } }, fragor };
};

/** A table that a run reads without being told: its own recognition, with the evidence for it. */
const guessRecognised = ({ fil, tabell }: Place, later: boolean): Guess | undefined => {
  const names = [tabell.blad, basename(fil)];
  const found = recognise(names, tabell.poster, { given: givenByPipeline }, later);
  if (!found) return undefined;
  const { dataset, positions, headings } = found;
  const declared = Object.entries(datasetOf(dataset).columns);
  const has = (name: string): boolean => positions[declared.findIndex(([own]) => own === name)] !== -1;
  const { oneOf = [] } = datasetOf(dataset);
  const lacks = lackedBy(dataset, positions, givenByPipeline).length > 0 || (oneOf.length > 0 && !oneOf.some(has));
  if (lacks || found.doubled.length > 0) return undefined;
  const known = positions.filter((cell) => cell >= 0).map((cell) => headings[cell] ?? "");
  const named = names.find((one) => byName(one) === dataset);
  // Few of many headings say little of a table that nobody has named.
  const filled = headings.filter((heading) => heading.trim() !== "");
  if (named === undefined && known.length < filled.length / 2) return undefined;
  return {
    rule: { dataset },
    bevis: {
      dataset: [named ? `namnet ${quoted(named)}` : "", `rubrikerna ${listed(known)}`].filter(Boolean).join(", "),
    },
    fragor: [],
  };
};

export const guessTable = (place: Place, later = false): Guess | { readonly provat: string } => {
  const { fil, tabell, periodOf } = place;
  const own = guessRecognised(place, later);
  const headers = candidates(tabell.poster, periodOf).map((header) => seenAt(place, header));
  const [first] = headers;
  if (!first) return own ?? { provat: "ingen rad bland de första ser ut som rubriker" };
  const plain = headers.at(-1) ?? first;
  const hasCredit = plain.columns.some(({ heading }) => /^kredit/.test(fold(heading)));
  const isLong = own?.rule.dataset === "deltagarantal" && sexesDown(plain) !== undefined;
  const hasPeriods = plain.columns.filter(({ own: heading }) => periodOf(heading) !== undefined).length > 1;
  if (own && !isLong && !hasPeriods && !(hasCredit && own.rule.dataset === "faktura")) return withQuestions(own, plain);
  for (const seen of headers) {
    const shaped = guessMatrix(seen) ?? guessSurvey(seen) ?? guessFlow(seen) ?? guessAnswers(seen) ?? guessWide(seen);
    if (shaped) return withQuestions(shaped, seen);
  }
  const named = byName(tabell.blad) ?? byName(basename(fil));
  const scoreOf = ({ rule: { dataset }, traffar, saknas, isPlaced }: Fitted): number =>
    traffar +
    (dataset === named ? 2 : /^(insats|part)$/.test(dataset) ? -1 : 0) -
    saknas.length * 3 -
    (isPlaced ? 0 : 1.5);
  const fits = datasetNames
    .filter((dataset) => dataset in called.kolumner || dataset === named)
    .map((dataset) => ({ dataset, ...fitPlain(dataset, plain) }))
    .sort((a, b) => scoreOf(b) - scoreOf(a));
  const best = fits.find(
    ({ saknas, traffar, dataset, isPlaced }) =>
      saknas.length === 0 &&
      (isPlaced || traffar >= 4 || dataset === named) &&
      (traffar >= 3 || (traffar >= 2 && (dataset === named || traffar >= plain.columns.length - 1))),
  );
  const headings = plain.columns.map(({ heading }) => heading).filter((heading) => heading !== "");
  if (!best) {
    const tried = fits
      .filter(({ traffar }) => traffar > 0)
      .slice(0, 2)
      .map(
        ({ dataset, saknas, isPlaced }) =>
          `${dataset}: ${isPlaced ? "" : "saknar period, "}${saknas.length > 0 ? `saknar ${saknas.join(", ")}` : "för få rubriker känns igen"}`,
      );
    return { provat: `rubrikerna ${listed(headings, 8)}${tried.length > 0 ? `; närmast ${tried.join("; ")}` : ""}` };
  }
  const { rule, bevis, fragor, dataset } = best;
  const why = [named === dataset ? "namnet" : "", `rubrikerna ${listed(headings)}`].filter(Boolean).join(" och ");
  return withQuestions({ rule, bevis: { ...bevis, dataset: why }, fragor }, plain);
};

const neverMeant = new Set(["dokument", "avsnitt", "citat"]);

/** The columns of a dataset that a heading may mean, the nearest by its letters first. */
export const nearestColumns = (dataset: DatasetName, heading: string, taken: ReadonlySet<string>): string[] => {
  const written = fold(heading);
  const far = ([name, { heading: own, synonyms = [] }]: readonly [string, Column]): number =>
    Math.min(
      ...[name, own, ...synonyms].map((one) => distance(fold(one), written) / Math.max(one.length, written.length)),
    );
  return Object.entries(datasetOf(dataset).columns)
    .filter(([name]) => !taken.has(name) && !neverMeant.has(name))
    .map((column) => [column[0], far(column)] as const)
    .sort((a, b) => a[1] - b[1])
    .slice(0, 3)
    .map(([name]) => name);
};
