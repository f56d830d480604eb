/** Rows as `publik` gives them; a test names only what it is about. */
import type { Names } from "../../src/report/names.ts";
import { namesOf } from "../../src/report/names.ts";
import type {
  Andel,
  AndelAr,
  Bidrag,
  Budget,
  Budgetforklaring,
  Budgettakt,
  Enhetskostnad,
  Forbund,
  Forbundskostnad,
  Forlopp,
  Insats,
  Kon,
  Mal,
  Malrad,
  Prognos,
  Provrad,
  Publik,
  Serierad,
  Utsaga,
} from "../../src/report/publik.ts";
import { addDays, addMonths } from "../../src/schema/days.ts";
import { publicNames } from "../../src/schema/publik.ts";

export const mal = (given: Partial<Mal> = {}): Mal => ({
  resultat_id: `malsammanfattning/${given.insats_id ?? "a"}/${given.mal_id ?? "m"}`,
  insats_id: "a",
  mal_id: "m",
  text: "60 individer per år",
  status: "ej_uppnatt",
  rader: 1,
  uppnatt: 0,
  ej_uppnatt: 1,
  ej_matbart: 0,
  rapporterat: null,
  avviker: null,
  mening: "Målet nåddes inte: 73 av 120.",
  krav: null,
  nara: 0,
  ar_dold: false,
  ...given,
});

export const provrad = (given: Partial<Provrad> = {}): Provrad => ({
  resultat_id: `definitionsprov/a/${given.mal_id ?? "n"}/${given.fraga ?? ""}`,
  insats_id: "a",
  mal_id: "n",
  text: "Närvaro minst 85 %",
  fraga: "",
  definition: "andel av kallade möten",
  matt: "narvaroandel",
  per: "ar",
  delperiod: "hel",
  status: "uppnatt",
  utslag: "egen",
  ar_dold: false,
  ...given,
});

export const malrad = (given: Partial<Malrad> = {}): Malrad => ({
  resultat_id: `maluppfyllelse/a/${given.mal_id ?? "m"}/${given.grupp ?? ""}/${given.gruppvarde ?? ""}/${given.fran ?? "2018-04-01"}`,
  insats_id: "a",
  mal_id: "m",
  grupp: "",
  gruppvarde: "",
  fran: "2018-04-01",
  till: "2020-03-31",
  forbund_id: null,
  finansiarer: null,
  part_id: null,
  matt: "individer_i_samverkansmote",
  upplosning: "hela",
  ar_kommande: false,
  taljare: 73,
  namnare: null,
  tackningsgrad: null,
  varde: 73,
  enhet: "antal",
  villkor: ">= 60",
  malvarde: 120,
  ki_lag: null,
  ki_hog: null,
  status: "ej_uppnatt",
  skal: null,
  avvisade: 0,
  rapporterat: null,
  avviker: null,
  beslut: null,
  nara: null,
  takt: null,
  malvarde_hittills: null,
  till_godo: null,
  planerade: null,
  utom_rackhall: null,
  senast_varde: null,
  senast_visad: null,
  underlag: "rader",
  parametrar: null,
  okanda: null,
  ar_dold: false,
  ...given,
});

/** A row whose figures are withheld, as `publik` has it. */
export const withheld = (given: Partial<Malrad> = {}): Malrad =>
  malrad({ taljare: null, namnare: null, varde: null, status: "dolt", skal: "sekretess", ar_dold: true, ...given });

export const andel = (given: Partial<Andel> = {}): Andel => ({
  resultat_id: `kostnadsandel/a/forbund/${given.id ?? "lund"}`,
  insats_id: "a",
  dimension: "forbund",
  id: "lund",
  fran: "2023-01-01",
  till: "2024-12-31",
  belopp_ore: 5_200_000,
  andel: 0.52,
  andel_procent: 52,
  avtalad_andel: 0.5,
  avvikelse_ore: 200_000,
  timmar: null,
  kr_per_timme: null,
  avvikelse_procentenheter: 2,
  ofullstandig: 0,
  ...given,
});

export const andelAr = (given: Partial<AndelAr> = {}): AndelAr => ({
  ...andel(given),
  resultat_id: `kostnadsandel_ar/a/forbund/${given.id ?? "lund"}/${given.ar ?? 2023}`,
  ar: 2023,
  ...given,
});

