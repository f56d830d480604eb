/** The tables of `publik`: the results that others may see, and what a page needs to name things and to cite. */

import { type Kind, storedName } from "./columns.ts";
import { quote } from "./reading.ts";
import {
  datum,
  heltal,
  jaNej,
  must,
  place,
  type ResultColumn,
  type ResultKind,
  type ResultName,
  type RowOf,
  resultNames,
  resultOf,
  type results,
  tal,
  text,
} from "./results.ts";
import { type DatasetName, datasetNames, datasetOf, type datasets } from "./tables.ts";

type Columns = Readonly<Record<string, ResultColumn>>;

interface Background {
  readonly from: string;
  readonly key: readonly string[];
  readonly columns: Columns;
}

const copyOf = <const C extends Columns>(
  from: string,
  key: readonly (keyof C & string)[],
  columns: C,
): Omit<Background, "columns"> & { columns: C } => ({ from, key, columns });

const kinds = {
  ...({ id: "text", text: "text", kod: "text", val: "text", ja_nej: "ja_nej", datum: "datum" } as const),
  ...({ heltal: "heltal", ar: "heltal", tal: "tal", andel: "tal", kr: "ore" } as const),
} as const satisfies Readonly<Record<Kind, ResultKind>>;

type Declared<D extends DatasetName> = (typeof datasets)[D]["columns"];
type Stored<C, N extends string> = C extends { kind: "kr" } ? `${N}_ore` : N;
type Taken<C, N extends keyof C & string> = {
  [K in N as Stored<C[K], K>]: C[K] extends { kind: infer T extends Kind }
    ? { kind: (typeof kinds)[T]; heading: string } & (C[K] extends { required: true } ? unknown : { nullable: true })
    : never;
};

/** Columns of a dataset, as they were declared there. */
const taken = <const D extends DatasetName, const N extends keyof Declared<D> & string>(
  name: D,
  columns: readonly N[],
): Taken<Declared<D>, N> => {
  const declared = datasetOf(name).columns;
  return Object.fromEntries(
    columns.flatMap((column) => {
      const own = declared[column];
      if (own === undefined) return [];
      const { kind, heading, required } = own;
      return [[storedName(column, own), { kind: kinds[kind], heading, ...(required ? {} : { nullable: true }) }]];
    }),
  ) as Taken<Declared<D>, N>;
};

/** Columns of a dataset's rows as they were loaded, in the order of its key. */
const delivered = <const D extends DatasetName, const N extends keyof Declared<D> & string>(
  name: D,
  columns: readonly N[],
  from = `staging.${name}`,
) => ({ from, key: datasetOf(name).key, columns: taken(name, columns) });

const insatsId = must(text("Insats"));

/** The smallest count of persons that is shown, unless a pipeline says otherwise of its insatser. */
export const defaultThreshold = 5;

/** The smallest count of persons of an insats that is shown. */
export const leastOf = (insats: string): string =>
  `coalesce((select antal from staging.troskel as troskel where troskel.insats_id = ${insats}), ${defaultThreshold})`;

/** Datasets of which each row is an insats's. */
const aboutInsats = datasetNames.filter((name) => name !== "insats" && datasetOf(name).columns.insats_id?.required);

/** A table without the texts that count few persons. */
const withoutFew = (from: string, column: string): string =>
  `(select * replace (case when namner_fa(${column}) then 'Texten nämner ett litet antal personer och visas inte.' else ${column} end as ${column}) from ${from})`;

const partsWhere = (condition: string): string =>
  `cast(to_json(list(part_id order by part_id) filter (${condition})) as varchar)`;

const counts = datasetNames
  .map((name) => {
    const rader = datasetOf(name).personer === "rad" ? "null" : "count(*)";
    return `select '${name}' as dataset, ${rader} as rader from staging.${name} having count(*) > 0`;
  })
  .join(" union all ");

