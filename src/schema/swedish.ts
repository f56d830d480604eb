/** How numbers, amounts and words are written for Swedish readers. The one place: charts, tables and sentences agree. */
import { addDays } from "./days.ts";
import { ordlista } from "./ordlista.ts";
import { parseVillkor, sedan } from "./villkor.ts";

const nbsp = "\u00a0";

const formats = new Map<string, Intl.NumberFormat>();

/** A format is made once: making one costs more than using it a hundred times. */
const format = (decimals: number, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${decimals} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.NumberFormat("sv-SE", { maximumFractionDigits: decimals, ...options });
  formats.set(key, made);
  return made;
};

/**
 * `decimals` decimals at most; none where the number is whole. Thousands by no-break space from five digits on (2018 is a
 * year), decimal comma, a true minus.
 */
export const number = (value: number, decimals = 2): string => format(decimals, { useGrouping: "min2" }).format(value);

const fixed = (value: number, decimals: number): string =>
  format(decimals, { minimumFractionDigits: decimals }).format(value);

/** A share, 0–1, as percent with one decimal. */
export const percent = (share: number, decimals = 1): string => `${fixed(share * 100, decimals)}${nbsp}%`;

/** Öre as kronor: whole kronor without decimals, else two. */
export const kronor = (ore: number): string => `${fixed(ore / 100, ore % 100 === 0 ? 0 : 2)}${nbsp}kr`;

/** Öre as whole thousands of kronor, as a lead and a chart have it; below one thousand as whole kronor. */
export const tusental = (ore: number): string =>
  Math.abs(ore) < 100_000 ? `${fixed(ore / 100, 0)}${nbsp}kr` : `${fixed(ore / 100_000, 0)}${nbsp}tkr`;

/** A value in a result's own unit (`enhet`). */
export const inUnit = (value: number, enhet: string): string => {
  if (enhet === "andel") return percent(value).replace(/,0(?=\s)/, "");
  if (enhet === "antal") return number(value);
  if (enhet === "kr") return kronor(Math.round(value * 100));
  if (enhet.startsWith("kr/")) return `${fixed(value, 2)}${nbsp}kr per ${enhet.slice(3)}`;
  return `${number(value, 1)}${nbsp}${enhet}`;
};

const small = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];

/** Up to twelve in words, as running text has it. One of a neuter (mål, värde) is `ett`. */
export const counted = (count: number, one: "en" | "ett" = "en"): string =>
  count === 1 ? one : (small[count] ?? number(count));

/** `en post`, `tre poster`: the singular as a whole, since Swedish has two words for one. */
export const things = (count: number, one: string, many: string): string =>
  count === 1 ? one : `${counted(count)} ${many}`;

/** The first letter large, as a sentence begins. */
export const begun = (sentence: string): string => sentence.charAt(0).toLocaleUpperCase("sv-SE") + sentence.slice(1);

const windowWords = {
  manad: ["månad", "månader"],
  kvartal: ["kvartal", "kvartal"],
  tertial: ["tertial", "tertial"],
  termin: ["termin", "terminer"],
  ar: ["år", "år"],
  insatsar: ["insatsår", "insatsår"],
  mote: ["möte", "möten"],
  hela: ["period", "perioder"],
} as const;

export const windowWord = (per: keyof typeof windowWords, count: number): string =>
  windowWords[per][count === 1 ? 0 : 1];