export const kostnad = (given: Partial<Forbundskostnad> = {}): Forbundskostnad => ({
  resultat_id: `forbundskostnad/lund/${given.dimension ?? "insats"}/${given.id ?? "a"}`,
  forbund_id: "lund",
  dimension: "insats",
  id: "a",
  fran: "2023-01-01",
  till: "2023-12-31",
  belopp_ore: 5_200_000,
  andel: 1,
  andel_procent: 100,
  insatskostnad_ore: 10_000_000,
  avvikelse_ore: 200_000,
  avvikelse_procentenheter: 2,
  medel_ore: 6_000_000,
  timmar: null,
  kr_per_timme: null,
  ...given,
});

export const bidragsrad = (given: Partial<Bidrag> = {}): Bidrag => ({
  resultat_id: `bidragsandel/lund/2023/${given.huvudman ?? "forsakringskassan"}/${given.kommun ?? ""}`,
  forbund_id: "lund",
  ar: 2023,
  huvudman: "forsakringskassan",
  kommun: "",
  belopp_ore: 10_000_000,
  andel: 0.5,
  andel_procent: 50,
  lagens_andel: 0.5,
  lagens_ore: 10_000_000,
  avvikelse_ore: 0,
  avvikelse_procentenheter: 0,
  kalla: "Lag (2003:1210) 5 §",
  skal: null,
  ...given,
});

export const prognos = (given: Partial<Prognos> = {}): Prognos => ({
  resultat_id: `prognos/a/${given.forbund_id ?? "alla"}/${given.period ?? "2018"}`,
  insats_id: "a",
  forbund_id: "alla",
  period: "2018",
  per: "ar",
  fran: "2018-04-01",
  till: "2018-12-31",
  utfall_till: "2018-08-31",
  manader: 5,
  alla_manader: 9,
  minst_manader: 3,
  utfall_ore: 50_000_000,
  del_ore: null,
  over_slutet_ore: null,
  rapporterad_prognos_ore: null,
  anledning: null,
  prognos_ore: 90_000_000,
  medel_ore: 60_000_000,
  medel_kalla: "finansiering",
  avvikelse_ore: 30_000_000,
  avvikelse_procent: 50,
  grans_procent: 10,
  kraver_forklaring: true,
  status: "prognos",
  skal: null,
  ...given,
});

export const enhetskostnad = (given: Partial<Enhetskostnad> = {}): Enhetskostnad => ({
  resultat_id: `enhetskostnad/a/${given.per ?? "deltagande"}/${given.period ?? "hela"}`,
  insats_id: "a",
  per: "deltagande",
  period: "hela",
  fran: "2018-04-01",
  till: "2020-03-31",
  faktura_fran: "2018-04-01",
  faktura_till: "2019-12-31",
  taljare_ore: 60_000_000,
  namnare: 80,
  av_antal: null,
  tackningsgrad: null,
  okand: null,
  varde: 7500,
  varde_med_okand: null,
  serie: "KPI",
  basar: 2023,
  fast_varde: 9000,
  underlag: "rader",
  jamforbar: true,
  jamforelsegrupp: "deltagande, 24 månader, rader",
  skal: null,
  ar_dold: false,
  har_okand: false,
  ...given,
});

/** Ten thousand kronor a month from April, and a grant of sixty thousand. */
export const forlopprader: readonly Forlopp[] = ["04", "05", "06", "07", "08"].map((manad, i) => ({
  resultat_id: `kostnadsforlopp/a/2018-${manad}-01`,
  insats_id: "a",
  manad: `2018-${manad}-01`,
  belopp_ore: 10_000_000,
  ackumulerat_ore: 10_000_000 * (i + 1),
  medel_ackumulerat_ore: 60_000_000,
}));

export const kon = (given: Partial<Kon> = {}): Kon => ({
  resultat_id: "konsfordelning/a",
  insats_id: "a",
  fran: "2018-04-01",
  till: "2020-03-31",
  kvinnor: 44,
  man: 29,
  okant: 7,
  totalt: 80,
  andel_kvinnor: 44 / 73,
  ofullstandig: 0,
  ar_dold: false,
  ...given,
});

export const budgetrad = (given: Partial<Budget> = {}): Budget => ({
  resultat_id: `budgetutfall/a/${given.ar ?? 2018}/${given.post ?? "personal"}`,
  insats_id: "a",
  ar: 2018,
  post: "personal",
  part_id: null,
  status: "beviljad",
  budget_ore: 85_008_000,
  omraknad_ore: 72_744_000,
  utfall_ore: null,
  avvikelse_ore: null,
  avvikelse_procent: null,
  kraver_forklaring: false,
  forklaring: null,
  ofullstandig: 0,
  ...given,
});