/** Tables that are no results. */
export const background = {
  insats: copyOf("marts.insats", ["insats_id"], {
    ...taken("insats", ["insats_id", "namn", "typ", "registrering", "modell", "insatsagare", "diarienr"]),
    ...taken("insats", ["startdatum", "slutdatum"]),
    data_fran: datum("Data från"),
    data_till: datum("Data till"),
    /** Ids of the förbund that finance it, joined by comma. */
    finansiarer: text("Finansiärer"),
  }),
  forbund: delivered("forbund", ["forbund_id", "namn", "lan", "kommuner", "startdatum", "slutdatum"]),
  /** The days from which an insats counts in another way. */
  seriebrott: copyOf("staging.seriebrott", ["insats_id", "datum"], {
    insats_id: insatsId,
    datum: must(datum("Datum")),
  }),
  part: delivered("part", ["insats_id", "part_id", "namn", "huvudman"]),
  /** What was granted and added, less what was returned. */
  medel: copyOf(
    "(select insats_id, forbund_id, ar, medel_ore as belopp_ore from marts.medel where medel_ore is not null)",
    ["insats_id", "forbund_id", "ar"],
    taken("finansiering", ["insats_id", "forbund_id", "ar", "belopp"]),
  ),
  finansiering: copyOf(
    "staging.finansiering",
    ["insats_id", "forbund_id", "ar", "slag", "beslutsdatum", "belopp_ore"],
    {
      ...taken("finansiering", ["insats_id", "forbund_id", "ar", "slag", "beslutsdatum", "andel", "belopp"]),
      ...place,
    },
  ),
  kalla: delivered("kalla", ["dokument", "titel", "utgivare", "datum"]),
  /** How a team works, in one respect, in the report's own words. */
  teamprofil: delivered(
    "teamprofil",
    ["insats_id", "dimension", "varde", "dokument", "avsnitt"],
    withoutFew("staging.teamprofil", "varde"),
  ),
  leverabel: copyOf(withoutFew("marts.leverabel", "text"), ["insats_id", "leverabel_id"], {
    ...taken("leverabel", ["insats_id", "leverabel_id", "text", "slag"]),
    /** How it is on the day of the run: `i_tid`, `sen`, `klar`, `forsenad`, `kommande` … */
    lage: must(text("Läge")),
    ...taken("leverabel", ["senast", "datum"]),
    ...place,
  }),
  /** One row per möte; `lage` says whether it was held, cancelled, lies ahead, or nobody knows. The parts' ids are lists as JSON. */
  mote: copyOf(
    `(select mote.insats_id, mote.mote_id, mote.datum, mote.motestyp, rad.dokument, rad.avsnitt, narvaro.* exclude (insats_id, mote_id),
        case when mote.ar_hallet then 'hallet' when mote.ar_planerat then 'bokat' when mote.ar_okant then 'okant'
          when rad.status = 'installt' then 'installt' else 'utanfor' end as lage
      from marts.mote as mote inner join staging.mote as rad on rad.insats_id = mote.insats_id and rad.mote_id = mote.mote_id
      left join (
        select insats_id, mote_id, ${partsWhere("narvarande")} as narvarande, ${partsWhere("kallad and not narvarande")} as franvarande,
          ${partsWhere("not coalesce(narvarande, false) and not coalesce(kallad and not narvarande, false)")} as ovriga
        from staging.narvaro group by insats_id, mote_id
      ) as narvaro on narvaro.insats_id = mote.insats_id and narvaro.mote_id = mote.mote_id)`,
    ["insats_id", "datum", "mote_id"],
    {
      ...taken("mote", ["insats_id", "mote_id", "datum", "motestyp"]),
      lage: must(text("Läge")),
      narvarande: text("Närvarande"),
      franvarande: text("Kallade som inte kom"),
      ovriga: text("Andra som närvaron nämner"),
      ...place,
    },
  ),
  moteantal: delivered("moteantal", [
    ...(["insats_id", "motestyp", "fran", "till", "status", "antal", "dokument", "avsnitt"] as const),
  ]),
  narvaroantal: delivered("narvaroantal", [
    ...(["insats_id", "part_id", "fran", "till", "kallade", "narvarande", "dokument", "avsnitt"] as const),
  ]),
  malgrupp: delivered("malgrupp", [
    ...(["insats_id", "fran", "till", "antal_lag", "antal_hog", "beskrivning", "dokument", "avsnitt"] as const),
  ]),
  bemanning: delivered("bemanning", [
    ...(["insats_id", "part_id", "roll", "fran", "till", "omfattning"] as const),
    ...(["manadskostnad", "heltidskostnad", "manadslon", "dokument", "avsnitt"] as const),
  ]),
  /** Answers to a survey's question: all of an insats's answers to it, or none. */
  enkat: copyOf("enkat_visad", ["insats_id", "enkat_id", "grupp", "fraga", "svar"], {
    ...taken("enkat", ["insats_id", "enkat_id", "grupp", "fraga", "svar"]),
    antal: heltal("Antal"),
    ...taken("enkat", ["utskick", "fran", "till"]),
    ar_dold: must(jaNej("Visas inte")),
    ...place,
  }),
  /** What a report states that is tried against nothing. */
  uppgift: copyOf("uppgift_visad", ["insats_id", "forbund_id", "utsaga_id"], {
    insats_id: text("Insats"),
    forbund_id: text("Förbund"),
    utsaga_id: must(text("Utsaga")),
    text: must(text("Text")),
    varde: text("Värde"),
    status: text("Status"),
    /** The day that it states, if it is one. */
    datum: datum("Datum"),
    fran: datum("Från"),
    till: datum("Till"),
    /** The count of persons that it states; null if it states none, or is withheld. */
    antal: tal("Antal personer"),
    ar_dold: must(jaNej("Visas inte")),
    ...place,
  }),
  /** What a goal's withheld rows come to together, where that may be shown. */
  sammanslagen: copyOf("sammanslagen_visad", ["insats_id", "mal_id", "grupp", "gruppvarde", "fran", "till"], {
    resultat_id: must(text("Resultat")),
    insats_id: insatsId,
    mal_id: must(text("Mål")),
    matt: must(text("Mått")),
    parametrar: text("Parametrar"),
    grupp: must(text("Grupp")),
    /** Of several groups each, as JSON. */
    gruppvarde: must(text("Gruppvärde")),
    fran: must(datum("Från")),
    till: must(datum("Till")),
    taljare: must(tal("Täljare")),
    namnare: tal("Nämnare"),
    varde: must(tal("Värde")),
    enhet: must(text("Enhet")),
    /** The withheld rows that it is shown in place of, as JSON. */
    ersatter: must(text("Visas i stället för")),
  }),
  prisindex: delivered("prisindex", ["serie", "ar", "varde"]),
  /** How many rows of a dataset were read; of one whose rows are persons it is not said. */
  last: copyOf(`(${counts})`, ["dataset"], { dataset: must(text("Dataset")), rader: heltal("Rader") }),
  /** Refused rows of which nobody knows the insats, by file. */
  okopplade: copyOf(
    `(select tabell.fil, count(distinct rad.kallrad) as avvisade from staging.bortfall as rad
      inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
      where rad.kallrad is not null and rad.skal = 'avvisade_rader' and rad.dataset in (${aboutInsats.map(quote).join(", ")})
        and rad.rowid not in (select rad_id from marts.bortfall)
      group by tabell.fil)`,
    ["fil"],
    { fil: must(text("Fil")), avvisade: must(heltal("Avvisade rader")) },
  ),
  /** An insats that an earlier report was about, and the day of that report. */
  jamford: copyOf("(select insats_id, till as jamfort_med from checks.forra)", ["insats_id"], {
    insats_id: insatsId,
    jamfort_med: must(datum("Jämfört med rapporten")),
  }),
} as const satisfies Readonly<Record<string, Background>>;