/** What codes are called when people read them. */
const spelled: Readonly<Record<string, string>> = {
  uppnatt: "uppnått",
  ej_uppnatt: "ej uppnått",
  ej_matbart: "ej mätbart",
  nara: "ej uppnått, nära målet",
  i_takt: "i takt med målet",
  ej_i_takt: "inte i takt med målet",
  alltid: "nås alltid",
  aldrig: "nås aldrig",
  slump: "nås av slump",
  kvartil: "kvartiler",
  tilldelade_medel: "tilldelade medel",
  eget_kapital: "eget kapital",
  lika_bredd: "lika breda steg",
  granser: "givna gränser",
  raknat: "räknat för varje period",
  delvis: "delvis uppnått",
  saknas: "underlag saknas",
  for_fa: "för få för att bedömas",
  dolt: "visas inte",
  sekretess: "underlaget är för litet för att visas",
  ej_tillamplig: "inget att räkna andelen av",
  ej_summerbart: "antalen kan inte läggas ihop",
  inget_villkor: "följs, bedöms inte",
  foljs: "visas bredvid, bedöms inte",
  for_kort: "perioden är för kort för målet",
  perioden_pagar: "perioden pågår",
  sammanlagt: "sammanlagt, om ingen räknats två gånger",
  ja: "ja",
  nej: "nej",
  reviderat: "reviderat",
  stammer: "stämmer",
  avrundning: "stämmer efter avrundning",
  avhugget: "avhugget, inte avrundat",
  ungefar: "stämmer ungefär",
  avviker: "avviker",
  beraknad: "beräknad",
  cirkel: "hänvisar till sig själv",
  olika_enheter: "olika enheter",
  annat_slag: "inget tal",
  okanda_ord: "ord som inte är kända",
  avvisade_rader: "avvisade rader kan ändra utfallet",
  olaslig: "går inte att läsa",
  forbund: "förbund",
  insats: "insats",
  part: "part",
  huvudman: "huvudman",
  arbetsformedlingen: "Arbetsförmedlingen",
  forsakringskassan: "Försäkringskassan",
  annan: "annan",
  kvinna: "kvinnor",
  man: "män",
  okant: "okänt kön",
  ofullstandigt: "bara en del av dem är kända",
  ingen_annan: "ingen annan insats har kostnaden",
  olika_underlag: "andra insatser har annan period eller annat underlag",
  inget_fakturerat: "ingen faktura finns i underlaget",
  ansokt: "ansökt",
  beviljat: "beviljat",
  beviljad: "beviljad",
  tillagg: "tillägg",
  aterfort: "återfört",
  natverk: "nätverk",
  ovrigt: "övrigt",
};

export const spell = (code: string): string => spelled[code] ?? code;

/** A word of an open list as people write it: `nätverk` for `natverk`. */
export const ordText = (ord: string): string => spelled[ord] ?? ordlista[ord]?.stavning ?? ord.replace(/[_-]/g, " ");

const unknownGroups: Readonly<Record<string, string>> = { aldersgrupp: "okänd ålder", kommun: "okänd kommun" };

/** A group's value as people say it: `kvinnor`, `30–44 år`, `Försäkringskassan`; a part's is its id. */
export const gruppText = (grupp: string, varde: string): string => {
  if (varde === "okant") return unknownGroups[grupp] ?? spell(varde);
  if (grupp === "aldersgrupp") {
    const [from, to] = varde.split("-");
    return from === "" ? `högst ${to} år` : to === "" ? `${from} år och äldre` : `${from}–${to} år`;
  }
  return grupp === "huvudman" ? (ordlista[varde]?.stavning ?? varde) : spell(varde);
};

const months = [
  ...["januari", "februari", "mars", "april", "maj", "juni"],
  ...["juli", "augusti", "september", "oktober", "november", "december"],
];

const monthName = (iso: string): string => months[Number(iso.slice(5, 7)) - 1] ?? iso;

/** `1 april 2018`, from an ISO date. */
export const dayText = (iso: string): string =>
  `${Number(iso.slice(8, 10))}${nbsp}${monthName(iso)}${nbsp}${iso.slice(0, 4)}`;

/** A period as a heading has it: `2018`, `april 2018`, a single day, else its two dates. */
export const periodLabel = (fran: string, till: string): string => {
  if (fran === till) return fran;
  const year = fran.slice(0, 4);
  if (fran === `${year}-01-01` && till === `${year}-12-31`) return year;
  const isMonth = fran.endsWith("-01") && fran.slice(0, 7) === till.slice(0, 7) && addDays(till, 1).endsWith("-01");
  return isMonth ? `${monthName(fran)} ${year}` : `${fran}–${till}`;
};

/** `a, b och c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} och ${words.at(-1)}`;

const signs = { ">=": "minst ", ">": "mer än ", "<=": "högst ", "<": "mindre än ", "=": "exakt " } as const;

/** What is asked of a value: `minst 48`, `40–60 %`. The target is the row's own, scaled to its period; an interval has none. */
export const targetText = (villkor: string, malvarde: number | null, enhet: string): string => {
  const { operator } = parseVillkor(villkor.split(sedan).at(-1) ?? "") ?? {};
  if (operator === undefined || operator === ".." || malvarde === null) {
    return villkor.replace(/\s*\.\.\s*/g, "–").replace(/ %/g, `${nbsp}%`);
  }
  return `${signs[operator]}${inUnit(malvarde, enhet)}`;
};
