/** Every result, declared once: grain, columns in order, units. Names and semantics are the data contract's, section 4. */
import { andringar } from "./pairs.ts";

/**
 * `tal` is a ratio or rate that was divided exactly once, at the end; everything counted is `heltal` or `antal` (may have
 * decimals). `varde` is a number, a date or a word, kept as plain text (`0.85`, `2018-04-01`, `ja`).
 */
export type ResultKind = "text" | "heltal" | "ore" | "antal" | "tal" | "datum" | "ja_nej" | "varde";

export interface ResultColumn {
  readonly kind: ResultKind;
  readonly heading: string;
  readonly nullable?: true;
  /** The only values it has. */
  readonly varden?: readonly string[];
  /** Made of the counted rows alone, or of the whole that they are part of: what `trace` lists for it. */
  readonly del?: "raknad" | "namnare";
  /** Followed from one report to the next. */
  readonly foljs?: true;
  /** Withheld from others where the row reveals few persons. */
  readonly dold?: true;
  /** Never shown to others. */
  readonly intern?: true;
}

/**
 * Who may see a result outside `internt`. `allt`: it is published as it is. `personer`: a rule in `publication` says which
 * rows reveal few persons; of these the columns marked `dold` are withheld, or the row is left out where none is marked.
 */
export type Visas = "allt" | "personer" | "aldrig";

export interface Result {
  readonly heading: string;
  readonly visas: Visas;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ResultColumn>>;
  /** The column a bare `resultat_id` stands for when a claim refers to it. */
  readonly main: string;
}

const make =
  <const K extends ResultKind>(kind: K) =>
  (heading: string): { kind: K; heading: string; nullable: true } => ({ kind, heading, nullable: true });
export const text = make("text");
export const heltal = make("heltal");
export const ore = make("ore");
export const antal = make("antal");
export const tal = make("tal");
export const datum = make("datum");
export const jaNej = make("ja_nej");
const varde = make("varde");
export const must = <C extends ResultColumn>({ kind, heading }: C): { kind: C["kind"]; heading: string } => ({
  kind,
  heading,
});
/** A word out of a closed list. */
const ord = <const V extends readonly string[]>(
  heading: string,
  varden: V,
): { kind: "text"; heading: string; varden: V } => ({ kind: "text", heading, varden });

const mark =
  <const M extends Partial<ResultColumn>>(marks: M) =>
  <C extends ResultColumn>(column: C): C & M => ({ ...column, ...marks });
const raknad = mark({ del: "raknad" });
const namnare = mark({ del: "namnare" });
const foljs = mark({ foljs: true });
const dold = mark({ dold: true });
const intern = mark({ intern: true });

/** The columns that a result is keyed by: each is the same wherever it is, and never missing. */
const keyColumns = {
  insats_id: must(text("Insats")),
  mal_id: must(text("Mål")),
  grupp: must(text("Grupp")),
  gruppvarde: must(text("Gruppvärde")),
  fran: must(datum("Från")),
  part_id: must(text("Part")),
  mote_id: must(text("Möte")),
  dimension: must(text("Dimension")),
  id: must(text("Id")),
  ar: must(heltal("År")),
  forbund_id: must(text("Förbund")),
  period: must(text("Period")),
  manad: must(datum("Månad")),
  per: must(text("Kostnad per")),
  huvudman: must(text("Huvudman")),
  kommun: must(text("Kommun")),
  post: must(text("Post")),
  nr: must(heltal("Nr")),
  roll: must(text("Roll")),
  utsaga_id: must(text("Utsaga")),
  fraga: must(text("Fråga")),
  modell: must(text("Modell")),
  matt: must(text("Mått")),
  leverans: must(text("Leverans")),
  figur: must(text("Siffra")),
  kolumn: must(text("Kolumn")),
  annat_mal_id: must(text("Annat mål")),
  annan_insats_id: must(text("Annan insats")),
  scenario: must(text("Scenario")),
  antal: must(heltal("Antal")),
  niva: ord("Nivå", ["insats", "forbund", "modell", "alla"]),
  till: must(datum("Till")),
  tidpunkt: ord("Tidpunkt", ["fore", "efter", ""]),
  rad: must(text("Rad")),
  fil: must(text("Fil")),
  blad: must(text("Blad")),
  tabell: must(heltal("Tabell")),
  uppgift: ord("Uppgift", ["tilldelade_medel", "eget_kapital", "administration", "insatser", "insats"]),
  enhet_id: must(text("Enhet")),
  parameter: must(text("Parameter")),
};
type KeyColumns = typeof keyColumns;

