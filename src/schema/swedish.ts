/** How numbers, amounts and words are written for Swedish readers. The one place: charts, tables and sentences agree. */
import { addDays } from "./days.ts";
import { lasord, ordlista } from "./ordlista.ts";
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

/** `decimals` decimals at most; none where the number is whole. Thousands by no-break space, decimal comma, a true minus. */
export const grouped = (value: number, decimals = 2): string =>
  format(decimals, { useGrouping: "always" }).format(value);

/** As `grouped`, but with thousands apart from five digits on: for what may be a year, since 2018 is one. */
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
  if (enhet === "antal") return grouped(value);
  if (enhet === "kr") return kronor(Math.round(value * 100));
  if (enhet.startsWith("kr/")) return `${fixed(value, Number.isInteger(value) ? 0 : 2)}${nbsp}kr per ${enhet.slice(3)}`;
  if (enhet === "procentenheter") return `${grouped(value * 100, 1)}${nbsp}${enhet}`;
  return `${grouped(value, 1)}${nbsp}${enhet === "manader" ? "månader" : enhet}`;
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
/** The first letter small, as within one. */
export const lowered = (sentence: string): string => sentence.charAt(0).toLocaleLowerCase("sv-SE") + sentence.slice(1);

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

/** What a code is called when people read it. */
export const spell = (code: string): string => lasord[code] ?? code;

/** Words of the tables that lost their letters when they were folded, and that readers know in another spelling. */
const letters: readonly (readonly [folded: RegExp, spelt: string])[] = [
  [/forsorjning/g, "försörjning"],
  [/forsakring/g, "försäkring"],
  [/formedling/g, "förmedling"],
  [/forvarv/g, "förvärv"],
  [/ersattning/g, "ersättning"],
  [/sokande/g, "sökande"],
  [/ansokan/g, "ansökan"],
  [/studiestod/g, "studiestöd"],
  [/aktivitetsstod/g, "aktivitetsstöd"],
  [/försörjningsstod/g, "försörjningsstöd"],
  [/fullfoljt/g, "fullföljt"],
  [/pagaende/g, "pågående"],
  [/borjat/g, "börjat"],
  [/okat/g, "ökat"],
  [/ovriga/g, "övriga"],
  [/foraldra/g, "föräldra"],
];

/** A folded word with its letters and spaces: `försörjningsstöd`. */
export const respelled = (ord: string): string =>
  letters.reduce((text, [folded, spelt]) => text.replace(folded, spelt), ord.replaceAll("_", " "));

/** A word of an open list as people write it: `nätverk` for `natverk`. */
export const ordText = (ord: string): string =>
  lasord[ord] ?? ordlista[ord]?.stavning ?? respelled(ord.replaceAll("-", " "));

const unknownGroups: Readonly<Record<string, string>> = {
  aldersgrupp: "okänd ålder",
  kommun: "okänd kommun",
  forsorjning: "okänd försörjning",
};

/** A group's value as people say it: `kvinnor`, `30–44 år`, `Försäkringskassan`; a part's is its id. */
export const gruppText = (grupp: string, varde: string): string => {
  if (varde === "okant") return unknownGroups[grupp] ?? spell(varde);
  if (grupp === "aldersgrupp") {
    const [from, to] = varde.split("-");
    return from === "" ? `högst ${to} år` : to === "" ? `${from} år och äldre` : `${from}–${to} år`;
  }
  if (grupp === "forsorjning") return varde === "flera" ? "flera slags försörjning" : ordText(varde);
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

/** `feb`, `mars`. */
const monthShort = (iso: string): string => {
  const name = monthName(iso);
  return name.length > 5 ? name.slice(0, 3) : name;
};

/** Two ends as one period; the year once where it is the same. */
const between = (from: string, to: string, fran: string, till: string): string => {
  const [first, last] = [fran.slice(0, 4), till.slice(0, 4)];
  return `${from}${first === last ? "" : `${nbsp}${first}`}–${to}${nbsp}${last}`;
};

/** A period in months, whatever its days: `feb 2024–okt 2026`, `jan–juni 2023`, `mars 2018`, `2018`, `2018–2020`. */
export const periodShort = (fran: string, till: string): string => {
  const [from, to] = [fran.slice(0, 4), till.slice(0, 4)];
  if (fran.endsWith("-01-01") && till.endsWith("-12-31")) return from === to ? from : `${from}–${to}`;
  return fran.slice(0, 7) === till.slice(0, 7)
    ? `${monthName(fran)} ${to}`
    : between(monthShort(fran), monthShort(till), fran, till);
};

/** A period to the day: as `periodShort` where it is whole months, else `29 feb 2024–27 feb 2025`, or one day. */
export const periodLabel = (fran: string, till: string): string => {
  if (fran.endsWith("-01") && addDays(till, 1).endsWith("-01")) return periodShort(fran, till);
  const day = (iso: string): string => `${Number(iso.slice(8, 10))}${nbsp}${monthShort(iso)}`;
  return fran === till ? `${day(fran)}${nbsp}${fran.slice(0, 4)}` : between(day(fran), day(till), fran, till);
};

/** `a, b och c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} och ${words.at(-1)}`;

const signs = { ">=": "minst ", ">": "mer än ", "<=": "högst ", "<": "mindre än ", "=": "exakt " } as const;

/** The last of a goal's levels. */
const lastLevel = (villkor: string) => parseVillkor(villkor.split(sedan).at(-1) ?? "");

/**
 * What is asked of a number of things in part of a period, in whole things: part of a year's 8 is 2.7, and no less than 3 is
 * enough. The files have the exact number.
 * @param varde what was counted: half a thing is held against the exact number
 */
export const wholeTarget = (villkor: string, malvarde: number, enhet: string, varde: number | null): number => {
  const asked = lastLevel(villkor);
  if (enhet !== "antal" || !Number.isInteger(varde ?? 0) || asked === undefined) return malvarde;
  if (asked.operator === ".." || asked.operator === "=" || asked.value.decimals > 0) return malvarde;
  if (malvarde > Number(asked.value.digits)) return malvarde;
  return asked.operator === ">=" || asked.operator === "<" ? Math.ceil(malvarde) : Math.floor(malvarde);
};

/** What is asked of a value: `minst 48`, `40–60 %`. The target is the row's own, scaled to its period; an interval has none. */
export const targetText = (villkor: string, malvarde: number | null, enhet: string): string => {
  const { operator } = lastLevel(villkor) ?? {};
  if (operator === undefined || operator === ".." || malvarde === null) {
    return villkor.replace(/\s*\.\.\s*/g, "–").replace(/ %/g, `${nbsp}%`);
  }
  return `${signs[operator]}${inUnit(malvarde, enhet)}`;
};
