/**
 * Every number of persons that the pages show, as tables that a disclosure check can read: what is added to what is
 * explicit, and a withheld value is null. Numbers that may not add up (distinct persons by part, or by age at entry) get no total.
 */
import { parametersText } from "../schema/counts.ts";
import { formSources, type NamedForm } from "../schema/formular.ts";
import { kostnadPer } from "../schema/kostnadper.ts";
import { measures, personNumerators } from "../schema/measures.ts";
import { resultId } from "../schema/results.ts";
import { boundOfVerdict, boundOnCounts } from "../schema/verdict.ts";
import { isOfPersons, withheld } from "./figures.ts";
import { forbundPath, forbundWithPage, formPath, insatserOf, insatsPath } from "./names.ts";
import { andringarPath } from "./pages/andringar.ts";
import { jamforelsePath } from "./pages/jamforelse.ts";
import type { About } from "./pages/page.ts";
import { underlagPath } from "./pages/underlag.ts";
import { utsagekontrollPath } from "./pages/utsagekontroll.ts";
import type { Enhetskostnad, Kon, Malrad, Modellrad, Parrad, Publik, Sammanslagen, Uppgift, Utsaga } from "./publik.ts";
import { ofRelations } from "./samband.ts";
import { ofSeries } from "./serier.ts";

type Keys = Readonly<Record<string, string>>;

interface PublishedCell {
  readonly keys: Keys;
  readonly value: number | null;
}

/** What weighted cells of the table come to together. */
export interface Constraint {
  readonly terms: readonly { readonly keys: Keys; readonly coef: number }[];
  readonly op: "=" | ">=" | "<=";
  readonly rhs: number;
}

export interface PublishedTable {
  /** The rows it shows, in order: each has as many cells as the next. */
  readonly resultat: readonly string[];
  /** Tables of one population count the same persons. */
  readonly population: string;
  readonly dims: readonly string[];
  readonly total: typeof total;
  readonly cells: readonly PublishedCell[];
  readonly constraints: readonly Constraint[];
  readonly dokument: string;
  readonly plats: string;
  /** Other pages and documents that say the same numbers. */
  readonly aven_i?: readonly string[];
}

const total = "Totalt";

/** A table as it is written: the keys of its cells are its dimensions. */
export const tableWith = ({
  resultat,
  population,
  cells,
  dims = Object.keys(cells[0]?.keys ?? {}),
  constraints = [],
  dokument,
  plats,
}: Omit<PublishedTable, "total" | "dims" | "constraints"> & Partial<PublishedTable>): PublishedTable => ({
  ...{ resultat, population, dims, total, cells, constraints, dokument, plats },
});

interface Of {
  readonly insats_id: string;
  readonly fran: string | null;
  readonly till: string | null;
  readonly parametrar?: string | null;
}

export const populationOf = ({ insats_id: insats, fran, till, parametrar = null }: Of, what: string): string =>
  `${insats} ${what}${parametersText(parametrar)} ${fran ?? ""}–${till ?? ""}`;

type Count = number | null;

/** A number that stands alone: it is its own total. */
const alone = (dim: string, value: Count): PublishedCell[] => [{ keys: { [dim]: total }, value }];

export const countedOf = (group: Keys): Keys => ({ ...group, utfall: "raknas" });
export const allOf = (group: Keys): Keys => ({ ...group, utfall: total });

/** A share's cells: what counts, the rest, and the whole. */
const shareCells = (group: Keys, counted: Count, whole: Count): PublishedCell[] => [
  { keys: countedOf(group), value: counted },
  { keys: { ...group, utfall: "ovriga" }, value: counted === null || whole === null ? null : whole - counted },
  { keys: allOf(group), value: whole },
];

export const equal = (terms: Constraint["terms"], rhs: number): Constraint => ({ terms, op: "=", rhs });

