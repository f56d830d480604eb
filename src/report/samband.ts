/** What the published counts of persons have to do with one another by their definitions, as constraints that a check can read. */
import { type Count, type Del, relationsOf, slag, whatOf } from "../schema/counts.ts";
import { isOfPersons } from "./figures.ts";
import { insatsPath } from "./names.ts";
import { type Constraint, type PublishedTable, tableWith } from "./publicerat.ts";
import type { Publik } from "./publik.ts";

interface Figure extends Count {
  readonly resultat: string;
  readonly del: Del;
}

const figuresOf = (publik: Publik): (Figure & { readonly insats: string })[] => {
  const together = publik.sammanslagen
    .filter(({ gruppvarde }) => !gruppvarde.startsWith("["))
    .map((rad) => ({ ...rad, ar_dold: false }));
  const rows = [...publik.maluppfyllelse, ...together].flatMap((rad) => {
    const { resultat_id: resultat, insats_id: insats, fran, till, grupp, gruppvarde, ar_dold: isHidden } = rad;
    if (!isOfPersons(rad.matt)) return [];
    return (["taljare", "namnare"] as const).flatMap((del) => {
      const what = whatOf(rad.matt, rad.parametrar, del);
      const value = rad[del];
      if (!what || (value === null && !isHidden)) return [];
      const group = grupp === "" ? "" : `${grupp}/${gruppvarde}`;
      const shown = isHidden ? undefined : (value ?? undefined);
      return { ...what, resultat, del, insats, fran, till, grupp: group, value: shown };
    });
  });
  const genders = publik.konsfordelning.flatMap((kon) => {
    const { resultat_id: resultat, insats_id: insats, fran, till, ar_dold: isHidden } = kon;
    const parts = { "kon/kvinna": kon.kvinnor, "kon/man": kon.man, "kon/okant": kon.okant, "": kon.totalt };
    return Object.entries(parts)
      .filter(([, value]) => value !== null || isHidden)
      .map(([grupp, value]) => {
        const place = { resultat, del: "taljare" as const, insats, fran, till, grupp };
        return { ...slag("deltagare"), ...place, value: value ?? undefined };
      });
  });
  // The same count stands in several goals: once is enough, where it is shown if anywhere.
  const known = [...rows, ...genders].sort((a, b) => Number(b.value === undefined) - Number(a.value === undefined));
  return [...new Map(known.map((figure) => [`${figure.insats} ${labelOf(figure)}`, figure])).values()];
};

const labelOf = ({ slag: what, grupp, fran, till }: Figure): string =>
  [what.trim(), grupp, `${fran}–${till}`].filter((part) => part !== "").join(" ");

const keysOf = (figure: Figure) => ({ figur: labelOf(figure), del: figure.del });

/** Women, men and others are all. */
const ofGender = (figures: readonly Figure[]): Constraint[] =>
  figures.flatMap((whole) => {
    if (whole.grupp !== "") return [];
    const { slag: what, fran, till } = whole;
    const parts = figures.filter(
      (one) => one.grupp.startsWith("kon/") && one.slag === what && one.fran === fran && one.till === till,
    );
    if (parts.length < 2) return [];
    const terms = [whole, ...parts].map((one, i) => ({ keys: keysOf(one), coef: i === 0 ? 1 : -1 }));
    return [{ terms, op: parts.length === 3 ? "=" : ">=", rhs: 0 }];
  });

/** One table for each insats that has related counts. */
export const ofRelations = (publik: Publik): PublishedTable[] =>
  [...Map.groupBy(figuresOf(publik), ({ insats }) => insats)].flatMap(([insats, figures]) => {
    const constraints = [
      ...relationsOf<Figure>(figures).map(
        ({ terms, isZero }): Constraint => ({
          terms: terms.map(([figure, coef]) => ({ keys: keysOf(figure), coef })),
          op: isZero ? "=" : ">=",
          rhs: 0,
        }),
      ),
      ...ofGender(figures),
    ];
    if (constraints.length === 0) return [];
    return tableWith({
      resultat: figures.map(({ resultat }) => resultat),
      population: `${insats} samband`,
      cells: figures.map((figure) => ({ keys: keysOf(figure), value: figure.value ?? null })),
      constraints,
      dokument: insatsPath(insats),
      plats: "Samband mellan antal",
    });
  });
