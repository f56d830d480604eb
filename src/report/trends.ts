/** Models over time: the same insatser in every period, so that a line does not turn because one came or went. */
import { wholeMonths } from "../schema/days.ts";
import { begun } from "../schema/swedish.ts";
import { type Amne, byQuestion, isSeen, slagOf, summed, titleOf } from "./comparison.ts";
import type { Publik } from "./publik.ts";

export interface Trendpunkt {
  /** Which of the periods. */
  readonly nr: number;
  readonly varde: number;
  /** How many breaks stand before it: a line joins only points of one part. */
  readonly del: number;
}

export interface Modelltrend {
  readonly namn: string;
  readonly punkter: readonly Trendpunkt[];
  /** The first period after each break. */
  readonly brott: readonly number[];
}

export interface Trend extends Pick<Amne, "matt" | "titel" | "slag"> {
  readonly perioder: readonly { readonly fran: string; readonly till: string }[];
  readonly modeller: readonly Modelltrend[];
}

/** Of fewer periods there is no trend to see. */
const fewestPeriods = 4;

/** Every measure that at least two models have in the same periods of one length, to what was published. */
export const trendsOf = (publik: Publik): Trend[] => {
  const modelOf = new Map(publik.insats.map(({ insats_id: id, modell }) => [id, modell]));
  const breaksOf = Map.groupBy(publik.seriebrott, ({ insats_id: id }) => id);
  const rows = publik.maluppfyllelse.filter(
    ({ matt, grupp, skal, insats_id: id }) =>
      grupp === "" && matt !== "formel" && skal !== "perioden_pagar" && modelOf.get(id),
  );
  return byQuestion(rows).flatMap((asked) =>
    [...Map.groupBy(asked, ({ fran, till }) => wholeMonths(fran, till)).values()].flatMap((own): Trend[] => {
      const [first] = own;
      const slag = first && slagOf(first.matt);
      const perioder = [...new Map(own.map(({ fran, till }) => [fran, { fran, till }])).values()].sort((a, b) =>
        a.fran < b.fran ? -1 : 1,
      );
      if (!first || !slag || perioder.length < fewestPeriods) return [];
      const byInsats = Map.groupBy(own.filter(isSeen), ({ insats_id: id }) => id);
      const whole = [...byInsats].flatMap(([id, some]) => {
        const each = new Map(some.map((rad) => [rad.fran, rad]));
        return each.size === perioder.length ? [{ id, modell: modelOf.get(id) ?? "", each }] : [];
      });
      const modeller = [...Map.groupBy(whole, ({ modell }) => modell)]
        .sort(([a], [b]) => a.localeCompare(b, "sv"))
        .map(([modell, some]): Modelltrend => {
          const days = some.flatMap(({ id }) => breaksOf.get(id)?.map(({ datum }) => datum) ?? []);
          const del = ({ fran }: { readonly fran: string }): number => days.filter((day) => day <= fran).length;
          const isBroken = ({ fran, till }: { readonly fran: string; readonly till: string }): boolean =>
            days.some((day) => day > fran && day <= till);
          return {
            namn: begun(modell),
            // A period that a break falls in counts in two ways.
            punkter: perioder.flatMap((period, nr) => {
              const { taljare, namnare } = summed(some.flatMap(({ each }) => each.get(period.fran) ?? []));
              const varde = slag === "andel" ? taljare / namnare : taljare / 100 / namnare;
              return isBroken(period) ? [] : { nr, varde, del: del(period) };
            }),
            brott: perioder.flatMap((period, nr) => {
              const before = perioder[nr - 1];
              return before && del(period) > del(before) ? nr : [];
            }),
          };
        });
      if (modeller.length < 2) return [];
      return [{ matt: first.matt, titel: titleOf(first), slag, perioder, modeller }];
    }),
  );
};