/** What a share says of its cells. */
const shareConstraint = (group: Keys, varde: number): Constraint =>
  equal(
    [
      { keys: countedOf(group), coef: 1 },
      { keys: allOf(group), coef: -varde },
    ],
    0,
  );

const ofKon = (kon: Kon): PublishedTable => {
  const parts = Object.entries({ kvinna: kon.kvinnor, man: kon.man, okant: kon.okant }).filter(
    ([, value]) => value !== null || kon.ar_dold,
  );
  return tableWith({
    resultat: [kon.resultat_id],
    population: populationOf(kon, "deltaganden"),
    cells: [...parts, [total, kon.totalt] as const].map(([label, value]) => ({ keys: { kon: label }, value })),
    dokument: insatsPath(kon.insats_id),
    plats: "Kvinnor och män",
  });
};

const isShown = (rad: Malrad): boolean =>
  isOfPersons(rad.matt) && (rad.ar_dold || rad.varde !== null || rad.taljare !== null);

/** The cells of one row: the persons that it counts. */
export const cellsOf = (rad: Malrad, group: Keys): PublishedCell[] => {
  const [taljare, namnare] = rad.ar_dold ? [null, null] : [rad.taljare, rad.namnare];
  if (measures.get(rad.matt)?.slag === "andel") return shareCells(group, taljare, namnare);
  return [{ keys: group, value: personNumerators.includes(rad.matt) ? taljare : namnare }];
};

/** What a share or cost says of its cells; of a hidden row, what its verdict says. */
const constraintsOf = (rad: Malrad, group: Keys): Constraint[] => {
  const { matt, taljare, namnare, varde, villkor, malvarde, status, enhet, ar_dold: isHidden } = rad;
  const slag = measures.get(matt)?.slag;
  const isShare = slag === "andel";
  if (isHidden) {
    const [counted, all] = isShare ? [countedOf(group), allOf(group)] : [group, group];
    const verdict = boundOfVerdict(villkor, malvarde, status);
    const bound = verdict && boundOnCounts(matt, verdict, taljare, namnare);
    if (!bound) return [];
    const terms = [
      { keys: counted, coef: bound.counted },
      { keys: all, coef: bound.all },
    ].filter(({ coef }) => coef !== 0);
    return [{ terms, op: bound.op, rhs: bound.rhs }];
  }
  if (varde === null) return [];
  if (isShare) return [shareConstraint(group, varde)];
  if (taljare === null || namnare === null) return [];
  // A mean of persons times how many they are is what it is the mean of; of kronor, which are counted in öre.
  if (!personNumerators.includes(matt))
    return [equal([{ keys: group, coef: varde }], enhet.startsWith("kr") ? taljare / 100 : taljare)];
  // Persons per something else: how many of that is no secret.
  return slag === "kvot" ? [equal([{ keys: group, coef: 1 }], varde * namnare)] : [];
};

const ofWindow = (rows: readonly Malrad[], plats: string): PublishedTable[] => {
  const grupp = rows.find((rad) => rad.grupp !== "")?.grupp;
  const keysOf = (rad: Malrad): Keys => {
    if (grupp !== undefined) return { [grupp]: rad.grupp === "" ? total : rad.gruppvarde };
    // A table has at least one dimension.
    return measures.get(rad.matt)?.slag === "andel" ? {} : { matt: total };
  };
  return rows.slice(0, 1).map((first) =>
    tableWith({
      resultat: rows.map(({ resultat_id: id }) => id),
      population: populationOf(first, first.matt),
      cells: rows.flatMap((rad) => cellsOf(rad, keysOf(rad))),
      constraints: rows.flatMap((rad) => constraintsOf(rad, keysOf(rad))),
      dokument: insatsPath(first.insats_id),
      plats,
    }),
  );
};

const goalOf = ({ insats_id: insats, mal_id: mal }: Pick<Malrad, "insats_id" | "mal_id">): string => `${insats}/${mal}`;

