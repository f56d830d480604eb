/**
 * Every number of persons that the pages show, as tables that a disclosure check can read: what is added to what is
 * explicit, and a withheld value is null. Numbers that may not add up (distinct persons by part, or by age at entry) get no total.
 */
import { kostnadPer } from "../schema/kostnadper.ts";
import { measures } from "../schema/measures.ts";
import { isOfPersons, withheld } from "./figures.ts";
import { insatsPath } from "./names.ts";
import { andringarPath } from "./pages/andringar.ts";
import type { About } from "./pages/page.ts";
import { utsagekontrollPath } from "./pages/utsagekontroll.ts";
import type { Enhetskostnad, Kon, Malrad, Publik, Utsaga } from "./publik.ts";

interface PublishedCell {
  readonly keys: Readonly<Record<string, string>>;
  readonly value: number | null;
}

interface Constraint {
  /** `andel`: numerator over denominator, both in the table. `kvot`: per person in the total, which is not shown itself. */
  readonly slag: "andel" | "kvot";
  readonly keys: Readonly<Record<string, string>>;
  readonly varde: number | null;
  readonly enhet: string;
}

export interface PublishedTable {
  readonly resultat: readonly string[];
  /** Tables of one population count the same persons. */
  readonly population: string;
  readonly dims: readonly string[];
  readonly total: typeof total;
  readonly cells: readonly PublishedCell[];
  readonly constraints: readonly Constraint[];
  readonly dokument: string;
  readonly plats: string;
}

const total = "Totalt";

const populationOf = (insats: string, what: string, fran: string, till: string): string =>
  `${insats} ${what} ${fran}–${till}`;

const ofKon = (kon: Kon): PublishedTable => {
  const parts = { kvinna: kon.kvinnor, man: kon.man, okant: kon.okant };
  return {
    resultat: [kon.resultat_id],
    population: populationOf(kon.insats_id, "deltaganden", kon.fran, kon.till),
    dims: ["kon"],
    total,
    cells: [
      ...Object.entries(parts)
        .filter(([, value]) => value !== null || kon.ar_dold)
        .map(([label, value]) => ({ keys: { kon: label }, value })),
      { keys: { kon: total }, value: kon.totalt },
    ],
    constraints: [],
    dokument: insatsPath(kon.insats_id),
    plats: "Kvinnor och män",
  };
};

const isShown = (rad: Malrad): boolean =>
  isOfPersons(rad.matt) && (rad.ar_dold || rad.varde !== null || rad.taljare !== null);

type Count = number | null;

/** A share's cells: what counts, the whole, and so the rest. */
const shareCells = (group: PublishedCell["keys"], counted: Count, whole: Count): PublishedCell[] => [
  { keys: { ...group, utfall: "raknas" }, value: counted },
  { keys: { ...group, utfall: "ovriga" }, value: counted === null || whole === null ? null : whole - counted },
  { keys: { ...group, utfall: total }, value: whole },
];

/** The cells of one row. */
const cellsOf = (rad: Malrad, group: PublishedCell["keys"]): PublishedCell[] => {
  const [taljare, namnare] = rad.ar_dold ? [null, null] : [rad.taljare, rad.namnare];
  const kind = measures.get(rad.matt)?.slag;
  if (kind === "andel") return shareCells(group, taljare, namnare);
  return [{ keys: group, value: kind === "antal" || kind === "summa" ? taljare : null }];
};

const constraintsOf = (rad: Malrad, group: PublishedCell["keys"]): Constraint[] => {
  const kind = measures.get(rad.matt)?.slag;
  return kind === "andel" || kind === "kvot"
    ? [{ slag: kind, keys: group, varde: rad.ar_dold ? null : rad.varde, enhet: rad.enhet }]
    : [];
};

const tableOf = (rows: readonly Malrad[], plats: string): PublishedTable[] => {
  const [first] = rows;
  if (!first) return [];
  const grupp = rows.find((rad) => rad.grupp !== "")?.grupp;
  const keysOf = (rad: Malrad): Record<string, string> =>
    grupp === undefined ? {} : { [grupp]: rad.grupp === "" ? total : rad.gruppvarde };
  const isShare = measures.get(first.matt)?.slag === "andel";
  const dims = [...(grupp === undefined ? [] : [grupp]), ...(isShare ? ["utfall"] : [])];
  // A table has at least one dimension: a number that stands alone is its own total.
  const alone = dims.length === 0;
  return [
    {
      resultat: rows.map(({ resultat_id: id }) => id),
      population: populationOf(first.insats_id, first.matt, first.fran, first.till),
      dims: alone ? ["matt"] : dims,
      total,
      cells: rows.flatMap((rad) => cellsOf(rad, alone ? { matt: total } : keysOf(rad))),
      constraints: rows.flatMap((rad) => constraintsOf(rad, keysOf(rad))),
      dokument: insatsPath(first.insats_id),
      plats,
    },
  ];
};

