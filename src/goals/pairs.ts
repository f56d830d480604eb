/**
 * Two insatser side by side, measure by measure: the smallest change under which both are measured alike, and what each comes
 * to then. Alike is the same definition, the same days and the same ground, rows or delivered totals.
 */
import { append } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { fold } from "../schema/columns.ts";
import { fragor } from "../schema/definitionsprov.ts";
import type { WindowKind } from "../schema/mal.ts";
import { measureOf } from "../schema/measures.ts";
import { type Andring, andringar, type PairRow } from "../schema/pairs.ts";
import type { Mal, Pipeline } from "../schema/pipeline.ts";
import { compare, over, plus, type Rational, toNumber, zero } from "../schema/rational.ts";
import { resultId } from "../schema/results.ts";
import { listed, percent, spell, things } from "../schema/swedish.ts";
import { parseTackning } from "../schema/villkor.ts";
import { baseOf, definitionOf } from "./compare.ts";
import { type Facts, factsOf } from "./facts.ts";
import { isCovered } from "./judge.ts";
import { type Answers, answerAll, judgeUnits, type Measured, type Unit, unitsOf } from "./measured.ts";
import { recordQuestions } from "./sources.ts";
import type { Stated } from "./stated.ts";
import { length, overlap, type Period, windows } from "./windows.ts";

/** One of the two, with the goals that are stated of it. */
export interface Side {
  readonly insats_id: string;
  readonly pipeline: Pipeline;
  readonly goals: readonly Mal[];
}

type Sides = readonly [Side, Side];

/** One definition of a measure that both are asked, by which of them states it. */
interface Topic {
  /** The measure that a goal states, and under which the pair stands. */
  readonly matt: string;
  readonly goal: Mal;
  readonly definition: string;
  readonly is_other: boolean;
}

/** Calendar periods that both may share, besides all the days that they share. */
const shared: readonly WindowKind[] = ["ar", "insatsar", "termin", "tertial", "kvartal", "manad", "hela"];

/** A goal as a question of a definition alone. */
const bare = ({ id, text, matt, parametrar }: Mal, per: WindowKind): Mal => ({ id, text, matt, parametrar, per });

const definitionOfGoal = ({ matt, parametrar }: Mal): string => definitionOf({ measure: measureOf(matt), parametrar });

/** The definitions to try: as either states them, then the other usual ones of the same question. */
const topicsOf = (sides: Sides): Topic[] => {
  const topics = new Map<string, Topic>();
  const stated = sides.flatMap(({ goals }) => goals).filter(({ matt }) => matt !== "formel");
  for (const is_other of [false, true]) {
    for (const goal of stated) {
      const asked = is_other
        ? fragor.flatMap(({ sidor }) => {
            const own = sidor.find(({ isOn }) => isOn(goal));
            return own ? sidor.filter((side) => side !== own).map((side) => side.of(goal)) : [];
          })
        : [goal];
      for (const one of asked.filter(({ matt }) => !is_other || matt !== goal.matt)) {
        const definition = definitionOfGoal(one);
        const key = `${goal.matt}\n${definition}`;
        if (!topics.has(key)) topics.set(key, { matt: goal.matt, goal: one, definition, is_other });
      }
    }
  }
  return [...topics.values()];
};

/** The days that both insatser have, as one window; undefined where they share none. */
const sharedDays = (sides: Sides, facts: Facts, today: string): Period | undefined => {
  const [one, other] = sides.map((side) => windows("hela", factsOf(facts, side), today)[0]);
  if (!one || !other) return undefined;
  const both = overlap(one, other);
  return both.fran <= both.till ? both : undefined;
};

/** Two insatser, the days that they share, and the definitions that both are asked by. */
interface Pair {
  readonly sides: Sides;
  readonly days: Period | undefined;
  readonly topics: readonly Topic[];
}

/** What has to be answered before pairs can be compared: each insats for its whole time. A question that several pairs ask is one. */
export interface Asking {
  readonly pairs: readonly Pair[];
  readonly questions: readonly Unit[];
  readonly wholeOf: (side: Side, topic: Topic) => readonly Unit[];
}

/** So many insatser are compared two by two: of more, nobody reads all pairs, which would outgrow what was delivered. */
const most = 12;

