/** What the figures of each table mean: their definition, denominator, period and date, a link away from where they stand. */
import { measureTitle } from "../../schema/definitions.ts";
import { type Html, html, joined } from "../html.ts";

interface Grund {
  readonly id: string;
  readonly title: string;
  /** Results and datasets whose figures it explains. */
  readonly of: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
}

const grund = (
  id: string,
  title: string,
  of: readonly string[],
  facts: { Räknas: string; Nämnare?: string; Period?: string },
): Grund => ({
  id,
  title,
  of,
  facts: { ...facts, Period: facts.Period ?? "Den som raden anger, annars den som står under tabellen." },
});

/** The last is for whatever is shown as it was delivered. */
export const grunder: readonly Grund[] = [
  grund("om-mal", "Mål och utfall", ["malsammanfattning", "maluppfyllelse", "malserie"], {
    Räknas: "Värdet räknas som målets mått säger; varje mål har en länk till sitt mått.",
    Nämnare: "Måttets nämnare, som står i ”x av y” vid värdet. I ”Av målet” är nämnaren målvärdet.",
  }),
  grund("om-kon", "Deltaganden efter kön", ["konsfordelning"], {
    Räknas: "Deltaganden under hela insatsen, efter kön. En person som deltar två gånger räknas två gånger.",
    Nämnare: "I andelen kvinnor: kvinnor och män tillsammans. De vars kön är okänt är inte med.",
  }),
  grund("om-kostnad", "Kostnad och andelar", ["kostnadsandel", "kostnadsandel_ar"], {
    Räknas: "Det som har fakturerats för insatsen. Avtalad andel är den som förbunden har kommit överens om.",
    Nämnare:
      "I andelen: allt som har fakturerats för insatsen samma tid. I kronor per timme: de timmar som har fakturerats.",
    Period: "Den tid som fakturorna gäller, eller det år som raden anger.",
  }),
  grund("om-forbundskostnad", "Förbundets kostnad", ["forbundskostnad", "forbundskostnad_ar"], {
    Räknas: "Det som har fakturerats förbundet. Beviljade medel räknas med tillägg och efter det som har återförts.",
    Nämnare:
      "I ”del av allt”: allt som förbundet har fakturerats samma tid. Mer eller mindre än avtalat hålls mot insatsens kostnad för alla förbund.",
    Period: "Den tid som fakturorna gäller, eller det år som raden anger.",
  }),
  grund("om-enhetskostnad", "Kostnad per enhet", ["enhetskostnad"], {
    Räknas: "Det som har fakturerats i perioden delat med antalet i samma period.",
    Nämnare: "Antalet i kolumnen bredvid: deltaganden, avslutade, timmar eller det som tabellen heter efter.",
  }),
  grund("om-prognos", "Prognos", ["prognos", "kostnadsforlopp"], {
    Räknas:
      "Det som är fakturerat till och med den sista hela månaden, fördelat på dagar och uppräknat till periodens alla månader. Är perioden fakturerad till sitt slut är det utfallet som visas.",
    Nämnare: "I avvikelsen: beviljade medel, annars budgeten.",
  }),
  grund("om-budget", "Budget", ["budgetutfall", "budgetforklaring", "budgettakt"], {
    Räknas:
      "Budgeten som den står i underlaget. Omräknad är vad bemanningens text ger: lön gånger omfattning gånger tid. Fakturerat är fakturornas belopp för posten.",
    Nämnare: "I avvikelsen: postens budget.",
    Period: "Det år som raden eller rubriken över den anger.",
  }),
  grund("om-bidrag", "Parternas bidrag", ["bidragsandel"], {
    Räknas: "Det som parterna har betalat in till förbundet, bredvid den andel som 5 § Finsamlagen lägger på dem.",
    Nämnare: "Allt som lagens parter har betalat in samma år. Saknas en part visas ingen andel.",
    Period: "Det år som raden eller rubriken över den anger.",
  }),
  grund("om-arsuppgifter", "Årets uppgifter", ["arsunderlag"], {
    Räknas:
      "Det som förbundet anger om sin ekonomi, annars summan av bidragen och av insatserna. Det som inte är känt står under ”Saknas” och räknas inte som noll.",
    Period: "Det år som rubriken över raden anger.",
  }),
  grund("om-scenarier", "Bemanning och kostnad i scenarier", ["scenario"], {
    Räknas: "Det som underlaget anger för ett team gånger antalet team, utan egna antaganden.",
  }),
  grund("om-vardtyngd", "Vårdtyngd", ["vardtyngd", "vardtyngdsgrad"], {
    Räknas: "Parametrarnas grader 1–4, vägda till poäng med de regler som står vid tabellen.",
  }),
  grund("om-malgrupp", "Målgrupp", ["malgrupp"], {
    Räknas: "Målgruppens storlek står i underlaget. Budgeten är delad med den och med insatsens år.",
    Nämnare: "Alla i målgruppen, inte de som deltog.",
  }),
  grund("om-utsagor", "Prövade uppgifter", ["utsagekontroll", "utsaga"], {
    Räknas: "Det tal som rapporten skriver, bredvid samma tal räknat ur underlaget. Prövningen visar hur.",
    Nämnare: "Den som uppgiften själv anger.",
  }),
  grund("om-underlaget", "Uppgifter ur underlaget", [], {
    Räknas: "Står som det har lämnats, eller är antalet av det som tabellen räknar upp.",
    Nämnare: "Den som källan anger. En andel är återgiven, inte räknad här.",
  }),
];

const grundOf = new Map(grunder.flatMap((grund) => grund.of.map((name) => [name, grund] as const)));

const tableGrund = (table: string, definitions: string, data: string, id: string): Html => {
  const names = [...table.matchAll(/ data-(?:resultat|siffra|rad|grund)="([\w ]+)/g)].flatMap(([, found = ""]) =>
    found.split(" "),
  );
  const found = new Set(names.flatMap((name) => grundOf.get(name) ?? []));
  const links = [...(found.size === 0 ? grunder.slice(-1) : found)].map(
    ({ id, title }) => html`<a href="${definitions}#${id}">${title}</a>`,
  );
  return html`<p class="grund skarm" id="${id}">Så räknas: ${joined(links, ", ")}. Avser ${data}, där raden inte anger annat.</p>\n`;
};

/** Where a goal stands: a link to what its measures mean is put here. */
export const measureMark = (matt: Iterable<string>): Html[] =>
  [...new Set(matt)].map((one) => html`<span data-matt="${one}"></span>`);

/**
 * A page with what explains its figures: under each table, and beside each goal's words.
 * @param definitions the way to the page of the definitions
 * @param data which period and date the figures of the page are of, where no row says so; empty: its tables explain themselves
 */
export const explained = (markup: string, definitions: string, data: string): string => {
  const linked = markup.replace(
    /<span data-matt="([^"]*)"><\/span>/g,
    (_, matt: string) =>
      html` <a class="skarm nb" href="${definitions}#${matt}">Så räknas<span class="dold"> måttet ${measureTitle(matt)}</span></a>`
        .markup,
  );
  if (data === "") return linked;
  let nr = 0;
  return linked.replace(/<table([^>]*>[\s\S]*?<\/table>\n?)/g, (table, rest: string) => {
    const id = `grund-${++nr}`;
    return `<table aria-describedby="${id}"${rest}${tableGrund(table, definitions, data, id).markup}`;
  });
};
