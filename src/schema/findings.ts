/**
 * Everything the intake can say to those who deliver, apart from the logic that finds it.
 * `{kolumn}`, `{varde}` and `{detalj}` are filled in; of `[so|otherwise]` the last is said where values may not be shown.
 */
export interface Finding {
  readonly allvar: "fel" | "varning";
  readonly text: string;
  /** What is said where the value, which may be a count of few persons or one person's answer, may not be shown. */
  readonly utanVarden: string;
}

/** Each rejects the row or file. */
const fel = {
  // The whole file
  filtyp: "Filen går inte att läsa ({detalj}). Spara den som CSV och skicka den igen.",
  lank: "Här står en länk (genväg) till en annan fil eller mapp. Länkar följs inte, för de kan leda ut ur leveransen. Lägg själva filen här och skicka den igen.",
  oatkomlig: "Det som ligger här går inte att läsa: {detalj}.",
  inte_text: "Filen är ingen textfil, trots sitt namn. Öppna den i det program den kommer från och spara den som CSV.",
  fel_filtyp:
    "Filen är inte vad dess namn säger[: den är {detalj}|]. Spara tabellen som CSV eller XLSX i det program den kommer från och skicka den igen.",
  for_stor: "Filen är större än vad som läses ({detalj}). Dela upp den och skicka delarna var för sig.",
  losenordsskyddad:
    "Arbetsboken är skyddad med lösenord och går inte att läsa. Ta bort lösenordet (Arkiv, Info, Skydda arbetsbok) och skicka den igen.",
  aldre_format:
    "Filen är i ett äldre eller annat format ({detalj}). Öppna den i Excel eller LibreOffice, spara den som .xlsx och skicka den igen.",
  skadad_fil:
    "Filen är skadad eller avkortad och går inte att läsa ({detalj}). Öppna den, spara den på nytt och skicka den igen.",
  otillaten_fil:
    "Filen har ett innehåll som inte släpps in ({detalj}). Spara tabellen i en ny arbetsbok och skicka den.",
  personnummer_dolt:
    "Arbetsboken innehåller personnummer ({varde}) utanför cellerna: {detalj}. Filen har avvisats i sin helhet och inget av den har sparats. Ta bort uppgiften (Arkiv, Info, Granska dokument) och skicka filen igen.",
  personnummer_i_namn:
    "Filens eller mappens namn innehåller ett personnummer. Filen har avvisats i sin helhet och inget av den har sparats. Byt namn och skicka den igen.",
  pseudonymiserad_fil:
    "Filen togs emot när personnummer fick bytas mot pseudonymer, och det medger pipelinefilen inte längre. Inga rader ur den används. Be avsändaren om en fil utan personnummer.",
  glomd_person:
    "Filen innehåller en person som har glömts och läses därför inte in igen. Be avsändaren om en fil utan personen.",
  dubbel_rubrik:
    "Rubriken {kolumn} står över flera kolumner ({detalj}), så det går inte att se vilken som gäller. Döp om eller ta bort den ena.",
  rubrik_saknas: "Det går inte att hitta någon rubrikrad bland de första raderna. Skriv en rubrik över varje kolumn.",
  tom_fil: "Filen är tom. Kontrollera att rätt fil skickades.",
  oppet_citattecken:
    "Ett citattecken som öppnas [i raden som börjar på rad {detalj} |]stängs aldrig, så resten av filen går inte att läsa. Stäng eller ta bort citattecknet.",
  period_saknas:
    "Ingen period finns [i {detalj}|där den ska stå], så tabellen har inte lästs. Döp om så att perioden står där, till exempel 2023-05, eller ändra period i pipelinefilen.",
  flera_perioder:
    "Flera perioder finns [i {detalj}|där den ska stå], så det går inte att se vilken som gäller, och tabellen har inte lästs. Döp om så att bara en står där.",
  okand_tabell:
    "Det går inte att se vad tabellen innehåller. Döp filen efter sitt innehåll (till exempel narvaro.csv), eller ange dataset under tolkning i pipelinefilen. {detalj}",
  kolumn_saknas:
    "Tabellen saknar [{detalj},|en kolumn] som varje rad ska ha, så raderna kan inte läsas in som de står. Lägg till i filen, eller ange i pipelinefilen under tolkning: kolumner, konstanter eller period.",
  personnummer:
    "Kolumnen {kolumn} innehåller personnummer ({varde}). Filen har avvisats i sin helhet och inget av den har sparats. Ta bort kolumnen eller ersätt numren med löpnummer.",
  personnamn:
    "Kolumnen {kolumn} innehåller deltagares namn. Filen har avvisats i sin helhet och inget av den har sparats. Ta bort kolumnen.",
  // One cell
  ogiltigt_tecken:
    "{kolumn}: minst ett tecken i ”{varde}” har gått förlorat. Skriv om cellen och spara filen som UTF-8.",
  felvarde: "{kolumn}: cellen innehåller felet {varde}. Rätta formeln eller skriv värdet.",
  formel_utan_varde:
    "{kolumn}: cellen innehåller en formel utan sparat resultat. Öppna filen i Excel eller LibreOffice, spara den så att formlerna räknas och skicka den igen.",
  sammanfogat_tal:
    "{kolumn}: talet {varde} står i en cell som är sammanfogad över flera rader, så det går inte att se hur det ska fördelas. Dela cellen och skriv ett tal i varje rad.",
  for_lang_cell:
    "{kolumn}: cellen innehåller [{detalj}|för många] tecken. Kontrollera att inget citattecken fattas, eller korta texten.",
  ogiltigt_personnummer:
    "{kolumn}: [{varde}|värdet] är inget giltigt personnummer eller samordningsnummer. Kontrollera siffrorna.",
  ogiltig_manad: "{kolumn}: ”{varde}” är ingen månad. Skriv till exempel 2023-05 eller maj 2023.",
  varde_saknas: "{kolumn} saknas. Fyll i cellen.",
  ogiltigt_tal: "{kolumn}: ”{varde}” går inte att läsa som ett tal. Skriv bara siffror, till exempel 12,5.",
  tvetydigt_tal:
    "{kolumn}: ”{varde}” kan betyda två olika tal. Är punkten eller kommat tusental eller decimal? Skriv till exempel 1234 eller 1,23.",
  for_manga_decimaler: "{kolumn}: ”{varde}” har fler än sex decimaler. Avrunda talet.",
  annan_enhet: "{kolumn}: enheten i ”{varde}” är inte kolumnens. Skriv talet i kolumnens enhet.",
  ogiltigt_heltal: "{kolumn}: ”{varde}” är inget heltal. Skriv ett helt antal utan enhet.",
  ogiltigt_belopp: "{kolumn}: ”{varde}” går inte att läsa som ett belopp. Skriv till exempel 12 500,50.",
  for_stort_belopp: "{kolumn}: ”{varde}” är större än alla belopp som kan räknas. Kontrollera enheten.",
  kredit_ej_last:
    "{kolumn} är tom, men raden har ”{varde}” i en kolumn som inte läses. Är det kredit? Skriv [belopp: {detalj}|det] i pipelinefilen.",
  ej_hela_oren: "{kolumn}: ”{varde}” är inte hela ören. Ange högst två decimaler i kronor.",
  ogiltig_andel: "{kolumn}: ”{varde}” är ingen andel mellan 0 och 1. Skriv till exempel 0,5 eller 50 %.",
  ogiltigt_datum: "{kolumn}: ”{varde}” är inget datum. Skriv till exempel 2023-02-17.",
  tvetydigt_datum: "{kolumn}: ”{varde}” kan vara två olika datum. Skriv år, månad och dag: 2023-02-17.",
  datum_finns_ej: "{kolumn}: ”{varde}” finns inte i almanackan. Rätta dagen, månaden eller veckan.",
  datum_utanfor: "{kolumn}: ”{varde}” ligger utanför åren 1900–2100. Rätta årtalet.",
  datum_som_tal:
    "{kolumn}: ”{varde}” är ett datum som ett kalkylprogram har gjort om till ett tal. Formatera kolumnen som datum och spara filen igen.",
  period_ej_dag: "{kolumn}: ”{varde}” är en hel period och säger inte vilken dag. Skriv år, månad och dag: 2023-02-17.",
  ogiltig_period:
    "{kolumn}: ”{varde}” är varken ett datum eller en period. Skriv till exempel 2023-02-17, 2023-02, Kv 1 2023 eller 2023.",
  ogiltigt_ar: "{kolumn}: ”{varde}” är inget årtal. Skriv fyra siffror, till exempel 2023.",
  dolt_antal_behovs:
    "{kolumn}: ”{varde}” är dolt av sekretess, och utan antalet går raden inte att räkna. Be om antalet, eller om en längre period där det får lämnas.",
  ogiltigt_ja_nej: "{kolumn}: ”{varde}” är varken ja eller nej. Skriv ja eller nej.",
  for_litet: "{kolumn}: ”{varde}” är negativt, och ett antal kan inte vara mindre än noll. Rätta värdet.",
  // One row
  overtaliga_celler:
    "Raden har värden bortom sista rubriken (”{varde}”). Kontrollera om en avgränsare har hamnat i en cell.",
  inget_varde: "Minst en av [kolumnerna {detalj}|kolumner som hör ihop] ska ha ett värde.",
  kraver_varde: "{kolumn} ska anges när [{detalj}|en annan kolumn] har ett värde.",
  bakvand_period: "Perioden slutar ({varde}) innan den börjar. Rätta datumen.",
  delar_stammer_ej: "Kvinnor, män och okänt kön summerar inte till totalt ({varde}). Rätta delarna eller summan.",
  fler_an_alla: "{kolumn} ({varde}) är större än {detalj} i samma rad. Rätta det som är fel.",
  okand_referens:
    "{kolumn}: ”{varde}” finns inte bland det som har lästs[ i {detalj}|]. Lägg till raden där, rätta den om den har avvisats, eller rätta värdet.",
  skild_i_olast:
    "Raden har samma nyckel och samma tal som en annan, och skiljer sig bara i kolumnen {kolumn}, som inte läses (”{varde}”). Ingen av dem räknas. Är det två, lägg ihop dem till en rad; är det samma, ta bort den ena.",
  motstridig: "Raden säger emot en annan med samma nyckel, och ingen av dem räknas. {detalj}",
  motsagd_cell: "{kolumn}: rader med samma nyckel säger olika, och cellen räknas som saknad. {detalj}",
  // One claim
  dubbel_utsaga:
    "Utsagan {varde} står redan på en tidigare rad[ ({detalj} är samma)|], och den första prövas. Ta bort raden eller ge utsagan ett eget id.",
  utsaga_ar_mal: "Utsagan {varde} har samma id som ett mål, och målets eget svar gäller. Ge utsagan ett eget id.",
  okant_namn: "{kolumn}: ”{varde}” känns inte igen, så utsagan prövas inte. {detalj} Rätta cellen.",
  ogiltiga_parametrar:
    "{kolumn}: ”{varde}” går inte att läsa som parametrar, så utsagan prövas inte. {detalj} Rätta cellen.",
  ogiltig_formel: "{kolumn}: ”{varde}” går inte att läsa som en formel, så utsagan prövas inte. {detalj} Rätta cellen.",
  olasligt_varde:
    "{kolumn}: ”{varde}” går inte att läsa som ett tal, en andel eller ett datum, så uppgiften prövas inte. Skriv värdet som i docs/skriv-utsagor.md.",
};