/** Makes what is asked for by a key, once. */
const memo = <T>(): ((key: string, make: () => T) => T) & { readonly made: ReadonlyMap<string, T> } => {
  const made = new Map<string, T>();
  const once = (key: string, make: () => T): T => {
    const found = made.get(key) ?? make();
    made.set(key, found);
    return found;
  };
  return Object.assign(once, { made });
};

const unitsFor = (side: Side, { goal }: Topic, kinds: readonly WindowKind[], facts: Facts, today: string): Unit[] =>
  unitsOf(
    kinds.map((per): Stated => ({ ...side, goal: bare(goal, per) })),
    facts,
    () => [],
    today,
  );

const topicKey = ({ insats_id: insats }: Side, { definition }: Topic): string => `${insats}\n${definition}`;

/** The questions of every two of some sides; none where the sides are more than `most`. */
export const askPairs = (sides: readonly Side[], facts: Facts, today: string): Asking => {
  const once = memo<readonly Unit[]>();
  const wholeOf = (side: Side, topic: Topic): readonly Unit[] =>
    once(topicKey(side, topic), () => unitsFor(side, topic, ["hela"], facts, today));
  const pairs = (sides.length > most ? [] : sides).flatMap((one, i) =>
    sides.slice(i + 1).map((other): Pair => {
      const pair = [one, other] as const;
      const topics = topicsOf(pair);
      for (const topic of topics) for (const side of pair) wholeOf(side, topic);
      return { sides: pair, days: sharedDays(pair, facts, today), topics };
    }),
  );
  return { pairs, questions: [...once.made.values()].flat(), wholeOf };
};

/** What one side comes to by one definition: in periods of each kind, and in all the days that the two share. */
interface Found {
  readonly each: readonly Measured[];
  readonly whole: readonly Measured[];
}

const allOf = ({ each, whole }: Found): Measured[] => [...each, ...whole];

interface Candidate {
  readonly topic: Topic;
  readonly andring: Andring;
  readonly rows: readonly [Measured, Measured];
}

/** From least to most: a coverage that is lacking takes a new delivery. */
const costs = ({ andring }: Candidate): number => andringar.indexOf(andring);

const periodKey = ({ taken: { fonster } }: Measured): string => `${fonster.fran}/${fonster.till}`;
const isOfTotals = ({ taken }: Measured): boolean => taken.totals.length > 0;

/** The periods for which a side's own goals are judged by this definition. */
const ownPeriods = (side: Side, topic: Topic, { each }: Found): Set<string> => {
  const kinds = new Set(side.goals.filter((goal) => definitionOfGoal(goal) === topic.definition).map(({ per }) => per));
  return new Set(each.filter(({ unit }) => kinds.has(unit.goal.per)).map(periodKey));
};

/** Whether a goal of a side asks for more coverage than a value of it has. */
const lacksCoverage = ({ goals }: Side, { definition }: Topic, { judged: { namnare, okand } }: Measured): boolean =>
  goals.some(
    (goal) =>
      goal.minst_tackning !== undefined &&
      definitionOfGoal(goal) === definition &&
      namnare !== null &&
      !isCovered(parseTackning(goal.minst_tackning), { namnare, okand }),
  );

/** What a share is between, if all that is unknown were known: the value under a full coverage. */
const coverageText = ({ unit, judged }: Measured): string => {
  const { taljare, namnare, okand, tackningsgrad } = judged;
  if (tackningsgrad === null) return "";
  const said = `täckningsgraden är ${percent(tackningsgrad)}`;
  if (measureOf(unit.goal.matt).slag !== "andel" || !taljare || !namnare) return said;
  const all = plus(namnare, okand);
  const [least, most] = [over(taljare, all), over(plus(taljare, okand), all)];
  return `${said}, och med alla kända ligger andelen mellan ${percent(toNumber(least))} och ${percent(toNumber(most))}`;
};

