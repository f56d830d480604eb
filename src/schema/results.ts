/** Every result, declared once: grain, columns in order, units. Names and semantics are the data contract's, section 4. */

/**
 * `tal` is a ratio or rate that was divided exactly once, at the end; everything counted is `heltal` or `antal` (may have
 * decimals). `varde` is a number, a date or a word, kept as plain text (`0.85`, `2018-04-01`, `ja`).
 */
export type ResultKind = "text" | "heltal" | "ore" | "antal" | "tal" | "datum" | "ja_nej" | "varde";

export interface ResultColumn {
  readonly kind: ResultKind;
  readonly heading: string;
  readonly nullable?: true;
}

export interface Result {
  readonly heading: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ResultColumn>>;
  /** The column a bare `resultat_id` stands for when a claim refers to it. */
  readonly main: string;
}

const make =
  <const K extends ResultKind>(kind: K) =>
  (heading: string): { kind: K; heading: string; nullable: true } => ({ kind, heading, nullable: true });
const text = make("text");
const heltal = make("heltal");
const ore = make("ore");
const antal = make("antal");
const tal = make("tal");
const datum = make("datum");
const jaNej = make("ja_nej");
const varde = make("varde");
const must = <C extends ResultColumn>({ kind, heading }: C): { kind: C["kind"]; heading: string } => ({
  kind,
  heading,
});

const result = <const C extends Readonly<Record<string, ResultColumn>>>(
  heading: string,
  key: readonly (keyof C & string)[],
  main: keyof C & string,
  columns: C,
): Omit<Result, "columns"> & { columns: C & { resultat_id: { kind: "text"; heading: string } } } => ({
  heading,
  key,
  main,
  columns: { resultat_id: must(text("Resultat-id")), ...columns },
});

const insatsId = must(text("Insats"));

const kostnadsandel = {
  fran: datum("Från"),
  till: datum("Till"),
  belopp_ore: ore("Belopp (öre)"),
  andel: tal("Andel"),
  andel_procent: tal("Andel, procent"),
  avtalad_andel: tal("Avtalad andel"),
  avvikelse_ore: ore("Avvikelse (öre)"),
  timmar: antal("Timmar"),
  kr_per_timme: tal("Kronor per timme"),
  avvikelse_procentenheter: tal("Avvikelse, procentenheter"),
};

/** What the insatser of one förbund cost it. */
const forbundskostnad = {
  fran: must(datum("Från")),
  till: must(datum("Till")),
  belopp_ore: ore("Belopp (öre)"),
  andel: tal("Andel"),
  andel_procent: tal("Andel, procent"),
  insatskostnad_ore: ore("Insatsernas kostnad för alla förbund (öre)"),
  avvikelse_ore: ore("Avvikelse från avtalad andel (öre)"),
  avvikelse_procentenheter: tal("Avvikelse, procentenheter"),
  medel_ore: ore("Beviljade medel efter tillägg och återföring (öre)"),
  timmar: antal("Timmar"),
  kr_per_timme: tal("Kronor per timme"),
};

/** Where in a table a finding is, what it is and what to do. */
const fynd = {
  cell: text("Cell"),
  kolumn: text("Kolumn"),
  varde: text("Värde"),
  kod: must(text("Kod")),
  allvar: must(text("Allvar")),
  meddelande: must(text("Meddelande")),
};

