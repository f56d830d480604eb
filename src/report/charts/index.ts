/** Which charts there are: of everything, of each insats, of each förbund. Only what has data is drawn. */

import { type Amne, type Av, comparisonsOf, likeOf, manyUnits, mostUnits, spread, widenedOf } from "../comparison.ts";
import { fileName, type Names } from "../names.ts";
import { type Andel, type Budget, type Insats, type Malrad, type Publik, publikByInsats } from "../publik.ts";
import { trendsOf } from "../trends.ts";
import { bidragsandelar } from "./bidragsandelar.ts";
import { budget } from "./budget.ts";
import { budgettrappa } from "./budgettrappa.ts";
import { forlopp } from "./forlopp.ts";
import { huvudman } from "./huvudman.ts";
import { konsfordelning } from "./konsfordelning.ts";
import { kostnadsandelar } from "./kostnadsandelar.ts";
import { malutfall } from "./malutfall.ts";
import { malvarden } from "./malvarden.ts";
import { narvaro } from "./narvaro.ts";
import { isChange, omslag, shownProv } from "./omslag.ts";
import type { Chart, ChartOf, InsatsChartOf } from "./picture.ts";
import { punkter } from "./punkter.ts";
import { ryggrad } from "./ryggrad.ts";
import { serie } from "./serie.ts";
import { outsideOf, tratt } from "./tratt.ts";
import { trendChart } from "./trend.ts";

/** What a budget line is called: by the part when it is named after one. */
export const postNamn = (names: Names, { insats_id: insats, post, part_id: part }: Budget): string => {
  if (post === "ingen") return "utan budgetpost";
  return part === post ? names.part(insats, post) : post;
};

/** Rows that the attendance chart and its table show, and no other. */
export const isPartsNarvaro = ({ matt, grupp }: Malrad): boolean => matt === "narvaroandel" && grupp === "part";

export type InsatsCharts = ReturnType<typeof chartsOfInsats>;
export type ForbundCharts = ReturnType<typeof chartsOfForbund>;

export { filesOf } from "./picture.ts";

export const chartsOfInsats = (publik: Publik, names: Names, { insats_id: id, namn }: Insats, exempel: boolean) => {
  const own = publikByInsats(publik)(id);
  const of = (...ids: readonly string[]): InsatsChartOf => {
    const [chart, ...rest] = ids;
    return { name: `${chart}-${[id, ...rest].map(fileName).join("~~")}`, insats: namn, exempel };
  };
  const sharesBy = (dimension: Andel["dimension"]) => ({
    andelar: own.kostnadsandel.filter((row) => row.dimension === dimension),
    andelarAr: own.kostnadsandel_ar.filter((row) => row.dimension === dimension),
  });
  const { maluppfyllelse: rows, malsammanfattning: mal } = own;
  const judged = mal.filter(({ status }) => status !== "ej_matbart");
  const isJudged = ({ mal_id: goal }: Malrad): boolean => judged.some(({ mal_id: other }) => other === goal);
  const [kon] = own.konsfordelning;
  const attended = [...Map.groupBy(rows.filter(isPartsNarvaro), ({ mal_id: goal }) => goal)];
  const budgeted = { rows: own.budgetutfall, postNamn: (row: Budget) => postNamn(names, row) };
  return {
    malvarden: malvarden({
      ...of("malvarden"),
      mal: judged,
      rows: rows.filter((rad) => isJudged(rad) && !isPartsNarvaro(rad)),
      sammanslagna: own.sammanslagen,
      names,
    }),
    narvaro: attended.flatMap(
      ([goal, some]) => narvaro({ ...of("narvaro", goal), rows: some, partNamn: (part) => names.part(id, part) }) ?? [],
    ),
    serier: mal
      .map(({ mal_id: goal, text }) =>
        serie({
          ...of("serie", goal),
          mal: text,
          enhet: rows.find((rad) => rad.mal_id === goal)?.enhet ?? "",
          rows: own.malserie.filter((rad) => rad.mal_id === goal && rad.grupp === ""),
          bySex: own.malserie.filter((rad) => rad.mal_id === goal && rad.grupp === "kon"),
        }),
      )
      .filter((chart) => chart !== undefined),
    konsfordelning: kon && konsfordelning({ ...of("konsfordelning"), row: kon }),
    kostnadsandelar: kostnadsandelar({
      ...of("kostnadsandelar"),
      ...sharesBy("forbund"),
      title: `Kostnad per förbund: ${namn}`,
      names,
    }),
    huvudman: huvudman({ ...of("huvudman"), ...sharesBy("huvudman") }),
    forlopp: forlopp({
      ...of("forlopp"),
      rows: own.kostnadsforlopp,
      prognoser: own.prognos.filter((row) => row.forbund_id === "alla"),
    }),
    budget: budget({ ...of("budget"), ...budgeted }),
    budgettrappa: budgettrappa({ ...of("budgettrappa"), ...budgeted }),
  };
};