/** Every period for which both sides are measured by a definition, on the same ground and over. */
const candidatesOf = (sides: Sides, topic: Topic, [one, other]: readonly [Found, Found]): Candidate[] => {
  const [first, second] = sides;
  const periods = [ownPeriods(first, topic, one), ownPeriods(second, topic, other)];
  const isStated = !topic.is_other && periods.every(({ size }) => size > 0);
  const byPeriod = new Map(allOf(other).map((row) => [periodKey(row), row]));
  return allOf(one).flatMap((row): Candidate[] => {
    const twin = byPeriod.get(periodKey(row));
    if (!twin || row.judged.lack !== null || twin.judged.lack !== null) return [];
    if (row.taken.fonster.ar_oppet || isOfTotals(row) !== isOfTotals(twin)) return [];
    const isOwnPeriod = periods.every((own) => own.size === 0 || own.has(periodKey(row)));
    const rows = [row, twin] as const;
    const isShort = sides.some((side, i) => lacksCoverage(side, topic, rows[i === 0 ? 0 : 1]));
    const changes = [isStated ? [] : "definition", isOwnPeriod ? [] : "period", isShort ? "täckning" : []].flat();
    const andring = andringar.find((one) => one === (listed(changes) || "ingen"));
    return andring ? [{ topic, andring, rows }] : [];
  });
};

/** The least change; of equal ones the longest period, then the latest. */
const byChange = (a: Candidate, b: Candidate): number =>
  costs(a) - costs(b) ||
  Number(a.topic.is_other) - Number(b.topic.is_other) ||
  length(b.rows[0].taken.fonster) - length(a.rows[0].taken.fonster) ||
  (a.rows[0].taken.fonster.fran < b.rows[0].taken.fonster.fran ? 1 : -1);

const nameOf = (facts: Facts, { insats_id: insats }: Side): string => facts.insatser.get(insats)?.namn ?? insats;

const measuredOf = (tried: readonly (readonly [Found, Found])[], i: number): Measured[] =>
  tried.flatMap((pair) => allOf(pair[i === 0 ? 0 : 1]));

/** Why one side has no value by any definition and in any period, in words; null where it has one. */
const lackOf = (tried: readonly (readonly [Found, Found])[], i: number): string | null => {
  const rows = measuredOf(tried, i);
  return rows.some(({ judged }) => judged.lack === null) ? null : spell(rows[0]?.judged.lack ?? "saknas");
};

/** Why no period serves, in words: the first of these that holds. */
const reasonOf = (
  sides: Sides,
  lacks: readonly (string | null)[],
  tried: readonly (readonly [Found, Found])[],
  days: Period | undefined,
  facts: Facts,
): string => {
  const lacking = sides.flatMap((side, i) => (lacks[i] ? `${nameOf(facts, side)}: ${lacks[i]}` : []));
  if (lacking.length > 0) return lacking.join("; ");
  if (!days) return "insatserna har ingen gemensam tid";
  const grounds = sides.map(
    (_, i) => new Set(measuredOf(tried, i).flatMap((row) => (row.judged.lack === null ? isOfTotals(row) : []))),
  );
  const isApart = grounds.every(({ size }) => size === 1) && grounds[0]?.has(true) !== grounds[1]?.has(true);
  if (!isApart) return "ingen period är mätt och avslutad för båda";
  const said = sides.map(
    (side, i) => `${nameOf(facts, side)} bygger på ${grounds[i]?.has(true) ? "lämnade antal" : "rader"}`,
  );
  const short = sides.filter((_, i) => grounds[i]?.has(true)).map((side) => nameOf(facts, side));
  return `${listed(said)}: det som saknas är rader från ${listed(short)}`;
};

interface Registered {
  readonly insats_id: string;
  readonly registrering: string | null;
}