export const results = {
  malsammanfattning: result("Målsammanfattning", ["insats_id", "mal_id"], "status", {
    insats_id: insatsId,
    mal_id: must(text("Mål")),
    text: must(text("Måltext")),
    status: must(text("Utfall")),
    rader: must(heltal("Rader")),
    uppnatt: must(heltal("Uppnådda")),
    ej_uppnatt: must(heltal("Ej uppnådda")),
    ej_matbart: must(heltal("Ej mätbara")),
    rapporterat: text("Rapporterat"),
    avviker: jaNej("Avviker"),
    mening: must(text("Mening")),
    nara: heltal("Nära målet"),
  }),
  maluppfyllelse: result("Måluppfyllelse", ["insats_id", "mal_id", "grupp", "gruppvarde", "fran"], "varde", {
    insats_id: insatsId,
    mal_id: must(text("Mål")),
    grupp: must(text("Grupp")),
    gruppvarde: must(text("Gruppvärde")),
    fran: must(datum("Från")),
    till: must(datum("Till")),
    forbund_id: text("Förbund"),
    finansiarer: text("Finansiärer"),
    part_id: text("Part"),
    matt: must(text("Mått")),
    upplosning: must(text("Upplösning")),
    taljare: antal("Täljare"),
    namnare: antal("Nämnare"),
    tackningsgrad: tal("Täckningsgrad"),
    varde: tal("Värde"),
    enhet: must(text("Enhet")),
    villkor: text("Villkor"),
    malvarde: tal("Målvärde"),
    ki_lag: tal("Konfidensintervall, lägst"),
    ki_hog: tal("Konfidensintervall, högst"),
    status: must(text("Utfall")),
    skal: text("Skäl"),
    rapporterat: text("Rapporterat"),
    avviker: jaNej("Avviker"),
    beslut: text("Beslut"),
    nara: jaNej("Nära målet"),
    takt: text("Takt"),
    malvarde_hittills: tal("Målvärde hittills"),
    till_godo: heltal("Möten till godo"),
    planerade: heltal("Planerade kallelser"),
    utom_rackhall: jaNej("Utom räckhåll"),
  }),
  malserie: result("Målserier", ["insats_id", "mal_id", "grupp", "gruppvarde", "fran"], "varde", {
    insats_id: insatsId,
    mal_id: must(text("Mål")),
    grupp: must(text("Grupp")),
    gruppvarde: must(text("Gruppvärde")),
    fran: must(datum("Från")),
    till: must(datum("Till")),
    metod: must(text("Metod")),
    varde: tal("Värde"),
    malvarde: tal("Målvärde"),
    medel: tal("Medelvärde"),
    grans_lag: tal("Undre gräns"),
    grans_hog: tal("Övre gräns"),
    ar_utanfor: must(jaNej("Utanför gränserna")),
    utfall: must(text("Utfall")),
    mening: must(text("Mening")),
  }),
  ej_kallade: result("Möten som parten inte kallades till", ["insats_id", "part_id", "mote_id"], "datum", {
    insats_id: insatsId,
    part_id: must(text("Part")),
    mote_id: must(text("Möte")),
    datum: must(datum("Datum")),
    motestyp: must(text("Mötestyp")),
    narvarande: must(jaNej("Närvarande")),
  }),
  kostnadsandel: result("Kostnadsandel", ["insats_id", "dimension", "id"], "belopp_ore", {
    insats_id: insatsId,
    dimension: must(text("Dimension")),
    id: must(text("Id")),
    ...kostnadsandel,
  }),
  kostnadsandel_ar: result("Kostnadsandel per år", ["insats_id", "dimension", "id", "ar"], "belopp_ore", {
    insats_id: insatsId,
    dimension: must(text("Dimension")),
    id: must(text("Id")),
    ar: must(heltal("År")),
    ...kostnadsandel,
  }),
  forbundskostnad: result("Förbundets kostnad", ["forbund_id", "dimension", "id"], "belopp_ore", {
    forbund_id: must(text("Förbund")),
    dimension: must(text("Dimension")),
    id: must(text("Id")),
    ...forbundskostnad,
  }),
  forbundskostnad_ar: result("Förbundets kostnad per år", ["forbund_id", "dimension", "id", "ar"], "belopp_ore", {
    forbund_id: must(text("Förbund")),
    dimension: must(text("Dimension")),
    id: must(text("Id")),
    ar: must(heltal("År")),
    ...forbundskostnad,
  }),
  prognos: result("Prognos", ["insats_id", "forbund_id", "period"], "prognos_ore", {
    insats_id: insatsId,
    forbund_id: must(text("Förbund")),
    period: must(text("Period")),
    fran: datum("Från"),
    till: datum("Till"),
    utfall_till: datum("Fakturerat till och med"),
    manader: antal("Månader hittills"),
    alla_manader: antal("Månader i perioden"),
    minst_manader: must(heltal("Minsta antal månader för en prognos")),
    utfall_ore: ore("Fakturerat hittills (öre)"),
    prognos_ore: ore("Prognos (öre)"),
    medel_ore: ore("Medel (öre)"),
    medel_kalla: text("Medel enligt"),
    avvikelse_ore: ore("Avvikelse (öre)"),
    avvikelse_procent: tal("Avvikelse, procent"),
    grans_procent: must(tal("Gräns, procent")),
    kraver_forklaring: must(jaNej("Kräver förklaring")),
    status: text("Status"),
    skal: text("Skäl"),
  }),
  kostnadsforlopp: result("Kostnadsförlopp", ["insats_id", "manad"], "ackumulerat_ore", {
    insats_id: insatsId,
    manad: must(datum("Månad")),
    belopp_ore: must(ore("Fakturerat (öre)")),
    ackumulerat_ore: must(ore("Fakturerat hittills (öre)")),
    medel_ackumulerat_ore: ore("Beviljade medel hittills (öre)"),
  }),
  enhetskostnad: result("Enhetskostnad", ["insats_id", "per", "period"], "varde", {
    insats_id: insatsId,
    per: must(text("Kostnad per")),
    period: must(text("Period")),
    fran: must(datum("Från")),
    till: must(datum("Till")),
    faktura_fran: datum("Fakturerat från"),
    faktura_till: datum("Fakturerat till"),
    taljare_ore: ore("Fakturerat (öre)"),
    namnare: antal("Nämnare (n)"),
    av_antal: antal("Nämnaren är av"),
    okand: antal("Okända"),
    tackningsgrad: tal("Täckningsgrad"),
    varde: tal("Kronor per enhet"),
    varde_med_okand: tal("Kronor per enhet om de okända räknas"),
    serie: text("Prisindex"),
    basar: heltal("Prisår"),
    fast_varde: tal("Kronor per enhet i prisårets priser"),
    underlag: must(text("Underlag")),
    jamforbar: must(jaNej("Jämförbar")),
    jamforbar_med: text("Jämförbar med"),
    skal: text("Skäl"),
  }),
  bidragsandel: result("Parternas bidrag", ["forbund_id", "ar", "huvudman", "kommun"], "belopp_ore", {
    forbund_id: must(text("Förbund")),
    ar: must(heltal("År")),
    huvudman: must(text("Huvudman")),
    kommun: must(text("Kommun")),
    belopp_ore: ore("Inbetalt (öre)"),
    andel: tal("Andel"),
    andel_procent: tal("Andel, procent"),
    lagens_andel: tal("Lagens andel"),
    lagens_ore: ore("Lagens andel (öre)"),
    avvikelse_ore: ore("Avvikelse (öre)"),
    avvikelse_procentenheter: tal("Avvikelse, procentenheter"),
    kalla: text("Regel"),
    skal: text("Skäl"),
  }),
  budgetutfall: result("Budgetutfall", ["insats_id", "ar", "post"], "budget_ore", {
    insats_id: insatsId,
    ar: must(heltal("År")),
    post: must(text("Post")),
    part_id: text("Part"),
    status: text("Status"),
    budget_ore: ore("Budget (öre)"),
    omraknad_ore: ore("Omräknad ur bemanning (öre)"),
    utfall_ore: ore("Utfall (öre)"),
    avvikelse_ore: ore("Avvikelse (öre)"),
    avvikelse_procent: tal("Avvikelse, procent"),
    kraver_forklaring: jaNej("Kräver förklaring"),
    forklaring: text("Förklaring"),
  }),
  budgetforklaring: result("Budget mot bemanning", ["insats_id", "ar", "post", "nr"], "belopp_ore", {
    insats_id: insatsId,
    ar: must(heltal("År")),
    post: must(text("Post")),
    nr: must(heltal("Nr")),
    slag: must(text("Slag")),
    belopp_ore: ore("Belopp (öre)"),
    mening: must(text("Mening")),
    dokument: text("Dokument"),
    avsnitt: text("Avsnitt"),
  }),
  budgettakt: result(
    "Månadsbelopp som skiljer mellan år",
    ["insats_id", "post", "part_id", "roll", "ar"],
    "manadsbelopp_ore",
    {
      insats_id: insatsId,
      post: must(text("Post")),
      part_id: must(text("Part")),
      roll: must(text("Roll")),
      ar: must(heltal("År")),
      manader: antal("Månader"),
      manadsbelopp_ore: must(ore("Belopp per månad (öre)")),
    },
  ),
  konsfordelning: result("Könsfördelning", ["insats_id"], "totalt", {
    insats_id: insatsId,
    fran: must(datum("Från")),
    till: must(datum("Till")),
    kvinnor: heltal("Kvinnor"),
    man: heltal("Män"),
    okant: heltal("Okänt kön"),
    totalt: must(heltal("Totalt")),
    andel_kvinnor: tal("Andel kvinnor"),
  }),
  utsagekontroll: result("Utsagekontroll", ["insats_id", "utsaga_id"], "beraknat_varde", {
    insats_id: insatsId,
    utsaga_id: must(text("Utsaga")),
    text: must(text("Text")),
    matt: must(text("Mått")),
    rapporterat_varde: varde("Rapporterat värde"),
    beraknat_varde: varde("Beräknat värde"),
    differens: tal("Differens"),
    utfall: must(text("Utfall")),
    forklaring: must(text("Förklaring")),
    dokument: text("Dokument"),
    avsnitt: text("Avsnitt"),
    citat: text("Citat"),
  }),
  modelljamforelse: result("Modelljämförelse", ["modell", "insats_id", "matt"], "varde", {
    modell: must(text("Modell")),
    insats_id: insatsId,
    matt: must(text("Mått")),
    forbund_id: text("Förbund"),
    definition: must(text("Definition")),
    fran: datum("Från"),
    till: datum("Till"),
    varde: tal("Värde"),
    enhet: must(text("Enhet")),
    n: antal("Antal som värdet vilar på"),
    ki_lag: tal("Konfidensintervall, lägst"),
    ki_hog: tal("Konfidensintervall, högst"),
    jamforbar: must(jaNej("Jämförbar")),
    jamforbar_med: text("Jämförbar med"),
    skal: text("Skäl"),
  }),
  datakvalitet: result("Datakvalitet", ["leverans", "nr"], "kod", {
    leverans: must(text("Leverans")),
    nr: must(heltal("Nr")),
    fil: must(text("Fil")),
    blad: text("Blad"),
    rad: heltal("Rad"),
    ...fynd,
  }),
  fyndhistorik: result("Fyndhistorik", ["leverans", "nr"], "lage", {
    leverans: must(text("Leverans")),
    nr: must(heltal("Nr")),
    finansiarer: text("Förbund"),
    lage: must(text("Läge")),
    sedan: must(datum("Sedan")),
    fil: must(text("Fil")),
    blad: text("Blad"),
    ...fynd,
  }),
  andring: result("Ändringar sedan förra rapporten", ["insats_id", "figur", "kolumn"], "efter", {
    insats_id: insatsId,
    figur: must(text("Siffra")),
    kolumn: must(text("Kolumn")),
    jamfort_med: must(datum("Jämfört med rapporten")),
    fore: varde("Före"),
    efter: varde("Efter"),
    orsak: must(text("Orsak")),
    forklaring: must(text("Förklaring")),
    ar_dold: must(jaNej("Dold utanför internt")),
  }),
  leveranser: result("Leveranser", ["fil", "blad", "tabell"], "rader", {
    fil: must(text("Fil")),
    blad: must(text("Blad")),
    tabell: must(heltal("Tabell")),
    sha256: must(text("SHA-256")),
    mottagen: must(datum("Mottagen")),
    dataset: text("Dataset"),
    kodning: text("Teckenkodning"),
    avgransare: text("Avgränsare"),
    rubrikrad: heltal("Rubrikrad"),
    rader: must(heltal("Rader")),
    lasta: must(heltal("Lästa")),
    avvisade: must(heltal("Avvisade")),
    overhoppade: must(heltal("Överhoppade")),
    ersatter: text("Ersätter"),
  }),
} as const satisfies Readonly<Record<string, Result>>;