const ofMal = (publik: Publik): PublishedTable[] => {
  const judged = new Set(publik.malsammanfattning.filter(({ status }) => status !== "ej_matbart").map(goalOf));
  const windows = Map.groupBy(publik.maluppfyllelse.filter(isShown), (rad) => `${goalOf(rad)}/${rad.fran}`);
  return [...windows.values()].flatMap((rows) => {
    const plats = rows.some((rad) => judged.has(goalOf(rad))) ? "Värden mot mål" : "Mål som inte har bedömts";
    const isAdditive = ({ grupp }: Malrad): boolean => grupp === "" || grupp === "kon";
    return [
      ...ofWindow(rows.filter(isAdditive), plats),
      ...ofWindow(
        rows.filter((rad) => !isAdditive(rad)),
        plats,
      ),
    ];
  });
};

/** What withheld rows of a goal come to together. */
const ofTogether = (rad: Sammanslagen): PublishedTable => {
  const { resultat_id: id, insats_id: insats, matt, grupp, gruppvarde, taljare, namnare } = rad;
  const group: Keys = grupp === "" ? {} : { [grupp]: gruppvarde };
  const isShare = namnare !== null;
  const counted = grupp === "" ? alone("matt", taljare) : [{ keys: group, value: taljare }];
  return tableWith({
    resultat: [id],
    population: populationOf(rad, matt),
    cells: isShare ? shareCells(group, taljare, namnare) : counted,
    constraints: isShare ? [shareConstraint(group, rad.varde)] : [],
    dokument: insatsPath(insats),
    plats: "Värden mot mål",
  });
};

/** How many are unknown: it stands in sentences. */
const ofUnknown = (rad: Malrad): PublishedTable | [] => {
  const { insats_id: insats, matt, grupp, gruppvarde, okanda } = rad;
  if (okanda === null) return [];
  return tableWith({
    resultat: [rad.resultat_id],
    population: populationOf(rad, `${matt} okända${grupp === "" ? "" : ` ${grupp} ${gruppvarde}`}`),
    cells: alone("okanda", okanda),
    dokument: insatsPath(insats),
    plats: "Täckningsgrad",
  });
};

/** What the report before said of persons, where this one shows it beside its own: of another population, as it was then. */
const ofChanges = (publik: Publik): PublishedTable[] => {
  const rader = new Map(publik.maluppfyllelse.map((rad) => [rad.resultat_id, rad]));
  const koner = new Map(publik.konsfordelning.map((kon) => [kon.resultat_id, kon]));
  return publik.andring.flatMap((andring) => {
    const { figur, kolumn, fore, insats_id: insats, jamfort_med: day } = andring;
    const [rad, kon] = [rader.get(figur), koner.get(figur)];
    const of = kon ?? (rad && kolumn === "varde" && isOfPersons(rad.matt) ? rad : undefined);
    if (fore === null || fore === withheld || !of) return [];
    const kind = rad && measures.get(rad.matt)?.slag;
    const what = `${rad?.matt ?? `deltaganden ${kolumn}`} enligt rapporten ${day}`;
    return tableWith({
      resultat: [andring.resultat_id],
      population: populationOf({ insats_id: insats, fran: of.fran, till: of.till }, what),
      cells: alone("matt", kind === "andel" || kind === "kvot" ? null : Number(fore)),
      dokument: andringarPath,
      plats: "Förra rapporten",
    });
  });
};

/** The cells of one count of persons, or of one share of them. */
const cellsOfOne = (isShare: boolean, counted: Count, whole: Count): PublishedCell[] =>
  isShare ? shareCells({}, counted, whole) : alone("matt", counted);

