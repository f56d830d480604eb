/** Which charts there are: of everything, of each insats, of each förbund. Only what has data is drawn. */
import { fileName, type Names } from "../names.ts";
import type { Budget, Insats, Malrad, Publik } from "../publik.ts";
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
import { omslag, shownProv } from "./omslag.ts";
import type { Chart } from "./picture.ts";
import { serie } from "./serie.ts";

/** What a budget line is called: by the part when it is named after one. */
export const postNamn = (names: Names, { insats_id: insats, post, part_id: part }: Budget): string => {
  if (post === "ingen") return "utan budgetpost";
  return part === post ? names.part(insats, post) : post;
};

/** Rows that the attendance chart and its table show, and no other. */
export const isPartsNarvaro = ({ matt, grupp }: Malrad): boolean => matt === "narvaroandel" && grupp === "part";

const isDrawn = (chart: Chart | undefined): chart is Chart => chart !== undefined;

export type InsatsCharts = ReturnType<typeof chartsOfInsats>;
export type ForbundCharts = ReturnType<typeof chartsOfForbund>;

/** The charts of one insats. */
export const chartsOfInsats = (publik: Publik, names: Names, insats: Insats, exempel: boolean) => {
  const { insats_id: id, namn } = insats;
  const file = fileName(id);
  const isOwn = (row: { readonly insats_id: string }): boolean => row.insats_id === id;
  const rows = publik.maluppfyllelse.filter(isOwn);
  const judged = publik.malsammanfattning.filter((mal) => isOwn(mal) && mal.status !== "ej_matbart");
  const isJudged = ({ mal_id: mal }: Malrad): boolean => judged.some(({ mal_id: other }) => other === mal);
  const kon = publik.konsfordelning.find(isOwn);
  const attended = [...new Set(rows.filter(isPartsNarvaro).map(({ mal_id: mal }) => mal))];
  const budgeted = {
    insats: namn,
    rows: publik.budgetutfall.filter(isOwn),
    postNamn: (row: Budget) => postNamn(names, row),
    exempel,
  };
  return {
    malvarden: malvarden({
      name: `malvarden-${file}`,
      insats: namn,
      mal: judged,
      rows: rows.filter((rad) => isJudged(rad) && !isPartsNarvaro(rad)),
      names,
      exempel,
    }),
    narvaro: attended
      .map((mal) =>
        narvaro({
          name: `narvaro-${file}~~${fileName(mal)}`,
          insats: namn,
          rows: rows.filter((rad) => rad.mal_id === mal && isPartsNarvaro(rad)),
          partNamn: (part) => names.part(id, part),
          exempel,
        }),
      )
      .filter(isDrawn),
    serier: publik.malsammanfattning
      .filter(isOwn)
      .map(({ mal_id: mal, text }) =>
        serie({
          name: `serie-${file}~~${fileName(mal)}`,
          mal: text,
          enhet: rows.find((rad) => rad.mal_id === mal)?.enhet ?? "",
          rows: publik.malserie.filter((rad) => isOwn(rad) && rad.mal_id === mal && rad.grupp === ""),
          exempel,
        }),
      )
      .filter(isDrawn),
    konsfordelning: kon && konsfordelning({ name: `konsfordelning-${file}`, insats: namn, row: kon, exempel }),
    kostnadsandelar: kostnadsandelar({
      name: `kostnadsandelar-${file}`,
      title: `Kostnad per förbund: ${namn}`,
      andelar: publik.kostnadsandel.filter((row) => isOwn(row) && row.dimension === "forbund"),
      andelarAr: publik.kostnadsandel_ar.filter((row) => isOwn(row) && row.dimension === "forbund"),
      insatsNamn: names.insats,
      forbundNamn: names.forbund,
      exempel,
    }),
    huvudman: huvudman({
      name: `huvudman-${file}`,
      insats: namn,
      andelar: publik.kostnadsandel.filter((row) => isOwn(row) && row.dimension === "huvudman"),
      andelarAr: publik.kostnadsandel_ar.filter((row) => isOwn(row) && row.dimension === "huvudman"),
      exempel,
    }),
    forlopp: forlopp({
      name: `forlopp-${file}`,
      insats: namn,
      rows: publik.kostnadsforlopp.filter(isOwn),
      prognoser: publik.prognos.filter((row) => isOwn(row) && row.forbund_id === "alla"),
      exempel,
    }),
    budget: budget({ name: `budget-${file}`, ...budgeted }),
    budgettrappa: budgettrappa({ name: `budgettrappa-${file}`, ...budgeted }),
  };
};

/** The charts of one förbund: of the insatser it pays for. */
export const chartsOfForbund = (
  publik: Publik,
  names: Names,
  forbund: string,
  insatser: readonly string[],
  exempel: boolean,
) => {
  const paid = publik.kostnadsandel.filter(({ dimension, id }) => dimension === "forbund" && id === forbund);
  const isPaid = ({ insats_id: insats, dimension }: { insats_id: string; dimension: string }): boolean =>
    dimension === "forbund" && paid.some(({ insats_id: other }) => other === insats);
  const mal = publik.malsammanfattning.filter(({ insats_id: insats }) => insatser.includes(insats));
  return {
    malutfall: malutfall({
      name: `forbund-malutfall-${fileName(forbund)}`,
      title: `Målen efter utfall: ${names.forbund(forbund)}`,
      rows: mal,
      namn: names.insats,
      exempel,
    }),
    kostnadsandelar: kostnadsandelar({
      name: `forbund-kostnadsandelar-${fileName(forbund)}`,
      title: `Kostnad per förbund i insatser som ${names.forbund(forbund)} betalar`,
      andelar: publik.kostnadsandel.filter(isPaid),
      andelarAr: [],
      insatsNamn: names.insats,
      forbundNamn: names.forbund,
      exempel,
    }),
    bidragsandelar: bidragsandelar({
      name: `forbund-bidragsandelar-${fileName(forbund)}`,
      forbund: names.forbund(forbund),
      rows: publik.bidragsandel.filter(({ forbund_id: id }) => id === forbund),
      exempel,
    }),
  };
};

/** The verdicts of all insatser. */
export const chartOfAll = ({ malsammanfattning: mal }: Publik, names: Names, exempel: boolean): Chart | undefined =>
  malutfall({ name: "malutfall", title: "Målen efter utfall", rows: mal, namn: names.insats, exempel });

/** What other definitions do to the verdicts that may be shown. */
export const chartOfProv = ({ definitionsprov: prov }: Publik, names: Names, exempel: boolean): Chart =>
  omslag({ name: "omslag", prov: shownProv(prov), namn: names.insats, exempel });