const result = <
  const C extends Readonly<Record<string, ResultColumn>>,
  const V extends Visas,
  const K extends keyof KeyColumns,
>(
  heading: string,
  visas: V,
  key: readonly K[],
  main: NoInfer<K> | (keyof C & string),
  columns: C,
) => ({
  heading,
  visas,
  key,
  main,
  columns: {
    resultat_id: must(text("Resultat-id")),
    ...(Object.fromEntries(key.map((column) => [column, keyColumns[column]])) as Pick<KeyColumns, K>),
    ...columns,
  },
});

/** Where in a report it stands. */
export const place = { dokument: text("Dokument"), avsnitt: text("Avsnitt") };

const ki = { ki_lag: dold(tal("Konfidensintervall, lägst")), ki_hog: dold(tal("Konfidensintervall, högst")) };

const ofullstandig = { ofullstandig: must(heltal("Avvisade rader som kan höra hit")) };

const kostnadsandel = {
  fran: datum("Från"),
  till: datum("Till"),
  belopp_ore: foljs(raknad(ore("Belopp (öre)"))),
  andel: tal("Andel"),
  andel_procent: foljs(tal("Andel, procent")),
  avtalad_andel: tal("Avtalad andel"),
  avvikelse_ore: ore("Avvikelse (öre)"),
  timmar: raknad(antal("Timmar")),
  kr_per_timme: tal("Kronor per timme"),
  avvikelse_procentenheter: tal("Avvikelse, procentenheter"),
  ...ofullstandig,
};

/** What the insatser of one förbund cost it. */
const forbundskostnad = {
  fran: must(datum("Från")),
  till: must(datum("Till")),
  belopp_ore: raknad(ore("Belopp (öre)")),
  andel: tal("Andel"),
  andel_procent: tal("Andel, procent"),
  insatskostnad_ore: ore("Insatsernas kostnad för alla förbund (öre)"),
  avvikelse_ore: ore("Avvikelse från avtalad andel (öre)"),
  avvikelse_procentenheter: tal("Avvikelse, procentenheter"),
  medel_ore: ore("Beviljade medel efter tillägg och återföring (öre)"),
  timmar: raknad(antal("Timmar")),
  kr_per_timme: tal("Kronor per timme"),
};