/** What to think of when reading the two: what each rests on, and what they differ in that no change of definition or period removes. */
const caveatsOf = (
  { topic, rows }: Candidate,
  sides: Sides,
  registered: readonly Registered[],
  facts: Facts,
): string[] => {
  const [one, other] = sides.map(({ insats_id: id }) => registered.find((row) => row.insats_id === id)?.registrering);
  const { fran, till } = rows[0].taken.fonster;
  const broken = sides.filter(({ insats_id: id }) => facts.brott.get(id)?.some((day) => day > fran && day <= till));
  const targets = sides.map(({ goals }) => [
    ...new Set(
      goals.filter((goal) => definitionOfGoal(goal) === topic.definition).map(({ villkor }) => JSON.stringify(villkor)),
    ),
  ]);
  const isOtherTarget = targets.every(({ length: many }) => many > 0) && String(targets[0]) !== String(targets[1]);
  const isWordedAlike = sides[0].goals.some((a) =>
    sides[1].goals.some(
      (b) =>
        fold(a.text) === fold(b.text) &&
        definitionOfGoal(a) !== definitionOfGoal(b) &&
        [a.matt, b.matt].includes(topic.matt),
    ),
  );
  const perSide = rows.flatMap((row, i) => {
    const { judged } = row;
    const name = sides[i] ? nameOf(facts, sides[i]) : "";
    const { avvisade, okandaOrd } = judged.bortfall;
    return [
      avvisade.rader > 0
        ? `${name}: ${things(avvisade.rader, "en rad", "rader")} som kan höra hit har avvisats och räknas inte`
        : [],
      okandaOrd.rader > 0 ? `${name}: ord som inte är kända räknas inte` : [],
      judged.kontroll === null ? [] : `${name}: lämnade antal för samma tid säger något annat`,
      compare(judged.okand, zero) > 0 && judged.tackningsgrad === null ? `${name}: för en del är det okänt` : [],
      judged.tackningsgrad === null ? [] : `${name}: ${coverageText(row)}`,
    ].flat();
  });
  return [
    ...perSide,
    one && other && one !== other ? `deltagarna registreras olika: ${spell(one)} och ${spell(other)}` : [],
    broken.map((side) => `${nameOf(facts, side)} räknar på ett annat sätt från och med en dag i perioden`),
    measureOf(topic.goal.matt).enhet.startsWith("kr") && fran.slice(0, 4) !== till.slice(0, 4)
      ? "kronorna är från flera år och inte omräknade till ett års priser"
      : [],
    isOtherTarget ? "målvärdena är olika" : [],
    isWordedAlike ? "målen är lika till orden men räknas på olika sätt" : [],
  ].flat();
};

/** One side of a pair in one measure, and what its value was answered by. */
interface Compared {
  readonly row: PairRow;
  readonly by: Measured | undefined;
}

const value = (rational: Rational | null | undefined): number | null => (rational ? toNumber(rational) : null);

/**
 * What each side comes to by each definition that it is asked by. Periods are asked of only where both sides have something to count
 * and days in common, or where nothing is known before they are.
 */
const findAll = async (
  db: Database,
  { pairs, wholeOf }: Asking,
  answers: Answers,
  facts: Facts,
  today: string,
): Promise<(pair: Pair, topic: Topic) => readonly [Found, Found]> => {
  const judged = memo<readonly Measured[]>();
  const firstOf = (side: Side, topic: Topic): readonly Measured[] =>
    judged(topicKey(side, topic), () => judgeUnits(wholeOf(side, topic), answers, facts, today));
  const lackOfAll = (side: Side, topic: Topic): string | null => firstOf(side, topic)[0]?.judged.lack ?? null;
  const once = memo<readonly Unit[]>();
  const asked = new Map<Pair, Map<Topic, readonly (readonly [each: readonly Unit[], whole: readonly Unit[]])[]>>();
  for (const pair of pairs) {
    const { sides, days, topics } = pair;
    const own = topics.flatMap((topic) => {
      const lacks = sides.map((side) => lackOfAll(side, topic));
      const isPossible = days !== undefined && !lacks.includes("saknas");
      if (!isPossible && lacks.every((lack) => lack === null || lack === "saknas")) return [];
      const units = sides.map((side) => {
        const key = topicKey(side, topic);
        const each = once(key, () => unitsFor(side, topic, shared, facts, today));
        const [first] = each;
        if (!first || !days) return [each, []] as const;
        const rest = { hel: days, pengar: days, ar_oppet: days.till >= today, ar_kommande: false, ar_hela: false };
        const whole = once(`${key}\n${days.fran}/${days.till}`, () => [{ ...first, fonster: [{ ...days, ...rest }] }]);
        return [each, whole] as const;
      });
      return [[topic, units] as const];
    });
    asked.set(pair, new Map(own));
  }
  const found = await answerAll(db, [...once.made.values()].flat(), facts, today);
  const byUnits = new Map<readonly Unit[], readonly Measured[]>();
  const judge = (units: readonly Unit[]): readonly Measured[] => {
    const known = byUnits.get(units) ?? judgeUnits(units, found, facts, today);
    byUnits.set(units, known);
    return known;
  };
  return (pair, topic) => {
    const units = asked.get(pair)?.get(topic);
    const foundOf = (i: 0 | 1): Found => {
      const own = units?.[i];
      return own ? { each: judge(own[0]), whole: judge(own[1]) } : { each: firstOf(pair.sides[i], topic), whole: [] };
    };
    return [foundOf(0), foundOf(1)];
  };
};

