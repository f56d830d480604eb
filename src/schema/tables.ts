/** Every dataset that can be delivered, declared once. What each column means is in docs/datakontrakt. */
import { andel, ar, type Column, datum, heltal, id, jaNej, kod, kr, tal, text, val } from "./columns.ts";
import { closedList } from "./ordlista.ts";

export interface Dataset {
  readonly heading: string;
  /** Other names a file or sheet of this dataset has; compared folded. */
  readonly synonyms: readonly string[];
  readonly key: readonly string[];
  /** At least one of these must have a value. */
  readonly oneOf?: readonly string[];
  /** Columns that the second needs when the first is given. */
  readonly needs?: readonly (readonly [given: string, needed: string])[];
  /** `[from, to]`, if it has such columns: a period that may not end before it starts. */
  readonly period?: readonly [from: string, to: string] | undefined;
  /** `[less, more]`: a number that may not be larger than another of its row. */
  readonly within?: readonly [less: string, more: string];
  /**
   * How rows of one key differ from those of other datasets: `kept` rows are never set aside, since others refer to them;
   * `lines` of one file may share a key, and all count.
   */
  readonly repeated?: "kept" | "lines";
  /** It is about persons: a row is one person's, or counts them. */
  readonly personer?: "rad" | "antal";
  /** Where others meet its rows: each on a page; each counted in figures that pages show; or on no page. The latter two say why. */
  readonly visas: "rader" | { readonly siffror: string } | { readonly intern: string };
  readonly columns: Readonly<Record<string, Column>>;
}

/** Where a figure stands: every dataset takes these. */
const place = {
  dokument: text("Dokument"),
  avsnitt: text("Avsnitt"),
  citat: text("Citat"),
  anmarkning: text("Anmärkning", { synonyms: ["kommentar"] }),
};

/** Columns in which two rows of one key may differ and be one row: the later says what they are. */
const freeColumns: readonly string[] = [
  ...["anmarkning", "dokument", "avsnitt", "citat", "namn", "titel", "text", "beskrivning"],
  ...["kommun", "insatsagare", "diarienr", "modell"],
];
export const isFree = (column: string): boolean => freeColumns.includes(column);

const insatsId = id("Insats", { required: true, refers: "insats", synonyms: ["insats"] });
const partId = id("Part", { refers: "part", synonyms: ["part"] });
const forbundId = id("Förbund", { refers: "forbund", synonyms: ["förbund", "samordningsförbund"] });
const deltagarId = id("Deltagare", {
  required: true,
  synonyms: ["deltagare", "person-id", "löpnummer", "personnummer", "personnr", "pnr", "samordningsnummer"],
});
const fran = datum("Från", {
  reading: "fran",
  required: true,
  synonyms: ["från och med", "from", "from datum", "startdatum"],
});
const till = datum("Till", {
  reading: "till",
  required: true,
  synonyms: ["till och med", "tom", "tom datum", "slutdatum"],
});
const kon = val("Kön", {
  values: closedList("kon"),
});

const periods = [
  ["fran", "till"],
  ["startdatum", "slutdatum"],
] as const;

type Declaration<C> = Omit<Dataset, "heading" | "columns" | "synonyms" | "period"> & {
  columns: C;
  synonyms?: readonly string[];
};
type Columns = Readonly<Record<string, Column>>;

const dataset = <const C extends Columns>(
  heading: string,
  declared: Declaration<C>,
): Omit<Dataset, "columns"> & { columns: C & typeof place } => ({
  heading,
  synonyms: [],
  ...declared,
  period: periods.find((days) => days.every((day) => day in declared.columns)),
  columns: { ...declared.columns, ...place, ...declared.columns },
});

/** A dataset of which each row is an insats's, and its key one of the insats. */
const ofInsats = <const C extends Columns>(heading: string, declared: Declaration<C>) =>
  dataset(heading, {
    ...declared,
    key: ["insats_id", ...declared.key],
    columns: { insats_id: insatsId, ...declared.columns },
  });

