/**
 * Everything the intake can say to those who deliver, apart from the logic that finds it.
 * `fel` rejects the row or file; `varning` does not. `{kolumn}`, `{varde}` and `{detalj}` are filled in.
 */
export interface Finding {
  readonly allvar: "fel" | "varning";
  readonly text: string;
}

export const findings = {
  // The whole file
  filtyp: { allvar: "fel", text: "Filen går inte att läsa ({detalj}). Spara den som CSV och skicka den igen." },
  inte_text: {
    allvar: "fel",
    text: "Filen är ingen textfil, trots sitt namn. Öppna den i det program den kommer från och spara den som CSV.",
  },
  tom_fil: { allvar: "fel", text: "Filen är tom. Kontrollera att rätt fil skickades." },
  oppet_citattecken: {
    allvar: "fel",
    text: "Ett citattecken som öppnas i raden som börjar på rad {detalj} stängs aldrig, så resten av filen går inte att läsa. Stäng eller ta bort citattecknet.",
  },
  okand_tabell: {
    allvar: "fel",
    text: "Det går inte att se vad tabellen innehåller. Döp filen efter sitt innehåll (till exempel narvaro.csv), eller ange dataset under tolkning i pipelinefilen. Rubriker som saknas: {detalj}.",
  },
  personnummer: {
    allvar: "fel",
    text: "Kolumnen {kolumn} innehåller personnummer ({varde}). Filen har avvisats i sin helhet och inget av den har sparats. Ta bort kolumnen eller ersätt numren med löpnummer.",
  },
  personnamn: {
    allvar: "fel",
    text: "Kolumnen {kolumn} innehåller deltagares namn. Filen har avvisats i sin helhet och inget av den har sparats. Ta bort kolumnen.",
  },
  redan_last: {
    allvar: "varning",
    text: "Filens innehåll är redan läst ur {detalj}. Inga rader har lästs igen; inget behöver göras.",
  },
  okand_kolumn: {
    allvar: "varning",
    text: "Kolumnen {kolumn} känns inte igen och har utelämnats. Byt rubrik om den ska läsas.",
  },
  // One cell
  varde_saknas: { allvar: "fel", text: "{kolumn} saknas. Fyll i cellen." },
  ogiltigt_tal: {
    allvar: "fel",
    text: "{kolumn}: ”{varde}” går inte att läsa som ett tal. Skriv bara siffror, till exempel 12,5.",
  },
  tvetydigt_tal: {
    allvar: "fel",
    text: "{kolumn}: ”{varde}” kan betyda två olika tal. Är punkten eller kommat tusental eller decimal? Skriv till exempel 1234 eller 1,23.",
  },
  ogiltigt_heltal: { allvar: "fel", text: "{kolumn}: ”{varde}” är inget heltal. Skriv ett helt antal utan enhet." },
  ogiltigt_belopp: {
    allvar: "fel",
    text: "{kolumn}: ”{varde}” går inte att läsa som ett belopp. Skriv till exempel 12 500,50.",
  },
  ej_hela_oren: { allvar: "fel", text: "{kolumn}: ”{varde}” är inte hela ören. Ange högst två decimaler i kronor." },
  ogiltig_andel: {
    allvar: "fel",
    text: "{kolumn}: ”{varde}” är ingen andel mellan 0 och 1. Skriv till exempel 0,5 eller 50 %.",
  },
  ogiltigt_datum: { allvar: "fel", text: "{kolumn}: ”{varde}” är inget datum. Skriv till exempel 2023-02-17." },
  tvetydigt_datum: {
    allvar: "fel",
    text: "{kolumn}: ”{varde}” kan vara två olika datum. Skriv år, månad och dag: 2023-02-17.",
  },
  ogiltigt_ar: { allvar: "fel", text: "{kolumn}: ”{varde}” är inget årtal. Skriv fyra siffror, till exempel 2023." },
  okant_varde: { allvar: "fel", text: "{kolumn}: ”{varde}” är inget av de värden som kan anges: {detalj}." },
  ogiltigt_ja_nej: { allvar: "fel", text: "{kolumn}: ”{varde}” är varken ja eller nej. Skriv ja eller nej." },
  for_litet: {
    allvar: "fel",
    text: "{kolumn}: ”{varde}” är negativt, och ett antal kan inte vara mindre än noll. Rätta värdet.",
  },
  // One row
  overtaliga_celler: {
    allvar: "fel",
    text: "Raden har värden bortom sista rubriken (”{varde}”). Kontrollera om en avgränsare har hamnat i en cell.",
  },
  inget_varde: { allvar: "fel", text: "Minst en av kolumnerna {detalj} ska ha ett värde." },
  kraver_varde: { allvar: "fel", text: "{kolumn} ska anges när {detalj} har ett värde." },
  bakvand_period: { allvar: "fel", text: "Perioden slutar ({varde}) innan den börjar. Rätta datumen." },
  delar_stammer_ej: {
    allvar: "fel",
    text: "Kvinnor, män och okänt kön summerar inte till totalt ({varde}). Rätta delarna eller summan.",
  },
  okand_referens: {
    allvar: "fel",
    text: "{kolumn}: ”{varde}” finns inte bland det som har levererats i {detalj}. Lägg till raden där eller rätta värdet.",
  },
  dubblett: {
    allvar: "fel",
    text: "Raden har samma nyckel ({detalj}) som en tidigare rad, och den första gäller. Ta bort raden eller ge den en egen nyckel.",
  },
  // Facts that do not hold together
  summa_stammer_ej: {
    allvar: "varning",
    text: "Summaraden anger {varde}, men raderna ovanför summerar till {detalj}. Kontrollera vilket som är rätt.",
  },
  mote_utanfor_insats: {
    allvar: "varning",
    text: "Mötet {varde} ligger utanför insatsens period ({detalj}) och räknas inte. Kontrollera datumet.",
  },
  narvaro_utan_kallelse: {
    allvar: "varning",
    text: "Parten {varde} var närvarande utan att vara kallad vid mötet {detalj}. Närvaron räknas inte mot kallelser.",
  },
  nyckel_ej_hundra: {
    allvar: "varning",
    text: "De avtalade andelarna för {varde} summerar till {detalj} %, inte 100. De har räknats om så att de gör det.",
  },
  antal_mot_rader: {
    allvar: "varning",
    text: "Antalet {varde} stämmer inte med raderna för samma period, som ger {detalj}. Raderna räknas.",
  },
  utsaga_ar_mal: {
    allvar: "varning",
    text: "Utsagan {varde} har samma id som ett mål vars svar står i pipelinefilen, och det gäller. Ge utsagan ett eget id.",
  },
} as const satisfies Readonly<Record<string, Finding>>;

export type FindingCode = keyof typeof findings;