const malradKey = ["insats_id", "mal_id", "grupp", "gruppvarde", "fran"] as const;

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
  malsammanfattning: result("Målsammanfattning", "personer", ["insats_id", "mal_id"], "status", {
    text: must(text("Måltext")),
    status: foljs(must(text("Utfall"))),
    rader: must(heltal("Rader")),
    uppnatt: must(heltal("Uppnådda")),
    ej_uppnatt: must(heltal("Ej uppnådda")),
    ej_matbart: must(heltal("Ej mätbara")),
    rapporterat: text("Rapporterat"),
    avviker: jaNej("Avviker"),
    mening: must(text("Mening")),
    krav: dold(text("Vad som krävs")),
    nara: dold(heltal("Nära målet")),
  }),
  maluppfyllelse: result("Måluppfyllelse", "personer", malradKey, "varde", {
    till: must(datum("Till")),
    forbund_id: text("Förbund"),
    finansiarer: text("Finansiärer"),
    part_id: text("Part"),
    matt: must(text("Mått")),
    upplosning: must(text("Upplösning")),
    taljare: dold(raknad(antal("Täljare"))),
    namnare: dold(namnare(antal("Nämnare"))),
    tackningsgrad: dold(tal("Täckningsgrad")),
    varde: dold(foljs(tal("Värde"))),
    enhet: must(text("Enhet")),
    villkor: text("Villkor"),
    malvarde: foljs(tal("Målvärde")),
    ...ki,
    status: foljs(must(text("Utfall"))),
    skal: text("Skäl"),
    avvisade: must(heltal("Avvisade rader")),
    rapporterat: text("Rapporterat"),
    avviker: jaNej("Avviker"),
    beslut: text("Beslut"),
    nara: dold(jaNej("Nära målet")),
    takt: dold(text("Takt")),
    malvarde_hittills: tal("Målvärde hittills"),
    till_godo: dold(heltal("Möten till godo")),
    planerade: dold(heltal("Planerade kallelser")),
    utom_rackhall: dold(jaNej("Utom räckhåll")),
  }),
  malserie: result("Målserier", "personer", malradKey, "varde", {
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
  ej_kallade: result("Möten som parten inte kallades till", "allt", ["insats_id", "part_id", "mote_id"], "datum", {
    datum: must(datum("Datum")),
    motestyp: must(text("Mötestyp")),
    narvarande: must(jaNej("Närvarande")),
  }),
  kostnadsandel: result("Kostnadsandel", "allt", ["insats_id", "dimension", "id"], "belopp_ore", kostnadsandel),
  kostnadsandel_ar: result(
    "Kostnadsandel per år",
    "allt",
    ["insats_id", "dimension", "id", "ar"],
    "belopp_ore",
    kostnadsandel,
  ),
  forbundskostnad: result(
    "Förbundets kostnad",
    "allt",
    ["forbund_id", "dimension", "id"],
    "belopp_ore",
    forbundskostnad,
  ),
  forbundskostnad_ar: result(
    "Förbundets kostnad per år",
    "allt",
    ["forbund_id", "dimension", "id", "ar"],
    "belopp_ore",
    forbundskostnad,
  ),
  prognos: result("Prognos", "allt", ["insats_id", "forbund_id", "period"], "prognos_ore", {
    per: ord("Per", ["ar", "kvartal", "termin", "hela"]),
    fran: datum("Från"),
    till: datum("Till"),
    utfall_till: datum("Fakturerat till och med"),
    manader: antal("Månader hittills"),
    alla_manader: antal("Månader i perioden"),
    minst_manader: must(heltal("Minsta antal månader för en prognos")),
    utfall_ore: raknad(ore("Fakturerat hittills (öre)")),
    del_ore: ore("Fakturerat i kvartalet eller terminen (öre)"),
    over_slutet_ore: ore("Av fakturerat hittills: i fakturor som når över slutet (öre)"),
    prognos_ore: ore("Prognos (öre)"),
    medel_ore: ore("Medel (öre)"),
    medel_kalla: text("Medel enligt"),
    avvikelse_ore: ore("Avvikelse (öre)"),
    avvikelse_procent: tal("Avvikelse, procent"),
    grans_procent: must(tal("Gräns, procent")),
    kraver_forklaring: must(jaNej("Kräver förklaring")),
    rapporterad_prognos_ore: ore("Insatsens egen prognos (öre)"),
    anledning: text("Anledning vid avvikelse"),
    status: text("Status"),
    skal: text("Skäl"),
  }),
  kostnadsforlopp: result("Kostnadsförlopp", "allt", ["insats_id", "manad"], "ackumulerat_ore", {
    belopp_ore: raknad(must(ore("Fakturerat (öre)"))),
    ackumulerat_ore: must(ore("Fakturerat hittills (öre)")),
    medel_ackumulerat_ore: ore("Beviljade medel hittills (öre)"),
  }),
  enhetskostnad: result("Enhetskostnad", "personer", ["insats_id", "per", "period"], "varde", {
    fran: must(datum("Från")),
    till: must(datum("Till")),
    faktura_fran: datum("Fakturerat från"),
    faktura_till: datum("Fakturerat till"),
    taljare_ore: raknad(ore("Fakturerat (öre)")),
    namnare: dold(namnare(antal("Nämnare (n)"))),
    av_antal: dold(antal("Nämnaren är av")),
    okand: dold(antal("Okända")),
    tackningsgrad: dold(tal("Täckningsgrad")),
    varde: dold(tal("Kronor per enhet")),
    varde_med_okand: dold(tal("Kronor per enhet om de okända räknas")),
    serie: dold(text("Prisindex")),
    basar: dold(heltal("Prisår")),
    fast_varde: dold(tal("Kronor per enhet i prisårets priser")),
    underlag: must(text("Underlag")),
    jamforbar: must(jaNej("Jämförbar")),
    jamforelsegrupp: dold(text("Jämförelsegrupp")),
    skal: text("Skäl"),
  }),
  bidragsandel: result("Parternas bidrag", "allt", ["forbund_id", "ar", "huvudman", "kommun"], "belopp_ore", {
    belopp_ore: raknad(ore("Inbetalt (öre)")),
    andel: tal("Andel"),
    andel_procent: tal("Andel, procent"),
    lagens_andel: tal("Lagens andel"),
    lagens_ore: ore("Lagens andel (öre)"),
    avvikelse_ore: ore("Avvikelse (öre)"),
    avvikelse_procentenheter: tal("Avvikelse, procentenheter"),
    kalla: text("Regel"),
    skal: text("Skäl"),
  }),
  arsunderlag: result(
    "Årsunderlag till Uppföljning Finsam",
    "allt",
    ["forbund_id", "ar", "uppgift", "id"],
    "utfall_ore",
    {
      budget_ore: raknad(ore("Budget (öre)")),
      budget_kalla: text("Budget enligt"),
      utfall_ore: raknad(ore("Utfall (öre)")),
      utfall_kalla: text("Utfall enligt"),
      planerat_kvinnor: intern(heltal("Planerade kvinnor")),
      planerat_man: intern(heltal("Planerade män")),
      planerat: intern(heltal("Planerade deltagare")),
      kvinnor: intern(heltal("Kvinnor")),
      man: intern(heltal("Män")),
      totalt: intern(heltal("Deltagare")),
      saknas: text("Saknas"),
      delas: must(jaNej("Insatsen betalas av flera förbund")),
    },
  ),
  vardtyngd: result("Vårdtyngd", "allt", ["forbund_id", "enhet_id"], "poang", {
    namn: must(text("Namn")),
    omrade: text("Område"),
    poang: raknad(tal("Poäng")),
    rang: heltal("Rang"),
    rang_lag: must(heltal("Rang, lägst med andra regler och vikter")),
    rang_hog: must(heltal("Rang, högst med andra regler och vikter")),
    saknade: must(heltal("Parametrar som saknas")),
  }),
  vardtyngdsgrad: result("Vårdtyngd, grader", "allt", ["forbund_id", "enhet_id", "parameter"], "grad", {
    rubrik: must(text("Rubrik")),
    varde: intern(raknad(tal("Värde"))),
    grad: heltal("Grad"),
    regel: ord("Regel", ["kvartil", "lika_bredd", "granser"]),
    riktning: ord("Riktning", ["stigande", "fallande"]),
    vikt: must(tal("Vikt")),
  }),
  budgetutfall: result("Budgetutfall", "allt", ["insats_id", "ar", "post"], "budget_ore", {
    part_id: text("Part"),
    status: text("Status"),
    budget_ore: foljs(namnare(ore("Budget (öre)"))),
    omraknad_ore: foljs(raknad(ore("Omräknad ur bemanning (öre)"))),
    utfall_ore: foljs(raknad(ore("Utfall (öre)"))),
    avvikelse_ore: ore("Avvikelse (öre)"),
    avvikelse_procent: tal("Avvikelse, procent"),
    kraver_forklaring: jaNej("Kräver förklaring"),
    forklaring: text("Förklaring"),
    ...ofullstandig,
  }),
  budgetforklaring: result("Budget mot bemanning", "allt", ["insats_id", "ar", "post", "nr"], "belopp_ore", {
    slag: must(text("Slag")),
    belopp_ore: raknad(ore("Belopp (öre)")),
    mening: must(text("Mening")),
    ...place,
  }),
  budgettakt: result(
    "Månadsbelopp som skiljer mellan år",
    "allt",
    ["insats_id", "post", "part_id", "roll", "ar"],
    "manadsbelopp_ore",
    {
      manader: antal("Månader"),
      manadsbelopp_ore: must(ore("Belopp per månad (öre)")),
    },
  ),
  malgruppskostnad: result("Budget per person i målgruppen", "allt", ["insats_id", "period"], "kostnad_lag_ore", {
    antal_lag: must(heltal("Målgrupp, lägst")),
    antal_hog: must(heltal("Målgrupp, högst")),
    manader: must(antal("Månader")),
    budget_ore: raknad(must(ore("Budget (öre)"))),
    kostnad_lag_ore: must(ore("Per person och år, lägst (öre)")),
    kostnad_hog_ore: must(ore("Per person och år, högst (öre)")),
  }),
  malsamband: result("Mål som hör ihop", "allt", ["insats_id", "mal_id", "annat_mal_id"], "slag", {
    slag: ord("Slag", ["samma", "summerar_inte"]),
    mening: must(text("Mening")),
  }),
  scenario: result("Scenarier", "allt", ["insats_id", "scenario", "antal"], "kostnad_lag_ore", {
    antal: must(heltal("Antal")),
    namn: must(text("Scenario")),
    av: must(text("Antal av")),
    ar_angivet: must(jaNej("Antalet anges i underlaget")),
    bemanning: tal("Tjänster"),
    kostnad_ore: ore("Kostnad för dem (öre)"),
    gemensamt: text("Gemensamt"),
    gemensam_bemanning: tal("Tjänster, gemensamt"),
    gemensam_lag_ore: ore("Gemensam kostnad, lägst (öre)"),
    gemensam_hog_ore: ore("Gemensam kostnad, högst (öre)"),
    kostnad_lag_ore: ore("Kostnad i allt, lägst (öre)"),
    kostnad_hog_ore: ore("Kostnad i allt, högst (öre)"),
    mening: must(text("Mening")),
  }),
  konsfordelning: result("Könsfördelning", "personer", ["insats_id"], "totalt", {
    fran: must(datum("Från")),
    till: must(datum("Till")),
    kvinnor: dold(foljs(raknad(heltal("Kvinnor")))),
    man: dold(foljs(raknad(heltal("Män")))),
    okant: dold(foljs(raknad(heltal("Okänt kön")))),
    totalt: dold(foljs(must(heltal("Totalt")))),
    andel_kvinnor: dold(tal("Andel kvinnor")),
    ...ofullstandig,
  }),
  deltagartabell: result(
    "Deltagartabell",
    "aldrig",
    ["niva", "id", "tabell", "fran", "till", "tidpunkt", "rad", "kolumn"],
    "antal",
    {
      tabell: must(text("Tabell")),
      kolumn: ord("Kolumn", ["kvinnor", "man", "okant", "totalt"]),
      antal: raknad(heltal("Antal")),
      andel: tal("Andel"),
      varde: tal("Värde"),
      enhet: text("Enhet"),
      namnare: namnare(heltal("Nämnare")),
      tackningsgrad: tal("Täckningsgrad"),
      summerar: must(jaNej("Raderna summerar till personer")),
      ...ofullstandig,
    },
  ),
  utsagekontroll: result("Utsagekontroll", "personer", ["insats_id", "forbund_id", "utsaga_id"], "beraknat_varde", {
    insats_id: text("Insats"),
    forbund_id: text("Förbund"),
    text: must(text("Text")),
    matt: text("Mått"),
    formel: text("Formel"),
    rapporterat_varde: dold(varde("Rapporterat värde")),
    beraknat_varde: dold(foljs(varde("Beräknat värde"))),
    differens: dold(tal("Differens")),
    utfall: foljs(ord("Utfall", ["stammer", "avrundning", "avhugget", "ungefar", "avviker", "ej_matbart", "beraknad"])),
    skal: text("Skäl"),
    avvisade: must(heltal("Avvisade rader")),
    forklaring: must(text("Förklaring")),
    ...place,
    citat: dold(text("Citat")),
  }),
  definitionsprov: result(
    "Utfall med andra vanliga definitioner",
    "personer",
    ["insats_id", "mal_id", "fraga"],
    "status",
    {
      text: must(text("Måltext")),
      definition: must(text("Definition")),
      matt: must(text("Mått")),
      per: must(text("Per")),
      delperiod: must(text("Delperiod")),
      status: dold(ord("Utfall", ["uppnatt", "delvis", "ej_uppnatt", "ej_matbart"])),
      rader: intern(must(heltal("Rader"))),
      uppnatt: intern(must(heltal("Uppnådda"))),
      ej_uppnatt: intern(must(heltal("Ej uppnådda"))),
      ej_matbart: intern(must(heltal("Ej mätbara"))),
      utslag: dold(ord("Mot målets egen definition", ["egen", "samma", "vander", "ej_langre", "forst_da"])),
      mening: intern(must(text("Mening"))),
    },
  ),
  modelljamforelse: result("Modelljämförelse", "personer", ["modell", "insats_id", "matt"], "varde", {
    forbund_id: text("Förbund"),
    definition: must(text("Definition")),
    fran: datum("Från"),
    till: datum("Till"),
    varde: dold(tal("Värde")),
    enhet: must(text("Enhet")),
    n: dold(antal("Antal som värdet vilar på")),
    ...ki,
    jamforbar: must(jaNej("Jämförbar")),
    jamforelsegrupp: text("Jämförelsegrupp"),
    skal: text("Skäl"),
    ...ofullstandig,
  }),
  parjamforelse: result("Insatser två och två", "personer", ["matt", "insats_id", "annan_insats_id"], "varde", {
    modell: text("Modell"),
    forbund_id: text("Förbund"),
    definition: must(text("Definition")),
    fran: datum("Från"),
    till: datum("Till"),
    taljare: dold(antal("Täljare")),
    namnare: dold(antal("Nämnare")),
    varde: dold(tal("Värde")),
    enhet: must(text("Enhet")),
    n: dold(antal("Antal som värdet vilar på")),
    ...ki,
    tackningsgrad: dold(tal("Täckningsgrad")),
    jamforbar: must(jaNej("Jämförbar")),
    andring: ord("Ändring", andringar),
    /** Why the insats has no value by any definition and in any period. */
    brist: text("Brist"),
    /** Why they cannot be compared, or what to think of when reading the two; null where there is nothing. */
    skal: text("Skäl"),
    ...ofullstandig,
  }),
  datakvalitet: result("Datakvalitet", "allt", ["leverans", "nr"], "kod", {
    fil: must(text("Fil")),
    blad: text("Blad"),
    rad: heltal("Rad"),
    ...fynd,
  }),
  fyndhistorik: result("Fyndhistorik", "aldrig", ["leverans", "nr"], "lage", {
    finansiarer: text("Förbund"),
    lage: must(text("Läge")),
    sedan: must(datum("Sedan")),
    fil: must(text("Fil")),
    blad: text("Blad"),
    ...fynd,
  }),
  andring: result("Ändringar sedan förra rapporten", "personer", ["insats_id", "figur", "kolumn"], "efter", {
    jamfort_med: must(datum("Jämfört med rapporten")),
    fore: varde("Före"),
    efter: varde("Efter"),
    orsak: must(text("Orsak")),
    forklaring: must(text("Förklaring")),
    ar_dold: must(jaNej("Dold utanför internt")),
  }),
  leveranser: result("Leveranser", "personer", ["fil", "blad", "tabell"], "rader", {
    sha256: must(text("SHA-256")),
    mottagen: must(datum("Mottagen")),
    dataset: text("Dataset"),
    kodning: text("Teckenkodning"),
    avgransare: text("Avgränsare"),
    rubrikrad: heltal("Rubrikrad"),
    rader: dold(must(heltal("Rader"))),
    lasta: dold(must(heltal("Lästa"))),
    avvisade: must(heltal("Avvisade")),
    overhoppade: must(heltal("Överhoppade")),
    ersatter: text("Ersätter"),
  }),
} as const satisfies Readonly<Record<string, Result>>;

export type ResultName = keyof typeof results;
export const resultNames = Object.keys(results) as ResultName[];
export const resultOf = (name: ResultName): Result => results[name];

/**
 * Whether a result is kept as one select gives it, its rows in the order of the key: nobody is shown it, so that no rule changes it and
 * nothing refers to its rows. They are many, and their ids are worked out when they are asked for.
 */
export const isKeptInOrder = (name: ResultName): boolean => resultOf(name).visas === "aldrig";

/** A result's columns that carry a mark. */
export const columnsWith = (name: ResultName, mark: keyof ResultColumn, value: unknown = true): string[] =>
  Object.entries(resultOf(name).columns).flatMap(([column, declared]) => (declared[mark] === value ? [column] : []));

/** The figures that are followed from one report to the next. */
export const followed: Partial<Readonly<Record<ResultName, readonly string[]>>> = Object.fromEntries(
  resultNames.map((name) => [name, columnsWith(name, "foljs")]).filter(([, columns = []]) => columns.length > 0),
);

/** DuckDB's type for each kind. Counts may have decimals (4,5 möten), so they leave as doubles; öre never do. */
export const resultType = {
  text: "varchar",
  heltal: "bigint",
  ore: "bigint",
  antal: "double",
  tal: "double",
  datum: "date",
  ja_nej: "boolean",
  varde: "varchar",
} as const satisfies Readonly<Record<ResultKind, string>>;

type ValueOf<K extends ResultKind> = K extends "text" | "datum" | "varde"
  ? string
  : K extends "ja_nej"
    ? boolean
    : number;
type CellOf<C extends ResultColumn> =
  | (C extends { varden: readonly (infer V)[] } ? V : ValueOf<C["kind"]>)
  | (C extends { nullable: true } ? null : never);

/** A row of declared columns, as JSON has it: dates ISO, öre and counts numbers, missing null. */
export type RowOf<C> = { [K in keyof C]: C[K] extends ResultColumn ? CellOf<C[K]> : never };

export type Row<N extends ResultName> = RowOf<(typeof results)[N]["columns"]>;

/**
 * The name of one row, the same in every run: `RESULT/key/…`, `/` and `%` and `#` in a key written as %2F, %25, %23.
 * In SQL the macro `id_led` writes each part of the key.
 */
export const resultId = (name: ResultName, key: readonly (string | number)[]): string =>
  [name, ...key.map((part) => String(part).replace(/[%/#]/g, encodeURIComponent))].join("/");