/** The charts of one förbund: of the insatser it pays for. */
export const chartsOfForbund = (publik: Publik, names: Names, forbund: string, exempel: boolean) => {
  const of = (chart: string): ChartOf => ({ name: `forbund-${chart}-${fileName(forbund)}`, exempel });
  const ofForbund = publik.kostnadsandel.filter(({ dimension }) => dimension === "forbund");
  const paid = new Set(ofForbund.filter(({ id }) => id === forbund).map(({ insats_id: insats }) => insats));
  return {
    kostnadsandelar: kostnadsandelar({
      ...of("kostnadsandelar"),
      title: `Kostnad per förbund i insatser som ${names.forbund(forbund)} betalar`,
      andelar: ofForbund.filter(({ insats_id: insats }) => paid.has(insats)),
      andelarAr: [],
      names,
    }),
    ryggrad: ryggrad({
      ...of("ryggrad"),
      id: forbund,
      namn: names.forbund(forbund),
      amnen: comparisonsOf(publik, names).forbund,
      liknande: likeOf(publik, names, forbund).liknande.map(({ id }) => id),
    }),
    bidragsandelar: bidragsandelar({
      ...of("bidragsandelar"),
      forbund: names.forbund(forbund),
      rows: publik.bidragsandel.filter(({ forbund_id: id }) => id === forbund),
    }),
  };
};

/** The verdicts of all insatser. */
export const chartOfAll = ({ malsammanfattning: mal }: Publik, names: Names, exempel: boolean): Chart | undefined =>
  malutfall({ name: "malutfall", title: "Målen efter utfall", rows: mal, namn: names.insats, exempel });

/** What other definitions do to the verdicts that may be shown. Undefined where they change none. */
export const chartOfProv = ({ definitionsprov: all }: Publik, names: Names, exempel: boolean): Chart | undefined => {
  const prov = shownProv(all);
  return prov.some(({ utslag }) => isChange(utslag))
    ? omslag({ name: "omslag", prov, namn: names.insats, exempel })
    : undefined;
};

export interface Compared {
  readonly amne: Amne;
  readonly av: Av;
  readonly chart: Chart | undefined;
  /** The same with limits widened for over-dispersion, where somebody is outside and they vary more than chance gives. */
  readonly vidgad: Chart | undefined;
}

/** Models and insatser side by side, or förbund where the insatser are too many: a funnel of many, dots of a few. */
export const chartsOfComparison = (publik: Publik, names: Names, exempel: boolean): Compared[] => {
  const found = comparisonsOf(publik, names);
  const isCloud = found.insats.some(({ enheter }) => enheter.length > mostUnits);
  return (["modell", isCloud ? "forbund" : "insats"] as const).flatMap((av) =>
    found[av].map((amne, i): Compared => {
      const name = `jamforelse-${av}-${[amne.matt, amne.kon, String(i)]
        .filter((part) => part !== "")
        .map(fileName)
        .join("~~")}`;
      const isMany = amne.enheter.length >= manyUnits;
      const isWide = isMany && amne.spridning > spread && outsideOf(amne).length > 0;
      return {
        ...{ amne, av },
        chart: (isMany ? tratt : punkter)({ name, amne, av, exempel }),
        vidgad: isWide ? tratt({ name: `${name}~~vidgad`, amne: widenedOf(amne), av, exempel }) : undefined,
      };
    }),
  );
};

/** Models over time, in each measure that some of them share in the same periods. */
export const chartsOfTrends = (publik: Publik, exempel: boolean): Chart[] =>
  trendsOf(publik).map((trend, i) => trendChart({ name: `trend-${fileName(trend.matt)}~~${i}`, trend, exempel }));
