/** One example of each finding, for the handbook: what its sentence is filled with. */
import type { FindingCode } from "./findings.ts";

export interface Example {
  readonly kolumn?: string;
  readonly varde?: string;
  readonly detalj?: string;
}

const cell = (kolumn: string, varde: string, detalj = ""): Example => ({ kolumn, varde, detalj });
const fact = (varde: string, detalj = ""): Example => ({ varde, detalj });
const about = (detalj: string): Example => ({ detalj });

export const examples: Readonly<Partial<Record<FindingCode, Example>>> = {
  filtyp: about(".docx"),
  oatkomlig: about("behörighet saknas; ge rätt att läsa och kör igen"),
  fel_filtyp: about("en bild (PNG)"),
  for_stor: about("mer än 400 MB"),
  aldre_format: about(".xls"),
  skadad_fil: about("zipfilens innehåll stämmer inte"),
  otillaten_fil: about("en sökväg ut ur filen"),
  personnummer_dolt: fact("19****-****", "en kommentar på bladet Deltagare"),
  dubbel_rubrik: { kolumn: "Belopp", detalj: "F, H" },
  upprepad_rubrik: { kolumn: "Antal", detalj: "C, E" },
  oppet_citattecken: about("37"),
  okand_tabell: about("Insats, Möte, Datum"),
  personnummer: cell("Personnr", "19****-****"),
  personnamn: { kolumn: "Namn" },
  redan_last: about("2024-02/narvaro.csv"),
  okand_kolumn: { kolumn: "Kontaktväg" },
  kolumn_utan_rubrik: about("G"),
  osynliga_tecken: about("3"),
  dolda_rader: about("12–18"),
  dolda_kolumner: about("D, E"),
  sammanfogade_celler: about("A2:A5"),
  ogiltigt_tecken: cell("Namn", "F\uFFFDrs\uFFFDkringskassan"),
  felvarde: cell("Belopp", "#DIV/0!"),
  formel_utan_varde: { kolumn: "Belopp" },
  sammanfogat_tal: cell("Belopp", "12 000"),
  for_lang_cell: { kolumn: "Anmärkning", detalj: "10 485 760" },
  ogiltigt_personnummer: cell("Personnr", "19****-****"),
  ogiltig_manad: cell("Månad", "2023-13"),
  varde_saknas: { kolumn: "Datum" },
  ogiltigt_tal: cell("Timmar", "ca 12"),
  tvetydigt_tal: cell("Belopp", "84.000"),
  ogiltigt_heltal: cell("Antal", "4,5"),
  ogiltigt_belopp: cell("Belopp", "enligt avtal"),
  ej_hela_oren: cell("Belopp", "100,005"),
  ogiltig_andel: cell("Omfattning", "150 %"),
  ogiltigt_datum: cell("Datum", "våren 2023"),
  tvetydigt_datum: cell("Datum", "02/03/2023"),
  ogiltigt_ar: cell("År", "23/24"),
  okant_varde: cell("Kön", "X", "kvinna, man, okant"),
  ogiltigt_ja_nej: cell("Kallad", "kanske"),
  for_litet: cell("Antal", "-3"),
  korrigerad: cell("Belopp", "84.000", "”84 000” (förbundets ekonom bekräftar tusental, 2024-03-10)"),
  korrigering_passerad: fact("84.000", "står där ”84 000”"),
  overtaliga_celler: fact("5000"),
  inget_varde: about("Timmar, Belopp"),
  kraver_varde: { kolumn: "Förbund", detalj: "Belopp" },
  bakvand_period: fact("2023-01-31"),
  delar_stammer_ej: fact("31"),
  okand_referens: cell("Part", "afs", "Part"),
  dubblett: about("Insats, Möte"),
  summa_stammer_ej: fact("373 700", "373701"),
  mote_utanfor_insats: fact("2024-01-16", "2022-01-01–2023-12-31"),
  narvaro_utan_kallelse: fact("kommun", "M12"),
  faktura_dubbel: fact("1004", "1003"),
  faktura_utanfor_insats: fact("2032-01-01–2032-03-31", "2022-01-01–2023-12-31"),
  faktura_utan_kostnadsslag: fact("1007", "2023"),
  arende_i_ej_hallet_mote: fact("M9", "ställdes in"),
  arende_utanfor_deltagande: fact("M3", "2022-03-02, före 2023-01-10"),
  narvaro_i_installt_mote: fact("kommun", "M9"),
  deltagare_utanfor_insats: cell("Startdatum", "2032-02-01", "2022-01-01–2023-12-31"),
  nyckel_ej_hundra: fact("min-insats", "99,00"),
  antal_mot_rader: fact("25", "27"),
  seriebrott: fact("2023-01-01–2023-12-31", "2023-01-01"),
  utsaga_ar_mal: fact("narvaro"),
};