const ofMal = (publik: Publik): PublishedTable[] => {
  const judged = new Set(
    publik.malsammanfattning
      .filter(({ status }) => status !== "ej_matbart")
      .map(({ insats_id: insats, mal_id: mal }) => `${insats}/${mal}`),
  );
  const windows = Map.groupBy(
    publik.maluppfyllelse.filter(isShown),
    (rad) => `${rad.insats_id}/${rad.mal_id}/${rad.fran}`,
  );
  return [...windows.values()].flatMap((rows) => {
    const [first] = rows;
    const plats =
      first && judged.has(`${first.insats_id}/${first.mal_id}`) ? "Värden mot mål" : "Mål som inte har bedömts";
    const additive = rows.filter(({ grupp }) => grupp === "" || grupp === "kon");
    const overlapping = rows.filter((rad) => !additive.includes(rad));
    return [...tableOf(additive, plats), ...tableOf(overlapping, plats)];
  });
};

/** What the report before said of persons, where this one shows it beside its own: of another population, as it was then. */
const ofChanges = (publik: Publik): PublishedTable[] =>
  publik.andring.flatMap((andring) => {
    const { figur, kolumn, fore, insats_id: insats, jamfort_med: day } = andring;
    if (fore === null || fore === withheld) return [];
    const rad = publik.maluppfyllelse.find(({ resultat_id: id }) => id === figur);
    const kon = publik.konsfordelning.find(({ resultat_id: id }) => id === figur);
    const isCount = rad && kolumn === "varde" && isOfPersons(rad.matt);
    if (!isCount && !kon) return [];
    const kind = rad && measures.get(rad.matt)?.slag;
    const isShare = kind === "andel" || kind === "kvot";
    const keys = { matt: total };
    const what = `${rad?.matt ?? `deltaganden ${kolumn}`} enligt rapporten ${day}`;
    const { fran, till } = rad ?? kon ?? { fran: "", till: "" };
    const constraint: Constraint[] =
      rad && isShare ? [{ slag: kind, keys, varde: Number(fore), enhet: rad.enhet }] : [];
    return [
      {
        resultat: [andring.resultat_id],
        population: populationOf(insats, what, fran, till),
        dims: ["matt"],
        total,
        cells: [{ keys, value: isShare ? null : Number(fore) }],
        constraints: constraint,
        dokument: andringarPath,
        plats: "Förra rapporten",
      },
    ];
  });

const ofEnhetskostnad = (rad: Enhetskostnad): PublishedTable[] => {
  const { matt } = kostnadPer[rad.per] ?? {};
  if (matt === undefined || !isOfPersons(matt) || (rad.namnare === null && !rad.ar_dold)) return [];
  const isShare = rad.av_antal !== null || (rad.ar_dold && measures.get(matt)?.slag === "andel");
  return [
    {
      resultat: [rad.resultat_id],
      population: populationOf(rad.insats_id, matt, rad.fran, rad.till),
      dims: [isShare ? "utfall" : "matt"],
      total,
      cells: isShare ? shareCells({}, rad.namnare, rad.av_antal) : [{ keys: { matt: total }, value: rad.namnare }],
      constraints: [
        { slag: "kvot", keys: isShare ? { utfall: "raknas" } : {}, varde: rad.varde, enhet: `kr/${rad.per}` },
      ],
      dokument: insatsPath(rad.insats_id),
      plats: "Kostnad per enhet",
    },
  ];
};

/** A claim about persons shows what it states, what it comes to, and the counts that it was worked out from. */
const ofUtsaga = (utsaga: Utsaga): PublishedTable[] => {
  const { resultat_id: id, insats_id: insats, forbund_id: forbund, utsaga_id: uppgift } = utsaga;
  const { rapporterat_varde: rapporterat, beraknat_varde: beraknat, ingaende, ar_dold: isWithheld } = utsaga;
  const counts = Object.entries(JSON.parse(ingaende ?? "{}") as Record<string, number>);
  const figures = Object.entries({ rapporterat, beraknat }).flatMap(([namn, written]) =>
    written === null || Number.isNaN(Number(written)) ? [] : [{ namn, varde: Number(written) }],
  );
  if (!utsaga.ar_om_personer || (!isWithheld && counts.length === 0 && figures.length === 0)) return [];
  const isCount = counts.length > 0 && counts.some(([, antal]) => antal === Number(beraknat ?? rapporterat));
  const whole = isCount ? figures : [];
  return [
    {
      resultat: [id],
      population: `${insats ?? forbund} uppgift ${uppgift}`,
      dims: ["uppgift"],
      total,
      cells: isWithheld
        ? [{ keys: { uppgift: total }, value: null }]
        : [
            ...counts
              .filter(([namn]) => namn !== "rapporterat")
              .map(([namn, antal]) => ({ keys: { uppgift: namn }, value: antal })),
            ...whole.map(({ namn, varde }) => ({ keys: { uppgift: namn }, value: varde })),
          ],
      constraints: figures
        .filter((figure) => !whole.includes(figure))
        .map(({ namn, varde }) => ({ slag: "andel", keys: { uppgift: namn }, varde, enhet: "andel" })),
      dokument: utsagekontrollPath,
      plats: "Utsagekontroll",
    },
  ];
};

/** The text of `rapport/publicerat.json`. */
export const publiceratText = (publik: Publik, { exempel }: About): string => {
  const tables = [
    ...publik.konsfordelning.map(ofKon),
    ...ofMal(publik),
    ...publik.enhetskostnad.flatMap(ofEnhetskostnad),
    ...publik.utsagekontroll.flatMap(ofUtsaga),
    ...ofChanges(publik),
  ];
  return `${JSON.stringify({ ...(exempel ? { exempel: "EXEMPEL: uppgifterna är påhittade" } : {}), tables }, null, 1)}\n`;
};