const ofEnhetskostnad = (rad: Enhetskostnad): PublishedTable | [] => {
  const { matt } = kostnadPer[rad.per] ?? {};
  if (matt === undefined || !isOfPersons(matt) || (rad.namnare === null && !rad.ar_dold)) return [];
  const isShare = rad.av_antal !== null || (rad.ar_dold && measures.get(matt)?.slag === "andel");
  const [keys, { varde, taljare_ore: ore }] = [isShare ? countedOf({}) : { matt: total }, rad];
  return tableWith({
    resultat: [rad.resultat_id],
    population: populationOf(rad, matt),
    cells: cellsOfOne(isShare, rad.namnare, rad.av_antal),
    constraints: varde === null || ore === null ? [] : [equal([{ keys, coef: varde }], ore / 100)],
    dokument: insatsPath(rad.insats_id),
    plats: "Kostnad per enhet",
  });
};

/** What an insats is compared by, with its model's others or with one: its value, and those that it is of. */
const ofModell = (rad: Modellrad | Parrad, plats: string): PublishedTable | [] => {
  const { resultat_id: id, matt, varde, n, ar_dold: isHidden } = rad;
  const { slag, enhet } = measures.get(matt) ?? {};
  if (!isOfPersons(matt) || (varde === null && !isHidden)) return [];
  const ofShare = varde === null || n === null ? null : Math.round(varde * n);
  const isShare = slag === "andel";
  return tableWith({
    resultat: [id],
    population: populationOf(rad, matt),
    cells: cellsOfOne(isShare, isShare || (slag === "kvot" && enhet === "andel") ? ofShare : n, n),
    dokument: jamforelsePath,
    plats,
  });
};

/** A claim about persons shows what it states, what it comes to, and the counts that it was worked out from. */
const ofUtsaga = (utsaga: Utsaga): PublishedTable | [] => {
  const { resultat_id: id, insats_id: insats, forbund_id: forbund, utsaga_id: uppgift } = utsaga;
  const { rapporterat_varde: rapporterat, beraknat_varde: beraknat, ingaende, ar_dold: isWithheld } = utsaga;
  const counts = Object.entries(JSON.parse(ingaende ?? "{}") as Record<string, number>);
  const figures = Object.entries({ rapporterat, beraknat }).flatMap(([namn, written]) =>
    written === null || Number.isNaN(Number(written)) ? [] : [[namn, Number(written)] as const],
  );
  if (!utsaga.ar_om_personer || (!isWithheld && counts.length === 0 && figures.length === 0)) return [];
  const isCount = counts.some(([, antal]) => antal === Number(beraknat ?? rapporterat));
  const shown = [...counts.filter(([namn]) => namn !== "rapporterat"), ...(isCount ? figures : [])];
  return tableWith({
    resultat: [id],
    population: `${insats ?? forbund} uppgift ${uppgift}`,
    dims: ["uppgift"],
    cells: isWithheld ? alone("uppgift", null) : shown.map(([namn, value]) => ({ keys: { uppgift: namn }, value })),
    dokument: utsagekontrollPath,
    plats: "Utsagekontroll",
  });
};

/** A stated count of persons that is tried against nothing. */
const ofUppgift = (uppgift: Uppgift): PublishedTable | [] => {
  const { insats_id: insats, forbund_id: forbund, utsaga_id: id, antal } = uppgift;
  const owner = insats ?? forbund ?? "";
  if (antal === null && !uppgift.ar_dold) return [];
  return tableWith({
    resultat: [resultId("utsagekontroll", [owner, id])],
    population: `${owner} uppgift ${id}`,
    cells: alone("uppgift", antal),
    dokument: insats === null ? underlagPath : insatsPath(insats),
    plats: "Rapportens egna siffror",
  });
};