/** Two for each pair and measure that a goal of either states: pairs in order, then measures by name. */
const comparedOf = async (
  db: Database,
  asking: Asking,
  answers: Answers,
  facts: Facts,
  today: string,
): Promise<Compared[]> => {
  const registered = await db.rows<Registered>("select insats_id, registrering from staging.insats");
  const foundOf = await findAll(db, asking, answers, facts, today);
  return asking.pairs.flatMap((one) => {
    const { sides, days, topics } = one;
    const tried = topics.map((topic) => ({ topic, pair: foundOf(one, topic) }));
    const byMeasure = Map.groupBy(tried, ({ topic }) => topic.matt);
    return [...byMeasure]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([matt, own]) => {
        const [best] = own.flatMap(({ topic, pair }) => candidatesOf(sides, topic, pair)).sort(byChange);
        const measure = measureOf(best?.topic.goal.matt ?? matt);
        const both = own.map(({ pair }) => pair);
        const lacks = sides.map((_, i) => (best ? null : lackOf(both, i)));
        const reason = best
          ? caveatsOf(best, sides, registered, facts).join("; ") || null
          : reasonOf(sides, lacks, both, days, facts);
        return sides.map((side, i): Compared => {
          const { modell, forbund_id: forbund } = factsOf(facts, side);
          const by = best?.rows[i];
          const row = {
            matt,
            insats_id: side.insats_id,
            annan_insats_id: sides[1 - i]?.insats_id ?? "",
            modell,
            forbund_id: forbund,
            definition: best?.topic.definition ?? own[0]?.topic.definition ?? matt,
            fran: by?.taken.fonster.fran ?? null,
            till: by?.taken.fonster.till ?? null,
            taljare: value(by?.judged.taljare),
            namnare: value(by?.judged.namnare),
            varde: value(by?.judged.varde),
            enhet: measure.enhet,
            n: by ? baseOf(measure, by.judged) : null,
            ki_lag: by?.judged.ki?.lag ?? null,
            ki_hog: by?.judged.ki?.hog ?? null,
            tackningsgrad: by?.judged.tackningsgrad ?? null,
            jamforbar: best !== undefined,
            andring: best?.andring ?? ("inget" as const),
            brist: lacks[i] ?? null,
            skal: reason,
            ofullstandig: by?.judged.bortfall.avvisade.rader ?? 0,
          };
          return { row, by };
        });
      });
  });
};

/**
 * Compares two insatser in every measure that a goal of either states: two rows for each measure, in order of measures.
 * @param db a run's database, which may be open for reading only
 */
export const comparePair = async (db: Database, sides: Sides, facts: Facts, today: string): Promise<PairRow[]> => {
  const asking = askPairs(sides, facts, today);
  const answers = await answerAll(db, asking.questions, facts, today);
  return (await comparedOf(db, asking, answers, facts, today)).map(({ row }) => row);
};

/**
 * Fills `results.parjamforelse`: each two insatser of a run, two rows for each measure.
 * @param answers what the engine answers to the questions of `asking`
 */
export const writePairs = async (
  db: Database,
  asking: Asking,
  answers: Answers,
  facts: Facts,
  today: string,
): Promise<void> => {
  const compared = (await comparedOf(db, asking, answers, facts, today)).map(({ row, by }) => ({
    row: { resultat_id: resultId("parjamforelse", [row.matt, row.insats_id, row.annan_insats_id]), ...row },
    by,
  }));
  await append(
    db,
    "parjamforelse",
    compared.map(({ row }) => row),
  );
  await recordQuestions(
    db,
    compared.flatMap(({ row, by }) => (by ? { resultat_id: row.resultat_id, question: by.unit, taken: by.taken } : [])),
  );
};