/** What is read all the same. */
const varning = {
  // The whole file
  kolumn_ges:
    "Tabellen säger inte {detalj}. En pipelinefil för en enda insats ger det till alla rader; för flera insatser ska det stå i filen.",
  upprepad_rubrik:
    "Rubriken {kolumn} står över flera kolumner ({detalj}); de senare visas med ett nummer. Ge varje kolumn en egen rubrik.",
  redan_last:
    "Filens innehåll är redan läst ur [{detalj}|en annan fil]. Inga rader har lästs igen; inget behöver göras.",
  ersatt_fil:
    "Filen är ersatt av [{detalj}|en annan], säger pipelinefilen, och inga rader ur den räknas. Inget behöver göras.",
  okand_kolumn: "Kolumnen {kolumn} känns inte igen och har utelämnats. Byt rubrik om den ska läsas.",
  kategori_utan_rubrik:
    "[Kolumn {varde}|En kolumn] har ingen rubrik och har lästs [som {detalj},|så] som pipelinefilen säger. Skriv en rubrik nästa gång.",
  tom_under_ifylld:
    "Kolumnen {kolumn} är tom i {detalj} rader under en ifylld cell, som i en pivottabell (”{varde}” står bara först), och läses som att den saknas. Hör raderna till värdet ovanför? Skriv det i varje rad (i Excel: Upprepa alla objektetiketter).",
  tom_i_matris:
    "Tomma celler under {kolumn}[ ({varde} stycken)|] har inte lästs: betyder tomt nej, eller att uppgiften saknas? Betyder det nej, skriv [{detalj}|det] under varden i pipelinefilen.",
  konstant_motsags:
    "{kolumn}: här står ”{varde}”, fast pipelinefilen säger [{detalj}|något annat]. Det som står i filen gäller. Kontrollera vilket som är rätt.",
  utskick_delat:
    "Utskicket {varde} gäller hela enkäten, men svaren är delade [efter {detalj}|i grupper], så svarsfrekvensen räknas inte. Ta bort grupp under svarsrader om den ska räknas.",
  kredit_negativ:
    "Alla belopp [under {detalj}|i en kolumn] är negativa. De har lästs efter sin storlek och dragits från debet. Kontrollera att det är rätt.",
  forbund_ifyllt:
    "Tabellen säger inte vilket förbund som betalar. Insatsen och dess finansiering namnger bara ett[, {detalj}|], och det gäller alla rader. Ange förbund om det är fel.",
  text_overhoppad:
    "Text runt tabellen (”{varde}”) har hoppats över[, på rad {detalj}|]. Kontrollera att det inte är uppgifter som ska läsas.",
  ackumulerat:
    "”{varde}” säger att talen är ackumulerade. De läses som varje periods egna, och läggs ihop. Lämna varje periods egna tal, eller låt varje rad börja årets första dag.",
  ej_raknad_enligt:
    "Kolumnen {kolumn} läses inte, men i den står ”{varde}” eller något liknande (rader: {detalj}), och raderna räknas ändå. Ska de inte räknas, ta bort dem, eller välj rader med urval i pipelinefilen.",
  kolumn_utan_rubrik:
    "[Kolumn {detalj}|En kolumn] har värden men ingen rubrik och har utelämnats. Skriv en rubrik om den ska läsas.",
  felavkodad_text:
    "Texten har en gång lästs med fel teckenkodning (”Ã¶” i stället för ö) och har rättats. Kontrollera namnen, och spara som UTF-8 nästa gång.",
  osynliga_tecken:
    "Osynliga tecken finns i den här cellen[ (antal rader: {detalj})|]. De har ingen betydelse och räknas inte; inget behöver göras.",
  dolt_blad: "Bladet är dolt i arbetsboken men har lästs. Visa bladet, eller ta bort det om det inte ska räknas.",
  overstrukna_rader:
    "Överstrukna rader har lästs och räknas: {detalj}. Ta bort dem om de inte ska räknas, annars strecket.",
  dolda_rader: "Dolda rader har lästs: {detalj}. Visa dem, eller ta bort dem om de inte ska räknas.",
  dolda_kolumner: "Dolda kolumner har lästs: {detalj}. Visa dem, eller ta bort dem om de inte ska räknas.",
  sammanfogade_celler:
    "Sammanfogade celler ({detalj}) har lästs så att värdet gäller varje rad de täcker. Skriv värdet i varje rad nästa gång.",
  inga_rader: "Tabellen har rubriker men inga rader. Kontrollera att rätt fil skickades.",
  for_fa_celler:
    "Raden har färre celler än rubriken; de som fattas har lästs som tomma. Kontrollera att inget har fallit bort.",
  // Rows of one key
  dubblett: "[{detalj}|Raderna har samma nyckel] och säger detsamma. De räknas en gång, och inget behöver göras.",
  kompletterad:
    "[{detalj}|Raderna har samma nyckel]. De är en rad, där var och en fyller vad den andra lämnar tomt, och inget behöver göras.",
  ersatt: "[{detalj}|Raden finns i en senare fil], och det som står där gäller i stället. Kontrollera att det stämmer.",
  // One cell
  tomt_ord: "{kolumn} saknas och räknas som okänt ({detalj}). Fyll i cellerna om det är känt.",
  dolt_antal: "{kolumn}: ”{varde}” är dolt av sekretess ({detalj}). Antalet räknas som okänt, aldrig som 0.",
  avrundat_tal:
    "{kolumn}: ”{varde}” har fler decimaler än vad som räknas och har avrundats ({detalj}). Avrunda i arbetsboken om det ska stämma med fakturan.",
  korrigerad:
    "{kolumn}: ”{varde}” läses [som {detalj}|på ett annat sätt]. Rätta cellen i filen; då behövs ingen korrigering.",
  korrigering_passerad:
    "Korrigeringen av ”{varde}” gäller en tidigare version av filen och används inte längre[: nu {detalj}|]. Den kan tas bort när rapporter från tiden före den nya versionen inte ska göras om.",
  // Facts that do not hold together
  summa_stammer_ej:
    "Summaraden [anger {varde}|stämmer inte] i {kolumn}[, men raderna summerar till {detalj}|]. Summaraden räknas inte. Kontrollera vilket som är rätt.",
  summa_sager_mer:
    "{kolumn}: raden ”{varde}” är lika med summan av andra rader och räknas inte. Är den en egen post? Skriv då dess namn utan ordet för summa.",
  summa_oprovad:
    "{kolumn}: raden ”{varde}” har lästs som en summarad och räknas inte, men andra rader går inte att läsa så att summan kan prövas. Kontrollera den.",
  summa_ensam:
    "{kolumn}: raden ”{varde}” står utan rader som den kan vara summan av, och räknas som en egen rad. Kontrollera att inga rader fattas.",
  tusenfalt_belopp:
    "{kolumn}: ”{varde}” [under en rubrik i {detalj} |]är ungefär tusen gånger kolumnens andra belopp, och har räknats så. Är det kronor? Skriv enheten i cellen[: {varde} kr|].",
  id_liknar:
    "{kolumn}: [”{varde}” och ”{detalj}”|två värden] skiljer sig bara i nollor, stora bokstäver, mellanslag eller skiljetecken och räknas som två. Är de samma? Skriv dem lika, eller ange i pipelinefilen hur många siffror id:n har (nollor).",
  omgjort_id:
    "{kolumn}: ”{varde}” ser ut som ett id som ett kalkylprogram har gjort om[ till {detalj}|]. Formatera kolumnen som text och skriv in id:t på nytt.",
  olika_person:
    "{kolumn}: deltagaren {varde} har två uppgifter i samma insats ({detalj}). Är det en person? Rätta uppgiften eller id:t.",
  mote_utanfor_insats: "Mötet {varde} ligger utanför insatsens period ({detalj}) och räknas inte. Kontrollera datumet.",
  mote_framat:
    "Mötet {varde} står som genomfört [den {detalj},|en dag] som inte har varit än. Det räknas som planerat tills dess. Kontrollera datumet.",
  narvaro_utan_kallelse:
    "Parten {varde} var närvarande utan att vara kallad vid [mötet {detalj}|ett möte]. Närvaron räknas inte mot kallelser.",
  narvaro_bara_narvarande:
    "Ingen rad säger att någon uteblev, och parten {varde} saknar rad för {detalj} möten. Har listan bara dem som kom? Då blir närvaron 100 % vad som än hände. Lämna en rad även för den som var kallad och uteblev.",
  faktura_utan_belopp:
    "Fakturan {varde} har förbund och timmar men inget belopp, fast andra av insatsens fakturor har det. Kostnaden räknas utan den och kan vara för låg. Fyll i beloppet, eller ta bort förbundet om bara timmarna ska räknas.",
  faktura_dubbel:
    "Fakturan {varde} har samma insats, förbund, part, kostnadsslag, period och belopp som [{detalj}|en annan], och båda räknas. Kontrollera att den inte har lämnats två gånger.",
  faktura_annan_nyckel:
    "Fakturan {varde} står med samma belopp i [{detalj}|en annan fil] men med annan insats, part, period, annat förbund eller kostnadsslag, och båda räknas. Kontrollera att den inte har lämnats två gånger.",
  faktura_utanfor_insats:
    "Fakturans period ({varde}) ligger mer än ett år utanför insatsens ({detalj}). Kontrollera årtalet och insatsen.",
  faktura_utan_kostnadsslag:
    "Fakturan {varde} saknar kostnadsslag, fast insatsen har en budget för [{detalj}|året]. Beloppet står inte på någon budgetpost. Ange kostnadsslag.",
  arende_i_ej_hallet_mote:
    "Ärendet hör till [mötet {varde}, som {detalj}|ett möte som inte har hållits], och räknas inte. Rätta mötets status eller ärendets möte.",
  arende_utanfor_deltagande:
    "Ärendet hör till mötet {varde}, som ligger mer än ett halvår utanför deltagarens tid i insatsen ({detalj}). Kontrollera mötet och datumen.",
  narvaro_i_installt_mote:
    "Parten {varde} står som närvarande vid [mötet {detalj}|ett möte], som ställdes in. Rätta mötets status eller närvaron.",
  samtidiga_deltaganden:
    "Deltagaren {varde} har två deltaganden i insatsen som pågår samtidigt ({detalj}), och båda räknas. Är det ett? Behåll det första startdatumet i båda raderna.",
  deltagare_utanfor_insats: "{kolumn} {varde} ligger utanför insatsens period ({detalj}). Kontrollera datumet.",
  nyckel_ej_hundra:
    "De avtalade andelarna [för {varde} summerar till {detalj} %, inte 100|summerar inte till 100 %]. De har räknats om så att de gör det.",
  flode_balanserar_ej:
    "Antalen går inte ihop: {detalj}. Kontrollera nya, avslutade och deltagare; en person som deltar två gånger räknas två gånger.",
  ingen_och_annan:
    "{kolumn}: cellen säger både ingen försörjning och en annan. Personen räknas som okänd där. Rätta cellen.",
  utfall_mot_rader:
    "Antalet stämmer inte med raderna för samma period. I deltagartabellen räknas raderna. Rätta det som är fel.",
  delar_mot_helhet:
    "{kolumn}: {varde} för hela perioden stämmer inte med de kortare perioderna inom den, som ger {detalj}. Det längre talet räknas där det täcker hela perioden. Kontrollera vilket som är rätt.",
  perioder_korsas:
    "Perioden {varde} börjar inom {detalj} och slutar efter den. De läggs inte ihop, och inget räknas för en period som de bara delvis täcker. Lämna perioder som inte går i varandra.",
  deltagare_ur_listan:
    "Deltagare utan slutdatum ({varde}) står inte i den senaste listan ({detalj}), som annars upprepar de tidigare. Har de avslutats? De räknas som om de är kvar. Lämna slutdatum.",
  antal_mot_rader: "Antalet {varde} stämmer inte med raderna för samma period[, som ger {detalj}|]. Raderna räknas.",
  falt_saknas:
    "Ekonomirapporten för {varde} lämnar fält tomma som ska fyllas i: {detalj}. Be den som rapporterar fylla i dem.",
  rapportperiod:
    "Ekonomirapporten gäller {varde}, som inte är ett kvartal, en termin eller ett kalenderår. Dess prognos visas därför inte. Lämna en för varje kvartal, termin eller år.",
  insatser_skiljer:
    "{kolumn}: insatserna har fakturerat förbundet {detalj} under året, men här står ett annat belopp ({varde}). Kontrollera vilka insatser och fakturor som ska vara med.",
  parameter_utan_regel:
    "{kolumn}: ingen pipelinefil säger hur ”{varde}” graderas ({detalj}), så den ingår inte i vårdtyngden. Lägg till den under vardtyngd.",
  parameter_utan_varden:
    "{kolumn}: en pipelinefil graderar ”{varde}”, som ingen rad har, så ingen enhet får poäng. {detalj}",
  seriebrott:
    "Antalen räknas på ett annat sätt från [och med {detalj}|en viss dag]. Det före och det efter läggs inte ihop och ska inte jämföras[; perioden är {varde}|].",
  okand_i_scenario:
    "Ett scenario hänvisar till utsagan {varde}, som ingen har lämnat, så den delen av scenariot blir tom. {detalj}",
  olika_installning:
    "Inställningen {varde} är olika på två ställen: {detalj}. Den första används. Skriv samma på båda, eller ta bort den ena.",
  okant_ord:
    "{kolumn}: ordet [”{varde}”|i cellen] är inte känt. Raden är läst och ordet räknas som okänt: det som vilar på det bedöms bara om utfallet är detsamma vad det än betyder. {detalj}",
};

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