export const budgetforklaring = (given: Partial<Budgetforklaring> = {}): Budgetforklaring => ({
  resultat_id: `budgetforklaring/a/${given.ar ?? 2018}/${given.post ?? "personal"}/${given.nr ?? 1}`,
  insats_id: "a",
  ar: 2018,
  post: "personal",
  nr: 1,
  slag: "bredvid",
  belopp_ore: 85_008_000,
  mening: "Budgetens belopp fås om en rad räknas vid sidan av den som kom i stället.",
  dokument: "002.txt",
  avsnitt: "Budget",
  ...given,
});

export const budgettakt = (given: Partial<Budgettakt> = {}): Budgettakt => ({
  resultat_id: `budgettakt/a/uppföljning///${given.ar ?? 2018}`,
  insats_id: "a",
  post: "uppföljning",
  part_id: "",
  roll: "",
  ar: 2018,
  manader: 9,
  manadsbelopp_ore: 1_200_000,
  ...given,
});

export const utsaga = (given: Partial<Utsaga> = {}): Utsaga => ({
  resultat_id: `utsagekontroll/${given.insats_id ?? "a"}/${given.utsaga_id ?? "u"}`,
  insats_id: "a",
  forbund_id: null,
  utsaga_id: "u",
  text: "Fyra team kostar 9,3 mkr.",
  matt: null,
  formel: "[team] * [kostnad-ett-team]",
  rapporterat_varde: "9300000",
  beraknat_varde: "8428000",
  differens: 872000,
  utfall: "avviker",
  skal: null,
  avvisade: 0,
  forklaring: "Uppgiften är 9 300 000. Underlaget ger 4 × 2 107 000 = 8 428 000.",
  dokument: "002.txt",
  avsnitt: "Resultat",
  citat: "fyra sådana team beräknas till 9,3 mkr/år",
  ar_dold: false,
  skrivet: "9,3 mkr",
  ar_om_personer: false,
  ingaende: null,
  ...given,
});

export const insats = (given: Partial<Insats> = {}): Insats => ({
  insats_id: "a",
  namn: "Insats A",
  typ: null,
  registrering: null,
  modell: null,
  insatsagare: null,
  diarienr: null,
  startdatum: "2018-04-01",
  slutdatum: "2020-03-31",
  data_fran: "2018-04-01",
  data_till: "2020-03-31",
  finansiarer: "lund",
  ...given,
});

export const serierad = (given: Partial<Serierad> = {}): Serierad => ({
  resultat_id: `malserie/a/m///${given.fran ?? "2023-01-01"}`,
  insats_id: "a",
  mal_id: "m",
  grupp: "",
  gruppvarde: "",
  fran: "2023-01-01",
  till: addDays(addMonths(given.fran ?? "2023-01-01", 1), -1),
  metod: "xmr",
  varde: 10,
  malvarde: 7,
  medel: 11,
  grans_lag: 5.68,
  grans_hog: 16.32,
  ar_utanfor: false,
  utfall: "slump",
  mening:
    "Slumpen avgör om målet, minst 7, nås under en enskild period: det ligger i den naturliga variationen, 5,68 till 16,32.",
  ...given,
});

/** Every table without rows. */
const empty = Object.fromEntries(publicNames.map((name) => [name, []])) as unknown as Publik;

export const forbund = (id: string, namn: string): Forbund => ({
  forbund_id: id,
  namn,
  lan: null,
  kommuner: null,
  startdatum: null,
  slutdatum: null,
});

export const publik = (given: Partial<Publik> = {}): Publik => ({
  ...empty,
  insats: [insats()],
  forbund: [forbund("lund", "Finsam i Lund"), forbund("mitt", "Finsam Mittskåne")],
  part: [
    { insats_id: "a", part_id: "af", namn: "Arbetsförmedlingen", huvudman: "arbetsformedlingen" },
    { insats_id: "a", part_id: "fk", namn: "Försäkringskassan", huvudman: "forsakringskassan" },
    { insats_id: "a", part_id: "region", namn: "Region Skåne", huvudman: "region" },
  ],
  kalla: [{ dokument: "002.txt", titel: "Slutrapport", utgivare: null, datum: null }],
  ...given,
});

/** Attendance of three parts: one that meets the target, one that does not, one that was never called. */
export const narvarorader: readonly Malrad[] = [
  malrad({ mal_id: "n", gruppvarde: "af", taljare: 9, namnare: 10, varde: 0.9, status: "uppnatt" }),
  malrad({ mal_id: "n", gruppvarde: "fk", taljare: 26, namnare: 32, varde: 0.8125, status: "ej_uppnatt" }),
  malrad({ mal_id: "n", gruppvarde: "region", taljare: null, varde: null, status: "ej_matbart", skal: "saknas" }),
].map((rad) => ({
  ...rad,
  grupp: "part",
  part_id: rad.gruppvarde,
  matt: "narvaroandel",
  enhet: "andel",
  villkor: ">= 85 %",
  malvarde: 0.85,
}));