export type ResultName = keyof typeof results;
export const resultNames = Object.keys(results) as ResultName[];
export const resultOf = (name: ResultName): Result => results[name];

/** The figures of an insats that are followed from one report to the next. */
export const followed: { readonly [N in ResultName]?: readonly (keyof (typeof results)[N]["columns"])[] } = {
  malsammanfattning: ["status"],
  maluppfyllelse: ["varde", "malvarde", "status"],
  konsfordelning: ["kvinnor", "man", "okant", "totalt"],
  kostnadsandel: ["belopp_ore", "andel_procent"],
  kostnadsandel_ar: ["belopp_ore", "andel_procent"],
  budgetutfall: ["budget_ore", "omraknad_ore", "utfall_ore"],
  utsagekontroll: ["beraknat_varde", "utfall"],
};

/** DuckDB's type for each kind. Counts may have decimals (4,5 möten), so they leave as doubles; öre never do. */
export const resultType: Readonly<Record<ResultKind, string>> = {
  text: "VARCHAR",
  heltal: "BIGINT",
  ore: "BIGINT",
  antal: "DOUBLE",
  tal: "DOUBLE",
  datum: "DATE",
  ja_nej: "BOOLEAN",
  varde: "VARCHAR",
};

type ValueOf<K extends ResultKind> = K extends "text" | "datum" | "varde"
  ? string
  : K extends "ja_nej"
    ? boolean
    : number;
type CellOf<C extends ResultColumn> = C extends { nullable: true } ? ValueOf<C["kind"]> | null : ValueOf<C["kind"]>;

/** One row of a result, as JSON has it: dates ISO, öre and counts numbers, missing null. */
export type Row<N extends ResultName> = {
  [C in keyof (typeof results)[N]["columns"]]: (typeof results)[N]["columns"][C] extends ResultColumn
    ? CellOf<(typeof results)[N]["columns"][C]>
    : never;
};

/**
 * The name of one row, the same in every run: `RESULT/key/…`, `/` and `%` and `#` in a key written as %2F, %25, %23.
 * Its SQL twin is the macro `resultat_id`.
 */
export const resultId = (name: ResultName, key: readonly (string | number)[]): string =>
  [name, ...key.map((part) => String(part).replace(/[%/#]/g, encodeURIComponent))].join("/");
