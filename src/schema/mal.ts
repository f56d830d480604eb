/** A goal as the evaluator states it in a pipeline file. */
import { z } from "zod";
import { fold } from "./columns.ts";
import { isDay } from "./days.ts";
import { type Formula, isFault, parseFormula } from "./formula.ts";
import { type GroupKind, groupKinds, type Measure, measures, parametersOf } from "./measures.ts";
import { nearest } from "./nearest.ts";
import { isRate } from "./rate.ts";
import { parseTackning, parseTolerans, parseVillkor, type Villkor } from "./villkor.ts";

export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "a date is written YYYY-MM-DD", abort: true })
  .refine(isDay, "there is no such day");
export const slug = z.string().regex(/^[^\s/#]+$/, "an id has no space, / or #");

export const windowKinds = ["manad", "kvartal", "tertial", "termin", "ar", "insatsar", "mote", "hela"] as const;
export type WindowKind = (typeof windowKinds)[number];

const condition = z
  .string()
  .refine((written) => parseVillkor(written) !== undefined, 'a condition is written ">= 60", ">= 85 %" or "40..60 %"');

const niva = z
  .strictObject({
    villkor: condition.describe('">= 60", ">= 85 %" eller "40..60 %"'),
    giltig_fran: day.optional().describe("Första dagen nivån gäller"),
    giltig_till: day.optional().describe("Sista dagen nivån gäller"),
    beslut: z.string().min(1).optional().describe("Var nivån är beslutad, till exempel Styrelsen 2022-11-04 § 12"),
  })
  .describe("En nivå av målet, och när den gäller");

const fields = z.strictObject({
  id: slug.describe("Målets id, unikt inom insatsen"),
  text: z.string().min(1).describe("Målet med rapportens ord"),
  matt: z
    .enum([...measures.keys(), "formel"])
    .describe("Måttet som målet bedöms med; formel för aritmetik över uppgifter och resultat"),
  parametrar: z
    .record(z.string(), z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]).transform(String))]))
    .default({})
    .describe('Måttets urval, till exempel { motestyp: styrgrupp }, eller { formel: "[klara] / [alla]" }'),
  villkor: z
    .union([condition, z.array(niva).min(1)])
    .optional()
    .describe(
      '">= 60", ">= 85 %" eller "40..60 %", eller en lista av nivåer; utan villkor följs målet men bedöms inte',
    ),
  giltig_fran: day.optional().describe("Första dagen villkoret gäller"),
  giltig_till: day.optional().describe("Sista dagen villkoret gäller"),
  beslut: z.string().min(1).optional().describe("Var villkoret är beslutat"),
  tolerans: z
    .union([z.string(), z.number()])
    .refine(
      (written) => parseTolerans(written) !== undefined,
      'a tolerance is written "5 %" (of the target), 5 or "5 procentenheter"',
    )
    .optional()
    .describe('Hur mycket som får fattas för att visas som nära: "5 %" av målvärdet, 5, eller "5 procentenheter"'),
  minst_n: z.int().min(1).optional().describe("Minsta nämnare som en andel eller kvot bedöms på"),
  minst_tackning: z
    .union([z.string(), z.number()])
    .refine((written) => parseTackning(written) !== undefined, 'a coverage is a share, 0–1: "80 %" or 0.8')
    .optional()
    .describe('Minsta täckningsgrad som målet bedöms på, till exempel "80 %"'),
  riktning: z.enum(["upp", "ned"]).optional().describe("Åt vilket håll ett mål utan villkor ska gå"),
  per: z.enum(windowKinds).default("hela").describe("Perioden som målet gäller för"),
  delperiod: z
    .enum(["proportionell", "hel"])
    .optional()
    .describe("Om målet för ett antal skalas ned i en kortare period; annars skalas alla utom hur många som deltar"),
  grupp: z.enum(groupKinds).optional().describe("Målet är varje grupps; helheten visas bredvid och bedöms inte"),
  uppdelning: z.enum(groupKinds).optional().describe("Målet är allas; grupperna visas bredvid och bedöms inte"),
  rapporterat: z
    .strictObject({
      status: z.enum(["ja", "nej", "delvis", "reviderat"]),
      dokument: z.string().optional(),
      avsnitt: z.string().optional(),
      citat: z.string().optional(),
    })
    .optional()
    .describe("Vad rapporten själv svarar"),
});

export type Mal = z.infer<typeof fields>;

/** One level of a goal: what it demands, from which day to which (both counted), and where that was decided. */
export interface Niva {
  readonly villkor: Villkor;
  readonly skrivet: string;
  readonly fran: string;
  readonly till: string;
  readonly beslut: string | null;
}

/** What rows beside the whole a goal has: each judged by it, or shown. */
export const dimensionOf = ({ grupp, uppdelning }: Mal): GroupKind | undefined => grupp ?? uppdelning;