/** Columns that only the published table of a result has. */
const added = {
  maluppfyllelse: {
    ar_kommande: must(jaNej("Perioden har inte börjat")),
    /** What an earlier report showed of a figure that is withheld now, and the day of that report. */
    senast_varde: tal("Senast visat värde"),
    senast_visad: datum("Senast visat"),
    /** What its measure was asked with, as JSON; null of a formula. */
    parametrar: text("Parametrar"),
    /** `rader`, or `summor` where it is counted from delivered totals; null of a formula. */
    underlag: text("Underlag"),
    /** How many persons are unknown, where its sentences may say so. */
    okanda: tal("Okända"),
  },
  utsagekontroll: {
    /** What it states, as it is printed. */
    skrivet: text("Skrivet"),
    ar_om_personer: must(jaNej("Om personer")),
    /** The counts that its explanation shows, by what states them, as JSON; null where they are withheld. */
    ingaende: text("Ingående antal"),
  },
  /** Some may count and are not known; how many is never published of persons. */
  enhetskostnad: { har_okand: must(jaNej("Några är okända")) },
} as const satisfies { readonly [N in ResultName]?: Columns };
export const addedColumns = (name: ResultName): string[] =>
  Object.keys((added as { [N in ResultName]?: Columns })[name] ?? {});

type ColumnsOf<N extends ResultName> = (typeof results)[N]["columns"];
type Marked<C, M> = { [K in keyof C]: C[K] extends M ? K : never }[keyof C];
type Shown<C> = {
  [K in Exclude<keyof C, Marked<C, { intern: true }>>]: RowOf<C>[K] | (C[K] extends { dold: true } ? null : never);
};
type OfResult<N extends ResultName> = Shown<ColumnsOf<N>> &
  /** Whether the row's figures are withheld because they are of few persons. */
  (Marked<ColumnsOf<N>, { dold: true }> extends never ? unknown : { readonly ar_dold: boolean }) &
  (N extends keyof typeof added ? RowOf<(typeof added)[N]> : unknown);

type NamesThat<V> = { [N in ResultName]: (typeof results)[N]["visas"] extends V ? N : never }[ResultName];
/** Results that are published without what reveals few persons. */
export type ControlledName = NamesThat<"personer">;
export type PublicName = NamesThat<"allt" | "personer"> | keyof typeof background;

export type PublicRow<N extends PublicName> = N extends keyof typeof background
  ? RowOf<(typeof background)[N]["columns"]>
  : N extends ResultName
    ? OfResult<N>
    : never;

const isPublished = (name: ResultName): name is NamesThat<"allt" | "personer"> => resultOf(name).visas !== "aldrig";
export const backgroundNames = Object.keys(background) as (keyof typeof background)[];
export const publicNames: readonly PublicName[] = [...backgroundNames, ...resultNames.filter(isPublished)];

const isBackground = (name: PublicName): name is keyof typeof background => name in background;
/** The order a table's rows are read in. */
export const publicKey = (name: PublicName): readonly string[] =>
  (isBackground(name) ? background[name] : resultOf(name)).key;
