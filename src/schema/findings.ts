/**
 * Everything the intake can say to those who deliver, apart from the logic that finds it: `fynd.json`. `fel` rejects the row or file,
 * what is a `varning` is read all the same. `{kolumn}`, `{varde}` and `{detalj}` are filled in; of `[so|otherwise]` the last is said
 * where values may not be shown.
 */
import texts from "./fynd.json" with { type: "json" };

export interface Finding {
  readonly allvar: "fel" | "varning";
  readonly text: string;
  /** What is said where the value, which may be a count of few persons or one person's answer, may not be shown. */
  readonly utanVarden: string;
}

const { fel, varning } = texts;

/** Of findings whose answer may change a figure: what stands in the figure's sentence. */
export const doubts: Readonly<Partial<Record<keyof typeof fel | keyof typeof varning, string>>> = {
  ackumulerat: "tal som kan vara ackumulerade",
  tom_under_ifylld: "tomma celler som kan betyda detsamma som cellen ovanför",
  ej_raknad_enligt: "rader som en oläst kolumn säger inte ska räknas",
  overstrukna_rader: "överstrukna rader som räknas",
  dolda_rader: "dolda rader som räknas",
  dolt_blad: "ett dolt blad som räknas",
  ersatt: "rader som har ersatts av andra",
  summa_stammer_ej: "en summa som inte är lika med sina rader",
  summa_sager_mer: "rader som har lästs som summor",
  summa_oprovad: "rader som har lästs som summor",
  summa_ensam: "en summarad utan rader",
  tusenfalt_belopp: "belopp som kan stå i kronor",
  tusental_i_titel: "belopp som kan stå i tusental",
  id_liknar: "id:n som kan vara samma",
  omgjort_id: "id:n som ett kalkylprogram har gjort om",
  mote_utanfor_insats: "möten utanför insatsens tid, som inte räknas",
  deltagare_utanfor_insats: "datum utanför insatsens tid",
  arende_utanfor_deltagande: "ärenden långt utanför deltagarens tid",
  flode_balanserar_ej: "antal som inte går ihop",
  narvaro_bara_narvarande: "närvarolistor som kan ha bara dem som kom",
  faktura_utan_belopp: "fakturor utan belopp",
  faktura_dubbel: "fakturor som kan vara lämnade två gånger",
  faktura_annan_nyckel: "fakturor som kan vara lämnade två gånger",
  faktura_utanfor_insats: "fakturor långt utanför insatsens tid",
  delar_mot_helhet: "tal som inte är lika med sina delar",
  perioder_korsas: "perioder som går i varandra",
  deltagare_ur_listan: "deltagare som har fallit ur listan utan slutdatum",
  samtidiga_deltaganden: "deltaganden som kan vara ett och samma",
};

export type FindingCode = keyof typeof fel | keyof typeof varning;

const named = (allvar: Finding["allvar"], texts: Readonly<Record<string, string>>): [string, Finding][] =>
  Object.entries(texts).map(([kod, text]) => [
    kod,
    { allvar, text: text.replace(/\[(.*?)\|.*?\]/g, "$1"), utanVarden: text.replace(/\[.*?\|(.*?)\]/g, "$1") },
  ]);
export const findings = Object.fromEntries([...named("fel", fel), ...named("varning", varning)]) as Readonly<
  Record<FindingCode, Finding>
>;

/** A finding's sentence; long values are cut, and what stands in a value is not filled in, as the SQL macro `fyndtext` does. */
export const sentence = (
  kod: FindingCode,
  given: { kolumn?: string | null; varde?: string | null; detalj?: string | null },
): string =>
  findings[kod].text.replace(/\{(kolumn|varde|detalj)\}/g, (_, name: "kolumn" | "varde" | "detalj") => {
    const text = given[name] ?? "";
    return name === "varde" ? [...text.slice(0, 160)].slice(0, 80).join("") : text;
  });
