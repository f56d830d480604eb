/** The marts, declared: DuckDB refuses a select that does not give these columns with these types, and holds each key. */

export interface Mart {
  /** What names one row. Of a column that may be null, null is a value like any other. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, string>>;
  readonly kept: "indexed" | "large" | "view";
}

const kept =
  <const K extends Mart["kept"]>(how: K) =>
  <const C extends Mart["columns"]>(key: readonly (keyof C & string)[], columns: C) => ({ key, columns, kept: how });

const mart = kept("indexed");
/**
 * Grows with the delivered rows. An index of a million rows costs 0.5 (a number) to 1.7 CPU-s (three words), to look for a
 * double 0.15: the key is looked for once the mart is filled.
 */
const large = kept("large");
/** The rows of one staging table, renamed and read by one select. */
const view = kept("view");

export const marts = {
  insats: mart(["insats_id"], {
    insats_id: "varchar not null",
    namn: "varchar not null",
    modell: "varchar",
    startdatum: "date",
    slutdatum: "date",
    data_fran: "date",
    data_till: "date",
    forbund_id: "varchar",
    finansiarer: "varchar",
  }),
  mote: large(["insats_id", "mote_id"], {
    insats_id: "varchar not null",
    mote_id: "varchar not null",
    datum: "date not null",
    motestyp: "varchar not null",
    ar_hallet: "boolean not null",
    ar_okant: "boolean not null",
    skal: "varchar",
    antal_parter: "bigint not null",
    har_narvaro: "boolean not null",
    kallrader: "bigint[] not null",
  }),
  narvaro: large(["insats_id", "mote_id", "part_id"], {
    insats_id: "varchar not null",
    mote_id: "varchar not null",
    part_id: "varchar not null",
    datum: "date not null",
    motestyp: "varchar not null",
    ar_hallet: "boolean not null",
    skal: "varchar",
    ar_kallad: "boolean not null",
    ar_narvarande: "boolean not null",
    kallrader: "bigint[] not null",
  }),
  arende: large(["insats_id", "mote_id", "deltagar_id"], {
    insats_id: "varchar not null",
    mote_id: "varchar not null",
    deltagar_id: "varchar not null",
    part_id: "varchar",
    kon: "varchar",
    datum: "date not null",
    motestyp: "varchar not null",
    antal_parter: "bigint not null",
    har_narvaro: "boolean not null",
    ar_i_hallet_mote: "boolean not null",
    ar_okant: "boolean not null",
    skal: "varchar",
    kallrader: "bigint[] not null",
  }),
  deltagande: large(["insats_id", "deltagar_id", "startdatum"], {
    insats_id: "varchar not null",
    deltagar_id: "varchar not null",
    kon: "varchar not null",
    alder: "varchar not null",
    kommun: "varchar not null",
    startdatum: "date not null",
    slutdatum: "date",
    ar_felregistrerad: "boolean not null",
    avslutsorsak: "varchar",
    ar_i_arbete_eller_studier_slut: "boolean",
    ar_i_arbete_eller_studier_start: "boolean",
    omfattning_start: "decimal(28, 10)",
    omfattning_slut: "decimal(28, 10)",
    ar_parter_informerade: "boolean",
    kallrad: "bigint not null",
  }),
  deltagarantal: mart(["rad_id", "kallkolumn"], {
    rad_id: "bigint not null",
    insats_id: "varchar not null",
    slag: "varchar not null",
    fran: "date not null",
    till: "date not null",
    kon: "varchar",
    antal: "bigint not null",
    minst_parter: "bigint not null",
    kallrad: "bigint not null",
    kallkolumn: "varchar not null",
  }),
  deltagarantal_helt: mart(["insats_id", "slag", "fran", "till"], {
    insats_id: "varchar not null",
    slag: "varchar not null",
    fran: "date not null",
    till: "date not null",
    antal: "bigint not null",
    kallrad: "bigint not null",
  }),
  moteantal: view(["rad_id"], {
    rad_id: "bigint not null",
    insats_id: "varchar not null",
    motestyp: "varchar not null",
    fran: "date not null",
    till: "date not null",
    antal: "decimal(28, 6) not null",
    kallrad: "bigint not null",
  }),
  narvaroantal: view(["rad_id"], {
    rad_id: "bigint not null",
    insats_id: "varchar not null",
    part_id: "varchar not null",
    fran: "date not null",
    till: "date not null",
    kallade: "bigint not null",
    narvarande: "bigint not null",
    kallrad: "bigint not null",
  }),
  deltagarutfall: mart(["rad_id"], {
    rad_id: "bigint not null",
    insats_id: "varchar not null",
    variabel: "varchar not null",
    varde: "varchar not null",
    kod: "varchar",
    kon: "varchar",
    fran: "date not null",
    till: "date not null",
    antal: "bigint not null",
    kallrad: "bigint not null",
  }),
  utfallsbortfall: mart(["insats_id", "variabel", "fran", "till", "kon"], {
    insats_id: "varchar not null",
    variabel: "varchar not null",
    fran: "date not null",
    till: "date not null",
    kon: "varchar",
    antal: "bigint not null",
    kallrader: "bigint[] not null",
  }),
  enkat: mart(["rad_id"], {
    rad_id: "bigint not null",
    insats_id: "varchar not null",
    enkat_id: "varchar not null",
    grupp: "varchar",
    fraga: "varchar not null",
    svar: "varchar not null",
    ar_daterad: "boolean not null",
    fran: "date",
    till: "date",
    antal: "bigint not null",
    utskick: "bigint",
    kallrad: "bigint not null",
  }),
  enkatfraga: mart(["insats_id", "enkat_id", "grupp", "fraga"], {
    insats_id: "varchar not null",
    enkat_id: "varchar not null",
    grupp: "varchar",
    fraga: "varchar not null",
    ar_daterad: "boolean not null",
    fran: "date",
    till: "date",
    svar: "bigint not null",
    utskick: "bigint",
    kallrader: "bigint[] not null",
  }),
  stavning: mart(["insats_id", "register", "namn"], {
    insats_id: "varchar not null",
    register: "varchar not null",
    namn: "varchar not null",
    post: "varchar not null",
    post_id: "bigint not null",
    nr: "bigint not null",
  }),
  post: mart(["post_id"], {
    post_id: "bigint not null",
    insats_id: "varchar not null",
    post: "varchar not null",
  }),
  faktura: large(["rad_id"], {
    rad_id: "bigint not null",
    insats_id: "varchar not null",
    forbund_id: "varchar",
    part_id: "varchar",
    huvudman: "varchar",
    post_id: "bigint not null",
    kostnadsslag: "varchar",
    fran: "date not null",
    till: "date not null",
    belopp_ore: "bigint",
    timmar: "decimal(28, 6)",
    kallrad: "bigint not null",
  }),
  faktura_manad: large(["rad_id", "manad"], {
    rad_id: "bigint not null",
    kallrad: "bigint not null",
    insats_id: "varchar not null",
    forbund_id: "varchar",
    part_id: "varchar",
    manad: "date not null",
    fran: "date not null",
    till: "date not null",
    belopp_ore: "bigint not null",
  }),
  faktura_ar: large(["rad_id", "ar"], {
    rad_id: "bigint not null",
    kallrad: "bigint not null",
    insats_id: "varchar not null",
    forbund_id: "varchar",
    part_id: "varchar",
    huvudman: "varchar",
    post_id: "bigint not null",
    ar: "bigint not null",
    fran: "date not null",
    till: "date not null",
    belopp_ore: "bigint",
    timmar: "decimal(28, 6)",
  }),
  budget: mart(["post_id", "ar"], {
    insats_id: "varchar not null",
    ar: "bigint not null",
    post_id: "bigint not null",
    part_id: "varchar",
    status: "varchar not null",
    belopp_ore: "bigint not null",
    ansokt_ore: "bigint",
    kallrader: "bigint[] not null",
  }),
  bemanning: mart(["rad_id"], {
    rad_id: "bigint not null",
    insats_id: "varchar not null",
    part_id: "varchar not null",
    post_id: "bigint not null",
    roll: "varchar not null",
    fran: "date not null",
    till: "date not null",
    till_alt: "date",
    omfattning: "decimal(28, 10) not null",
    varav_omfattning: "decimal(28, 10)",
    manadskostnad_ore: "bigint",
    heltidskostnad_ore: "bigint",
    manadslon_ore: "bigint",
    po_faktor: "decimal(28, 6)",
    /** A month, in 10^-16 öre. */
    kostnad: "hugeint",
    dokument: "varchar",
    avsnitt: "varchar",
    kallrad: "bigint not null",
  }),
  bemanning_ar: mart(["rad_id", "ar", "ar_alternativ"], {
    rad_id: "bigint not null",
    insats_id: "varchar not null",
    part_id: "varchar not null",
    post_id: "bigint not null",
    ar: "bigint not null",
    ar_alternativ: "boolean not null",
    slut: "date not null",
    delar: "bigint not null",
    kostnad_ore: "bigint",
    kallrad: "bigint not null",
  }),
  medel: mart(["insats_id", "forbund_id", "ar"], {
    insats_id: "varchar not null",
    forbund_id: "varchar not null",
    ar: "bigint",
    beviljat_ore: "bigint",
    tillagg_ore: "bigint",
    aterfort_ore: "bigint",
    medel_ore: "bigint",
    kallrader: "bigint[] not null",
  }),
  avvikelsegrans: mart(["insats_id"], {
    insats_id: "varchar not null",
    procent: "decimal(9, 4) not null",
  }),
  lagens_andel: mart(["huvudman", "fran"], {
    huvudman: "varchar not null",
    fran: "date not null",
    till: "date",
    delar: "bigint not null",
    kalla: "varchar not null",
  }),
  bidrag: view(["rad_id"], {
    rad_id: "bigint not null",
    forbund_id: "varchar not null",
    ar: "bigint not null",
    huvudman: "varchar not null",
    kommun: "varchar",
    belopp_ore: "bigint not null",
    kallrad: "bigint not null",
  }),
  avtalad_andel: mart(["insats_id", "ar", "forbund_id"], {
    insats_id: "varchar not null",
    ar: "bigint not null",
    forbund_id: "varchar not null",
    andel: "decimal(38, 18) not null",
    delar: "decimal(28, 10) not null",
    summa: "decimal(28, 10) not null",
  }),
} as const satisfies Readonly<Record<string, Mart>>;

export type MartName = keyof typeof marts;
export const isMart = (name: string): name is MartName => name in marts;
export const martOf = (name: MartName): Mart => marts[name];

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
  /** The dataset that rows and their totals both speak for. */
  register: "varchar not null",
  /** `handelse` at datum; `overlapp` any day of fran–till; `dagar` spread over fran–till; `aggregat` a total for fran–till; `forfaller` at datum, the whole insats takes what is later; `odaterad` a total of the whole insats. */
  tid: "varchar not null",
  /** Whether totals of shorter periods add up to a longer one. */
  ar_summerbar: "boolean",
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
  /** Why a row that was looked at does not count. */
  skal: "varchar",
  kallrader: "bigint[] not null",
  /** The dataset column whose cell holds the figure. */
  kallkolumn: "varchar",
} as const satisfies Readonly<Record<string, string>>;