/**
 * Whether a count's target is scaled in a shorter period. Who is there does not grow with the days, but a target for several
 * periods joined is the sum of what each asks for its days.
 */
export const delperiodOf = (
  { delperiod }: Mal,
  { bestand }: Measure,
  { ar_sammanslagen: isJoined = false } = {},
): "proportionell" | "hel" => delperiod ?? (bestand && !isJoined ? "hel" : "proportionell");

const first = "0001-01-01";
const last = "9999-12-31";

/** Levels as they are written: a goal with one condition is its own. */
const levelsOf = ({ villkor, ...goal }: Mal): z.infer<typeof niva>[] =>
  typeof villkor === "string" ? [{ ...goal, villkor }] : (villkor ?? []);

/** The levels a goal states, in time order; none for a goal that is only followed. */
export const nivaerOf = (goal: Mal): Niva[] =>
  levelsOf(goal)
    .flatMap((stated) => {
      const parsed = parseVillkor(stated.villkor);
      const period = { fran: stated.giltig_fran ?? first, till: stated.giltig_till ?? last };
      return parsed ? [{ villkor: parsed, skrivet: stated.villkor, ...period, beslut: stated.beslut ?? null }] : [];
    })
    .sort((a, b) => (a.fran < b.fran ? -1 : 1));