export const datasets = {
  kalla: dataset("Källa", {
    visas: "rader",
    repeated: "kept",
    key: ["dokument"],
    synonyms: ["källor", "dokument"],
    columns: {
      dokument: text("Dokument", { required: true }),
      titel: text("Titel", { required: true }),
      utgivare: text("Utgivare"),
      datum: datum("Datum"),
    },
  }),
  forbund: dataset("Förbund", {
    visas: "rader",
    repeated: "kept",
    key: ["forbund_id"],
    synonyms: ["samordningsförbund"],
    columns: {
      forbund_id: id("Förbund", { required: true, synonyms: ["id"] }),
      namn: text("Namn", { required: true }),
      lan: text("Län"),
      kommuner: text("Kommuner", { synonyms: ["kommun", "kommunkoder"] }),
      startdatum: datum("Startdatum"),
      slutdatum: datum("Slutdatum"),
    },
  }),
  insats: dataset("Insats", {
    visas: "rader",
    repeated: "kept",
    key: ["insats_id"],
    synonyms: ["insatser"],
    columns: {
      insats_id: id("Insats", { required: true, synonyms: ["id"] }),
      namn: text("Namn", { required: true, synonyms: ["insatsens namn"] }),
      typ: val("Typ", {
        values: closedList("insatstyp"),
        synonyms: ["inriktning"],
      }),
      registrering: val("Registrering", {
        values: closedList("registrering"),
      }),
      modell: text("Modell"),
      forbund_id: forbundId,
      insatsagare: text("Insatsägare"),
      diarienr: text("Diarienummer", { synonyms: ["diarienummer", "dnr"] }),
      startdatum: datum("Startdatum"),
      slutdatum: datum("Slutdatum"),
    },
  }),
  finansiering: ofInsats("Finansiering", {
    visas: "rader",
    key: ["forbund_id", "ar", "slag", "beslutsdatum"],
    columns: {
      forbund_id: forbundId,
      ar: ar("År"),
      slag: val("Slag", {
        values: closedList("finansieringsslag"),
      }),
      beslutsdatum: datum("Beslutsdatum"),
      andel: andel("Avtalad andel", { min: 0, synonyms: ["fördelningsnyckel", "nyckel"] }),
      belopp: kr("Belopp"),
    },
  }),
  part: ofInsats("Part", {
    visas: "rader",
    repeated: "kept",
    key: ["part_id"],
    synonyms: ["parter"],
    columns: {
      part_id: id("Part", { required: true, synonyms: ["id"] }),
      namn: text("Namn", { required: true }),
      huvudman: val("Huvudman", {
        required: true,
        values: closedList("huvudman"),
      }),
    },
  }),
  deltagare: ofInsats("Deltagare", {
    visas: { intern: "Varje rad är en persons. Av dem visas antal, när de har prövats mot röjande." },
    personer: "rad",
    key: ["deltagar_id", "startdatum"],
    synonyms: ["deltagarlista"],
    columns: {
      deltagar_id: deltagarId,
      kon: { ...kon, fallback: "okant", asksForBlank: true },
      fodelsear: ar("Födelseår"),
      kommun: text("Kommun"),
      startdatum: datum("Startdatum", { required: true, synonyms: ["inskriven", "start"] }),
      slutdatum: datum("Slutdatum", { synonyms: ["utskriven", "slut", "avslutad"] }),
      avslutsorsak: kod("Avslutsorsak", { synonyms: ["avslutsanledning"] }),
      forsorjning_start: kod("Försörjning vid start", { reading: "flera", synonyms: ["försörjning före"] }),
      forsorjning_slut: kod("Försörjning vid slut", {
        reading: "flera",
        synonyms: ["försörjning efter", "försörjning vid avslut"],
      }),
      sysselsattning_start: kod("Sysselsättning vid start", { reading: "flera", synonyms: ["sysselsättning före"] }),
      sysselsattning_slut: kod("Sysselsättning vid slut", {
        reading: "flera",
        synonyms: ["sysselsättning efter", "sysselsättning vid avslut"],
      }),
      omfattning_start: andel("Omfattning vid start", { min: 0, synonyms: ["omfattning före"] }),
      omfattning_slut: andel("Omfattning vid slut", { min: 0, synonyms: ["omfattning efter"] }),
      utbildning: kod("Utbildning", { synonyms: ["utbildningsnivå"] }),
      tid_i_forsorjning: text("Tid i offentlig försörjning", { synonyms: ["tid i offentlig försörjning före"] }),
      remitterande: kod("Remitterande", { synonyms: ["remittent"] }),
      fortsatt_behov: jaNej("Fortsatt behov", { synonyms: ["fortsatt behov av rehabilitering"] }),
      parter_informerade: jaNej("Parter informerade"),
    },
  }),
  deltagarantal: ofInsats("Deltagarantal", {
    visas: {
      intern:
        "Antal personer visas bara där de har prövats tillsammans mot röjande: i målens värden, i Kvinnor och män och i kostnad per deltagare.",
    },
    personer: "antal",
    key: ["fran", "till", "slag"],
    oneOf: ["kvinnor", "man", "okant", "totalt"],
    columns: {
      fran,
      till,
      slag: val("Slag", {
        fallback: "deltagare",
        values: closedList("deltagarslag"),
      }),
      kvinnor: heltal("Kvinnor", { min: 0 }),
      man: heltal("Män", { min: 0 }),
      okant: heltal("Okänt kön", { min: 0, synonyms: ["okänt"] }),
      totalt: heltal("Totalt", { min: 0, synonyms: ["antal", "summa"] }),
      minst_parter: heltal("Minst antal parter", { min: 0, isNotSummed: true }),
    },
  }),
  deltagarutfall: ofInsats("Deltagarutfall", {
    visas: { intern: "Antal personer visas bara där de har prövats tillsammans mot röjande: i målens värden." },
    personer: "antal",
    key: ["fran", "till", "variabel", "varde", "kon"],
    columns: {
      fran,
      till,
      variabel: text("Variabel", { required: true }),
      varde: text("Värde", { reading: "svar", required: true }),
      kon,
      antal: heltal("Antal", { required: true, min: 0 }),
    },
  }),
  malgrupp: ofInsats("Målgrupp", {
    visas: "rader",
    key: ["fran", "till"],
    within: ["antal_lag", "antal_hog"],
    columns: {
      fran: datum("Från", { reading: "fran" }),
      till: datum("Till", { reading: "till" }),
      antal_lag: heltal("Antal, lägst", { required: true, min: 0, synonyms: ["antal"] }),
      antal_hog: heltal("Antal, högst", { min: 0 }),
      beskrivning: text("Beskrivning"),
    },
  }),
  mote: ofInsats("Möte", {
    visas: "rader",
    key: ["mote_id"],
    synonyms: ["möten"],
    columns: {
      mote_id: id("Möte", { required: true, synonyms: ["id", "möte"] }),
      datum: datum("Datum", { required: true }),
      motestyp: kod("Mötestyp", { required: true, reading: "motestyp", synonyms: ["typ"] }),
      status: val("Status", {
        fallback: "genomfort",
        values: closedList("motesstatus"),
      }),
    },
  }),
  moteantal: ofInsats("Mötesantal", {
    visas: "rader",
    key: ["motestyp", "fran", "till", "status"],
    synonyms: ["antal möten"],
    columns: {
      motestyp: kod("Mötestyp", { required: true, reading: "motestyp", synonyms: ["typ"] }),
      fran,
      till,
      status: val("Status", {
        fallback: "genomfort",
        values: closedList("moteantalsstatus"),
      }),
      antal: tal("Antal", { required: true, min: 0 }),
    },
  }),
  narvaro: ofInsats("Närvaro", {
    visas: "rader",
    key: ["mote_id", "part_id"],
    synonyms: ["närvarolista"],
    columns: {
      mote_id: id("Möte", { required: true, refers: "mote", synonyms: ["möte"] }),
      part_id: id("Part", { required: true, refers: "part", synonyms: ["part"] }),
      kallad: jaNej("Kallad", { required: true }),
      narvarande: jaNej("Närvarande", { required: true, synonyms: ["närvaro"] }),
    },
  }),
  narvaroantal: ofInsats("Närvaroantal", {
    visas: "rader",
    key: ["part_id", "fran", "till"],
    within: ["narvarande", "kallade"],
    columns: {
      part_id: id("Part", { required: true, refers: "part", synonyms: ["part"] }),
      fran,
      till,
      kallade: heltal("Kallade", { required: true, min: 0 }),
      narvarande: heltal("Närvarande", { required: true, min: 0 }),
    },
  }),
  arende: ofInsats("Ärende", {
    visas: { intern: "Varje rad är en persons. Av dem visas antal, när de har prövats mot röjande." },
    personer: "rad",
    key: ["mote_id", "deltagar_id"],
    synonyms: ["ärenden"],
    columns: {
      mote_id: id("Möte", { required: true, refers: "mote", synonyms: ["möte"] }),
      deltagar_id: deltagarId,
      initierad_av: id("Initierad av", { refers: "part" }),
      kon: { ...kon, fallback: "okant" },
    },
  }),
  faktura: ofInsats("Faktura", {
    visas: {
      siffror: "Fakturornas rader är bokföring. Deras belopp och timmar visas per förbund, part, huvudman och år.",
    },
    repeated: "lines",
    key: ["faktura_id", "forbund_id", "part_id", "kostnadsslag", "fran"],
    synonyms: ["fakturor", "fakturerat"],
    oneOf: ["timmar", "belopp"],
    needs: [["belopp", "forbund_id"]],
    columns: {
      faktura_id: id("Faktura", { required: true, synonyms: ["fakturanummer", "fakturanr"] }),
      forbund_id: forbundId,
      part_id: partId,
      kostnadsslag: text("Kostnadsslag"),
      fran,
      till,
      timmar: tal("Timmar", { reading: "timmar", synonyms: ["antal timmar"] }),
      belopp: kr("Belopp"),
    },
  }),
  budget: ofInsats("Budget", {
    visas: { siffror: "Raderna visas som budgetposter per år, beviljat där det finns och annars ansökt." },
    key: ["ar", "post", "part_id", "status"],
    columns: {
      ar: ar("År", { required: true }),
      post: text("Post", { required: true, synonyms: ["budgetpost"] }),
      part_id: partId,
      status: val("Status", {
        values: closedList("budgetstatus"),
      }),
      belopp: kr("Belopp", { required: true }),
    },
  }),
  bemanning: ofInsats("Bemanning", {
    visas: "rader",
    key: ["part_id", "roll", "fran", "omfattning"],
    columns: {
      part_id: id("Part", { required: true, refers: "part", synonyms: ["part"] }),
      roll: text("Roll", { required: true }),
      fran,
      omfattning: andel("Omfattning", { required: true, min: 0 }),
      varav_omfattning: andel("Varav omfattning", { min: 0 }),
      till,
      post: text("Post", { synonyms: ["budgetpost"] }),
      manadskostnad: kr("Månadskostnad"),
      heltidskostnad: kr("Heltidskostnad"),
      manadslon: kr("Månadslön"),
      po_faktor: tal("Påslagsfaktor", { min: 0, isNotSummed: true }),
      till_alt: datum("Till, annan läsning"),
    },
  }),
  leverabel: ofInsats("Leverabel", {
    visas: "rader",
    key: ["leverabel_id"],
    synonyms: ["leverabler", "leveranser"],
    columns: {
      leverabel_id: id("Leverabel", { required: true, synonyms: ["id"] }),
      text: text("Text", { required: true }),
      slag: val("Slag", {
        values: closedList("leverabelslag"),
      }),
      status: val("Status", {
        required: true,
        values: closedList("leverabelstatus"),
      }),
      senast: datum("Senast"),
      datum: datum("Datum"),
    },
  }),
  utsaga: dataset("Utsaga", {
    visas: "rader",
    key: ["insats_id", "forbund_id", "utsaga_id"],
    synonyms: ["utsagor"],
    oneOf: ["insats_id", "forbund_id"],
    columns: {
      insats_id: id("Insats", { refers: "insats", synonyms: ["insats"] }),
      forbund_id: forbundId,
      utsaga_id: id("Utsaga", { required: true, synonyms: ["id"] }),
      text: text("Text", { required: true }),
      matt: kod("Mått"),
      parametrar: text("Parametrar"),
      formel: text("Formel"),
      part_id: partId,
      fran: datum("Från", { reading: "fran" }),
      till: datum("Till", { reading: "till" }),
      varde: text("Värde"),
      status: val("Status", { values: closedList("utsagestatus") }),
      dokument: text("Dokument", { required: true }),
      avsnitt: text("Avsnitt", { required: true }),
    },
  }),
  vardenhet: dataset("Vårdenhet", {
    visas: { siffror: "Värdena visas som grader, poäng och rang på förbundets sida." },
    key: ["forbund_id", "enhet_id", "parameter"],
    synonyms: ["vårdenheter", "vårdcentraler", "vårdtyngd"],
    columns: {
      forbund_id: id("Förbund", { required: true, refers: "forbund", synonyms: ["förbund"] }),
      enhet_id: id("Enhet", { required: true, synonyms: ["enhet", "vårdenhet", "vårdcentral"] }),
      parameter: kod("Parameter", { required: true }),
      namn: text("Namn", { required: true }),
      omrade: text("Område", { synonyms: ["stadsdel"] }),
      varde: tal("Värde", { required: true }),
    },
  }),
  ekonomirapport: ofInsats("Ekonomirapport", {
    visas: { siffror: "Raderna visas som insatsens egen prognos, bredvid den beräknade." },
    key: ["forbund_id", "fran", "till"],
    synonyms: ["prognos", "prognos ekonomi för perioden", "kvartalsrapport ekonomi"],
    columns: {
      forbund_id: forbundId,
      fran,
      till,
      beviljade_medel: kr("Beviljade medel"),
      fakturerade_kostnader: kr("Fakturerade kostnader", { synonyms: ["upparbetat", "upparbetade kostnader"] }),
      prognos: kr("Prognos för året", { synonyms: ["prognos", "helårsprognos", "prognos helår"] }),
      anledning: text("Anledning vid avvikelse", { synonyms: ["anledning", "förklaring", "orsak till avvikelse"] }),
    },
  }),
  forbundsekonomi: dataset("Förbundsekonomi", {
    visas: { siffror: "Beloppen visas i förbundets årsunderlag." },
    key: ["forbund_id", "ar", "slag"],
    synonyms: ["förbundets ekonomi"],
    oneOf: ["budget", "utfall"],
    columns: {
      forbund_id: id("Förbund", { required: true, refers: "forbund", synonyms: ["förbund"] }),
      ar: ar("År", { required: true }),
      slag: val("Slag", {
        required: true,
        values: closedList("ekonomislag"),
      }),
      budget: kr("Budget"),
      utfall: kr("Utfall"),
    },
  }),
  teamprofil: ofInsats("Teamprofil", {
    visas: "rader",
    key: ["dimension"],
    columns: {
      dimension: text("Dimension", { required: true }),
      varde: text("Värde", { required: true }),
    },
  }),
  enkat: ofInsats("Enkät", {
    visas: "rader",
    personer: "antal",
    key: ["enkat_id", "grupp", "fraga", "svar"],
    synonyms: ["enkätsvar"],
    columns: {
      enkat_id: id("Enkät", { required: true }),
      grupp: text("Grupp"),
      fraga: text("Fråga", { reading: "svar", required: true }),
      svar: text("Svar", { reading: "svar", required: true }),
      antal: heltal("Antal", { required: true, min: 0 }),
      utskick: heltal("Utskick", { min: 0, isNotSummed: true }),
      fran: datum("Från", { reading: "fran" }),
      till: datum("Till", { reading: "till" }),
    },
  }),
  bidrag: dataset("Bidrag", {
    visas: { siffror: "Parternas bidrag visas på förbundets sida, per år, huvudman och kommun." },
    key: ["forbund_id", "ar", "huvudman", "kommun"],
    columns: {
      forbund_id: id("Förbund", { required: true, refers: "forbund", synonyms: ["förbund"] }),
      ar: ar("År", { required: true }),
      huvudman: kod("Huvudman", { required: true }),
      kommun: text("Kommun"),
      belopp: kr("Belopp", { required: true }),
    },
  }),
  prisindex: dataset("Prisindex", {
    visas: "rader",
    key: ["serie", "ar"],
    columns: {
      serie: text("Serie", { required: true }),
      ar: ar("År", { required: true }),
      varde: tal("Värde", { required: true, isNotSummed: true }),
    },
  }),
} as const satisfies Readonly<Record<string, Dataset>>;

export type DatasetName = keyof typeof datasets;
export const datasetNames = Object.keys(datasets) as DatasetName[];
export const datasetOf = (name: DatasetName): Dataset => datasets[name];

/** What names one delivered row on a page: its dataset and key, `~` where a part of the key is missing. */
export const rowId = (name: DatasetName, row: object): string => {
  const values = new Map<string, unknown>(Object.entries(row));
  // A claim of an insats is named by it, whatever förbund stands beside.
  if (name === "utsaga" && (values.get("insats_id") ?? null) !== null) values.delete("forbund_id");
  return [name, ...datasetOf(name).key.map((column) => values.get(column) ?? "~")]
    .map((part) => encodeURIComponent(String(part)))
    .join("/");
};

/** How a dataset's rows are shown to others, for a reader. */
export const shownText = (name: DatasetName): string => {
  const { visas } = datasetOf(name);
  if (visas === "rader") return "Varje rad visas.";
  return "siffror" in visas ? visas.siffror : `Visas inte. ${visas.intern}`;
};