/** One of everything, with something withheld and something missing. */
export const allt: Publik = publik({
  malsammanfattning: [
    mal({ rapporterat: "ja", avviker: true }),
    mal({ mal_id: "n", text: "Närvaro minst 85 %", status: "delvis", mening: "Målet nåddes delvis." }),
    mal({ mal_id: "d", text: "Avslut", status: "uppnatt", mening: "Målet nåddes. Antalen visas inte.", ar_dold: true }),
    mal({ mal_id: "f", text: "Jämn könsfördelning", status: "ej_matbart", mening: "Utfallet är 60,3 %." }),
    mal({
      mal_id: "s",
      text: "Styrgrupp varje kvartal",
      status: "ej_matbart",
      rapporterat: "ja",
      mening: "Underlag saknas.",
    }),
  ],
  maluppfyllelse: [
    malrad({ rapporterat: "ja", avviker: true }),
    ...narvarorader,
    withheld({ mal_id: "d", matt: "avslutade_deltagare", malvarde: 2, status: "uppnatt" }),
    malrad({
      ...{ mal_id: "f", matt: "andel_kvinnor", enhet: "andel", taljare: 44, namnare: 73, varde: 44 / 73 },
      ...{ villkor: null, malvarde: null, status: "ej_matbart", skal: "inget_villkor" },
    }),
    malrad({
      ...{ mal_id: "s", matt: "antal_moten", taljare: null, varde: null },
      ...{ status: "ej_matbart", skal: "saknas", villkor: ">= 1", malvarde: 8 },
    }),
  ],
  kostnadsandel: [
    andel(),
    andel({ id: "mitt", belopp_ore: 4_800_000, andel: 0.48, andel_procent: 48, avvikelse_ore: -200_000 }),
  ],
  budgetutfall: [
    budgetrad(),
    budgetrad({ ar: 2019, utfall_ore: 99_999_900, avvikelse_ore: 14_991_900, kraver_forklaring: true }),
  ],
  budgetforklaring: [budgetforklaring(), budgetforklaring({ nr: 2, slag: "omfattning" })],
  budgettakt: [budgettakt(), budgettakt({ ar: 2019, manader: 12, manadsbelopp_ore: 1_000_000 })],
  prognos: [
    prognos(),
    prognos({
      period: "2019",
      skal: "for_fa_manader",
      manader: 2,
      prognos_ore: null,
      avvikelse_ore: null,
      avvikelse_procent: null,
      kraver_forklaring: false,
    }),
  ],
  kostnadsforlopp: forlopprader,
  enhetskostnad: [
    enhetskostnad(),
    enhetskostnad({ period: "2018", namnare: null, varde: null, fast_varde: null, skal: "sekretess", ar_dold: true }),
    enhetskostnad({ per: "timme", namnare: 1500, varde: 400, fast_varde: 420, jamforbar: false, skal: "ingen_annan" }),
  ],
  forbundskostnad: [
    kostnad(),
    kostnad({ dimension: "huvudman", id: "kommun", insatskostnad_ore: null, medel_ore: null }),
  ],
  forbundskostnad_ar: [{ ...kostnad(), resultat_id: "forbundskostnad_ar/lund/insats/a/2023", ar: 2023 }],
  bidragsandel: [
    bidragsrad(),
    bidragsrad({ huvudman: "region", belopp_ore: null, avvikelse_ore: null, skal: "uppgift saknas: region" }),
  ],
  konsfordelning: [kon()],
  definitionsprov: [
    provrad(),
    provrad({ fraga: "moten", definition: "andel av alla hållna möten", status: "ej_uppnatt", utslag: "vander" }),
    provrad({ fraga: "ar", definition: "insatsår", utslag: "samma" }),
    provrad({ mal_id: "d", text: "Avslut", status: null, utslag: null, ar_dold: true }),
    provrad({ mal_id: "d", text: "Avslut", fraga: "ar", status: null, utslag: null, ar_dold: true }),
  ],
  utsagekontroll: [
    utsaga({ utsaga_id: "m", text: "60 individer per år", citat: "Ja." }),
    utsaga(),
    utsaga({ utsaga_id: "u2", utfall: "stammer" }),
    utsaga({ utsaga_id: "u3", utfall: "ej_matbart", forklaring: "Går inte att pröva: underlag saknas." }),
  ],
});

export const allaNamn: Names = namesOf(allt);