/** The answers to each question of a survey, by group. */
const ofEnkat = (publik: Publik): PublishedTable[] => {
  const questions = Map.groupBy(publik.enkat, (rad) =>
    ["enkat", rad.insats_id, rad.enkat_id, rad.grupp ?? "", rad.fraga].map(encodeURIComponent).join("/"),
  );
  return [...questions].flatMap(([question, rows]) =>
    rows.slice(0, 1).map(({ insats_id: insats, ar_dold: isHidden }) =>
      tableWith({
        resultat: [question],
        population: question,
        cells: [
          ...rows.map(({ svar, antal }) => ({ keys: { svar }, value: antal })),
          ...alone("svar", isHidden ? null : rows.reduce((sum, { antal }) => sum + (antal ?? 0), 0)),
        ],
        dokument: insatsPath(insats),
        plats: "Enkätsvar",
      }),
    ),
  );
};

/** Tables of an insats's page that the papers of its förbund say too. */
const inPapers = ["Kvinnor och män", "Värden mot mål", "Mål som inte har bedömts", "Kostnad per enhet"];

type Forms = ReadonlyMap<string, readonly NamedForm[]>;

/**
 * Where a table's numbers are said beside its page: in the documents that the page is too; of an insats, in the papers of the
 * förbund that have it, and in the forms that ask for them; of kön, on the first page.
 */
const alsoIn = (
  publik: Publik,
  written: readonly string[],
  forms: Forms,
): ((table: PublishedTable) => PublishedTable) => {
  const byStem = Map.groupBy(written, (file) => file.replace(/\.\w+$/, ""));
  const filesOf = (page: string): readonly string[] => byStem.get(page.replace(/\.html$/, "")) ?? [];
  const papers = forbundWithPage(publik).flatMap(({ forbund_id: id }) =>
    insatserOf(publik, id).map((insats) => ({ insats: insatsPath(insats), files: filesOf(forbundPath(id)) })),
  );
  const ofInsats = Map.groupBy(papers, ({ insats }) => insats);
  const filled = [...forms].flatMap(([id, some]) =>
    some.map(({ name, form: { falt } }) => ({
      insats: insatsPath(id),
      file: formPath(id, name),
      places: new Set<string>(falt.flatMap(({ kalla }) => (kalla ? formSources[kalla] : []))),
    })),
  );
  return (table) => {
    const { dokument, plats } = table;
    const files = [
      ...filesOf(dokument),
      ...(plats === "Kvinnor och män" ? filesOf("index.html") : []),
      ...(inPapers.includes(plats) ? (ofInsats.get(dokument) ?? []) : []).flatMap(({ files: some }) => some),
      ...filled.flatMap(({ insats, file, places }) => (insats === dokument && places.has(plats) ? file : [])),
    ].filter((file) => file !== dokument);
    return files.length === 0 ? table : { ...table, aven_i: files };
  };
};

/**
 * The text of `rapport/publicerat.json`.
 * @param written the pages and documents of the report, by their paths under `rapport/`
 * @param forms the forms that are filled for an insats, by its id
 */
export const publiceratText = (
  publik: Publik,
  { exempel }: About,
  written: readonly string[] = [],
  forms: Forms = new Map(),
): string => {
  const tables = [
    ...publik.konsfordelning.map(ofKon),
    ...ofMal(publik),
    ...publik.sammanslagen.map(ofTogether),
    ...publik.enhetskostnad.flatMap(ofEnhetskostnad),
    ...publik.modelljamforelse.flatMap((rad) => ofModell(rad, "Modelljämförelse")),
    ...publik.parjamforelse.flatMap((rad) => ofModell(rad, "Insatser två och två")),
    ...publik.utsagekontroll.flatMap(ofUtsaga),
    ...ofSeries(publik),
    ...publik.maluppfyllelse.flatMap(ofUnknown),
    ...publik.uppgift.flatMap(ofUppgift),
    ...ofEnkat(publik),
    ...ofChanges(publik),
    ...ofRelations(publik),
  ].map(alsoIn(publik, written, forms));
  return `${JSON.stringify({ ...(exempel ? { exempel: "EXEMPEL: uppgifterna är påhittade" } : {}), tables }, null, 1)}\n`;
};