/** What is wrong with a goal that each of its fields alone does not show. */
interface Slip {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const parameterSlips = ({ matt, parametrar }: Mal, measure: Measure): Slip[] => {
  const known = parametersOf(measure);
  return [
    ...Object.keys(parametrar)
      .filter((name) => !known.includes(name))
      .map((name) => ({
        path: ["parametrar", name],
        message: `${matt} has no parameter ${name}${nearest(name, known)}`,
      })),
    ...Object.keys(measure.minst)
      .filter((name) => name in parametrar && !/^\d+$/.test(String(parametrar[name])))
      .map((name) => ({ path: ["parametrar", name], message: "is a whole number" })),
    ...measure.kravs
      .filter((name) => !(name in parametrar))
      .map((name) => ({ path: ["matt"], message: `${matt} needs parametrar: { ${name}: … }` })),
  ];
};

/** What measures are in but numbers, which a condition may name by what is counted: personer, möten. */
const units = new Set([...measures.values()].map(({ enhet }) => enhet).filter((enhet) => enhet !== "antal"));

/** Whether a condition is written in the unit of what it is held to; of `kr/timme` kr is enough. */
export const isInUnit = ({ enhet: written, percent }: Villkor, enhet: string): boolean =>
  written === "" ||
  percent ||
  (enhet === "antal"
    ? !units.has(written)
    : [enhet, enhet.replace(/\/.*/, "")].some((unit) => fold(unit) === fold(written)));

const unitSlips = (matt: string, written: string, measure: Measure, path: Slip["path"]): Slip[] => {
  const villkor = parseVillkor(written);
  if (!villkor) return [];
  if (villkor.percent && measure.slag !== "andel" && measure.enhet !== "andel") {
    return [{ path, message: `${matt} is no share: leave out %` }];
  }
  if (!isInUnit(villkor, measure.enhet))
    return [{ path, message: `${matt} is in ${measure.enhet}, not ${villkor.enhet}` }];
  const bound = villkor.operator === ".." ? villkor.to : villkor.value;
  return !villkor.percent && measure.slag === "andel" && bound.digits > 10n ** BigInt(bound.decimals)
    ? [{ path, message: `${matt} is a share, 0–1: write "${written} %"` }]
    : [];
};

const validitySlips = (mal: Mal): Slip[] => {
  const stated = (["giltig_fran", "giltig_till", "beslut"] as const).filter((name) => mal[name] !== undefined);
  if (typeof mal.villkor === "string" || stated.length === 0) return [];
  const message = mal.villkor ? "stands in each level of villkor, not beside them" : "says nothing without villkor";
  return stated.map((name) => ({ path: [name], message }));
};

/** Where a level has a setting. */
const placeIn = ({ villkor }: Mal, i: number, name: string): Slip["path"] =>
  typeof villkor === "string" ? [name] : ["villkor", i, name];

const levelSlips = (mal: Mal): Slip[] => {
  const levels = levelsOf(mal);
  const at = (i: number, name: string): Slip["path"] => placeIn(mal, i, name);
  const slips: Slip[] = [];
  const periods = levels.map(({ giltig_fran: fran = first, giltig_till: till = last }) => ({ fran, till }));
  const parsed = levels.map(({ villkor }) => parseVillkor(villkor));
  for (const [i, { fran, till }] of periods.entries()) {
    if (till < fran) slips.push({ path: at(i, "giltig_till"), message: `${till} is before giltig_fran ${fran}` });
    const before = periods.findIndex((other, k) => k < i && other.fran <= till && fran <= other.till);
    if (before >= 0) slips.push({ path: ["villkor", i], message: `overlaps level ${before + 1} in time` });
    const [reference] = parsed;
    const own = parsed[i];
    if (!reference || !own) continue;
    if (own.operator !== reference.operator) {
      const message = `the levels of a goal share one operator: ${reference.operator} stands first`;
      slips.push({ path: at(i, "villkor"), message });
    } else if (own.percent !== reference.percent) {
      slips.push({ path: at(i, "villkor"), message: "the levels of a goal share one unit: all with %, or none" });
    }
  }
  return slips;
};

const fieldSlips = (mal: Mal, measure: Measure): Slip[] => {
  const { matt, villkor, tolerans, uppdelning } = mal;
  const dimension = dimensionOf(mal);
  const slips: Slip[] = [];
  if (tolerans !== undefined && villkor === undefined) {
    slips.push({ path: ["tolerans"], message: "says nothing without villkor" });
  }
  if (tolerans !== undefined && parseTolerans(tolerans)?.of === "procentenheter" && measure.enhet !== "andel") {
    slips.push({ path: ["tolerans"], message: `${matt} is no share: leave out procentenheter` });
  }
  for (const name of ["minst_n", "minst_tackning"] as const) {
    if (mal[name] === undefined || isRate(measure)) continue;
    slips.push({ path: [name], message: `${matt} has no denominator: ${name} is for shares and ratios` });
  }
  if (mal.riktning !== undefined && villkor !== undefined) {
    slips.push({ path: ["riktning"], message: "is for a goal without villkor: the condition has a direction already" });
  }
  if (mal.grupp !== undefined && uppdelning !== undefined) {
    slips.push({ path: ["uppdelning"], message: "stands beside grupp: a goal is each group's, or that of all" });
  }
  if (measure.helhet.length > 0 && mal.grupp === undefined && !measure.helhet.some((name) => name in mal.parametrar)) {
    slips.push({ path: ["matt"], message: `${matt} needs grupp: part, or parametrar: { ${measure.helhet[0]}: … }` });
  }
  if (dimension !== undefined && !measure.grupper.includes(dimension)) {
    const known = measure.grupper.length === 0 ? "it has none" : `one of: ${measure.grupper.join(", ")}`;
    slips.push({
      path: [mal.grupp === undefined ? "uppdelning" : "grupp"],
      message: `${matt} is not counted by ${dimension}; ${known}`,
    });
  }
  return slips;
};

/** The formula of a goal on one; undefined for a goal on a measure. */
export const formulaOf = ({ matt, parametrar: { formel } }: Mal): Formula | undefined => {
  const read = matt === "formel" && typeof formel === "string" ? parseFormula(formel) : undefined;
  return read && !isFault(read) ? read : undefined;
};

/** A formula has no rows of its own: nothing to divide by period or group, and no denominator. */
const formulaSlips = (goal: Mal): Slip[] => {
  const { formel, ...others } = goal.parametrar;
  const read = typeof formel === "string" ? parseFormula(formel) : undefined;
  const slips: Slip[] = Object.keys(others).map((name) => ({
    path: ["parametrar", name],
    message: `formel has no parameter ${name}${nearest(name, ["formel"])}`,
  }));
  if (read === undefined) {
    slips.push({ path: ["matt"], message: 'formel needs parametrar: { formel: "[a] / [b]" }' });
  } else if (isFault(read)) {
    const where = read.star === "" ? "it ends too early" : `"${read.star}" at character ${read.plats}`;
    slips.push({ path: ["parametrar", "formel"], message: `cannot be read: ${where}` });
  }
  if (goal.per !== "hela") slips.push({ path: ["per"], message: "a goal on formel has per: hela" });
  for (const name of ["grupp", "uppdelning", "minst_n", "minst_tackning"] as const) {
    if (goal[name] !== undefined) slips.push({ path: [name], message: "is not for a goal on formel" });
  }
  return slips;
};

export const mal = fields.superRefine((goal, context) => {
  const measure = measures.get(goal.matt);
  const unitsOf = (one: Measure): Slip[] =>
    levelsOf(goal).flatMap(({ villkor }, i) => unitSlips(goal.matt, villkor, one, placeIn(goal, i, "villkor")));
  const slips = [
    ...(measure ? [...parameterSlips(goal, measure), ...unitsOf(measure)] : formulaSlips(goal)),
    ...validitySlips(goal),
    ...levelSlips(goal),
    ...(measure ? fieldSlips(goal, measure) : []),
  ];
  for (const { path, message } of slips) context.addIssue({ code: "custom", path: [...path], message });
});
