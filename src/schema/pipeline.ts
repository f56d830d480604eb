/** A pipeline file: what the evaluator edits. Sources and goals of one insats, or of several. */
import { distance } from "fastest-levenshtein";
import { isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import { PipelineError } from "./errors.ts";
import { measures } from "./measures.ts";
import { datasetNames, datasetOf } from "./tables.ts";
import { parseVillkor } from "./villkor.ts";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date is written YYYY-MM-DD");
const slug = z.string().regex(/^[^\s/#]+$/, "an id has no space, / or #");

export const windowKinds = ["manad", "kvartal", "tertial", "termin", "ar", "insatsar", "mote", "hela"] as const;
export type WindowKind = (typeof windowKinds)[number];

const mal = z
  .strictObject({
    id: slug.describe("Målets id, unikt inom insatsen"),
    text: z.string().min(1).describe("Målet med rapportens ord"),
    matt: z.enum([...measures.keys()]).describe("Måttet som målet bedöms med"),
    parametrar: z
      .record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
      .default({})
      .describe("Måttets urval, till exempel { motestyp: styrgrupp }"),
    villkor: z
      .string()
      .refine(
        (written) => parseVillkor(written) !== undefined,
        'a condition is written ">= 60", ">= 85 %" or "40..60 %"',
      )
      .optional()
      .describe('">= 60", ">= 85 %" eller "40..60 %"; utan villkor följs målet men bedöms inte'),
    per: z.enum(windowKinds).default("hela").describe("Perioden som målet gäller för"),
    delperiod: z
      .enum(["proportionell", "hel"])
      .default("proportionell")
      .describe("Om ett antal skalas ned i en kortare period"),
    grupp: z.enum(["part", "kon"]).optional().describe("Bedöm även per part eller kön"),
    rapporterat: z
      .strictObject({
        status: z.enum(["ja", "nej", "delvis", "reviderat"]),
        dokument: z.string().optional(),
        avsnitt: z.string().optional(),
        citat: z.string().optional(),
      })
      .optional()
      .describe("Vad rapporten själv svarar"),
  })
  .superRefine((goal, context) => {
    const measure = measures.get(goal.matt);
    if (!measure) return;
    const known = [...measure.filter, ...measure.raknas, ...Object.keys(measure.minst)];
    for (const name of Object.keys(goal.parametrar)) {
      if (!known.includes(name)) {
        context.addIssue({
          code: "custom",
          path: ["parametrar", name],
          message: `${goal.matt} has no parameter ${name}${nearest(name, known)}`,
        });
      }
    }
    for (const name of measure.kravs) {
      if (!(name in goal.parametrar)) {
        context.addIssue({ code: "custom", path: ["matt"], message: `${goal.matt} needs parametrar: { ${name}: … }` });
      }
    }
    const villkor = goal.villkor === undefined ? undefined : parseVillkor(goal.villkor);
    if (villkor?.percent && measure.slag !== "andel" && measure.enhet !== "andel") {
      context.addIssue({ code: "custom", path: ["villkor"], message: `${goal.matt} is no share: leave out %` });
    }
    const bound = villkor && (villkor.operator === ".." ? villkor.to : villkor.value);
    if (bound && !villkor.percent && measure.slag === "andel" && bound.digits > 10n ** BigInt(bound.decimals)) {
      context.addIssue({
        code: "custom",
        path: ["villkor"],
        message: `${goal.matt} is a share, 0–1: write "${goal.villkor} %"`,
      });
    }
  });

const written = z.union([z.string(), z.number()]).transform(String);

const unpivot = z
  .strictObject({
    kategori: z
      .strictObject({
        rubrik: z.string().optional().describe("Kolumnen med kategorierna; utan rubrik den första"),
        kolumn: z.string().describe("Datasetets kolumn som kategorin är"),
        namn: z.record(z.string(), z.string()).default({}).describe("Kategorin som den står: vad den ska läsas som"),
      })
      .optional()
      .describe("Vad raderna är"),
    kolumner: z
      .record(z.string(), z.record(z.string(), written))
      .describe(
        "Rubrik i filen: vad dess tal gäller, till exempel { ar: 2019, kon: kvinna } eller { fran: …, till: … }",
      ),
    kolumn: z.string().optional().describe("Datasetets kolumn som talen är; annars antal eller totalt"),
    konstanter: z.record(z.string(), written).default({}).describe("Vad som gäller hela tabellen"),
    hoppa_over: z.array(z.string()).default([]).describe("Rader och kolumner som inte ska läsas"),
  })
  .describe("En bred tabell: år, eller kvinnor och män, som kolumner");

export type Unpivot = z.infer<typeof unpivot>;

const identityNumber = /\d{6}[-+]\d{4}|\d{12}/;

const korrigering = z.strictObject({
  fil: z.string().min(1).describe("Filens namn, eller hela dess namn som datakvalitet skriver det"),
  blad: z.string().optional().describe("Bladet, om filen är en arbetsbok med flera"),
  cell: z
    .string()
    .regex(/^[A-Z]{1,3}[1-9]\d*$/, "a cell is written C4")
    .describe("Cellen som den står i datakvalitet, till exempel C4"),
  gammalt: z
    .union([z.string(), z.number()])
    .transform(String)
    .describe("Vad cellen innehåller; står det något annat där stannar körningen"),
  nytt: z
    .union([z.string(), z.number()])
    .transform(String)
    .refine((written) => !identityNumber.test(written), "an identity number is never written in a pipeline file")
    .describe("Vad som ska läsas i stället"),
  skal: z.string().min(1).describe("Varför, och efter vems besked"),
  datum: day.describe("När det beslutades"),
});

const kommunnyckel = z.strictObject({
  forbund: slug.describe("Förbundets id"),
  fran: z
    .number()
    .int()
    .min(1900)
    .max(2100)
    .describe("Första året som nyckeln gäller; den gäller tills en ny tar över"),
  andelar: z
    .record(z.string().min(1), z.number().min(0).max(1_000_000))
    .refine((shares) => Object.values(shares).some((share) => share > 0), "some kommun has a share above 0")
    .describe("Kommun: dess andel, i procent eller som en proportion, till exempel { Lund: 60, Eslöv: 40 }"),
});

const pipeline = z
  .strictObject({
    insats: z.union([slug, z.array(slug).min(1)]).describe('Ett insats-id, en lista, eller "*" för alla i källorna'),
    kallor: z.array(z.string().min(1)).min(1).describe("Mappar, filer eller glob-mönster, räknat från den här filen"),
    exempel: z.boolean().default(false).describe("Påhittade uppgifter: märks överallt, blandas aldrig med riktiga"),
    personuppgifter: z
      .enum(["avvisa", "pseudonymisera"])
      .default("avvisa")
      .describe("Vad som sker med filer som bär personnummer"),
    rattsligt_stod: z.string().min(1).optional().describe("Krävs för pseudonymisera"),
    nyckelfil: z.string().optional().describe("Fil med nyckeln, om den inte står i FINSAM_KEY"),
    rapporterat_till: day.optional().describe("Sista dag som underlaget täcker"),
    seriebrott: z
      .union([day, z.array(day)])
      .transform((days) => [days].flat())
      .default([])
      .describe("Dagar då antalen började räknas på ett annat sätt: det före läggs inte ihop med det efter"),
    fullstandiga: z
      .array(z.enum(datasetNames))
      .default([])
      .describe("Register som är kompletta: inget i dem betyder 0"),
    tolkning: z
      .array(
        z
          .strictObject({
            fil: z.string().describe("Filens namn eller glob-mönster"),
            blad: z.string().optional(),
            avgransare: z
              .enum([";", ",", "|", "tab"])
              .optional()
              .describe("Tecknet mellan cellerna, om det inte ska sökas"),
            kodning: z
              .enum(["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "macintosh"])
              .optional()
              .describe("Filens teckenkodning, om den inte ska sökas"),
            dataset: z.enum(datasetNames).optional(),
            kolumner: z.record(z.string(), z.string()).default({}).describe("Rubrik i filen: kolumn i datasetet"),
            unpivot: unpivot.optional(),
          })
          .superRefine((rule, context) => {
            if (!rule.unpivot) return;
            if (!rule.dataset) {
              context.addIssue({ code: "custom", path: ["unpivot"], message: "unpivot needs dataset" });
              return;
            }
            const known = Object.keys(datasetOf(rule.dataset).columns);
            const { kategori, kolumn, konstanter, kolumner } = rule.unpivot;
            const named = [
              ...(kategori ? [kategori.kolumn] : []),
              ...(kolumn ? [kolumn] : []),
              ...Object.keys(konstanter),
              ...Object.values(kolumner).flatMap(({ ar, kolumn: own, ...rest }) => [
                ...Object.keys(rest),
                ...(own === undefined ? [] : [own]),
              ]),
            ];
            for (const name of new Set(named)) {
              if (known.includes(name)) continue;
              const message = `${rule.dataset} has no column ${name}${nearest(name, known)}`;
              context.addIssue({ code: "custom", path: ["unpivot"], message });
            }
          }),
      )
      .default([]),
    korrigeringar: z
      .array(korrigering)
      .default([])
      .describe("Celler som läses som något annat än det som levererades, med skäl"),
    poster: z.record(z.string(), z.string()).default({}).describe("Kostnadsslag i fakturor: post i budgeten"),
    avvikelsegrans: z
      .number()
      .min(0)
      .max(1000)
      .optional()
      .describe("Hur många procent ett belopp får avvika innan en förklaring krävs; annars 10"),
    kommunnyckel: z
      .array(kommunnyckel)
      .default([])
      .describe("Hur kommunerna i ett förbund delar sin del av bidraget (5 §), från och med ett år"),
    mal: z.array(mal).default([]),
  })
  .superRefine((declared, context) => {
    if (declared.personuppgifter === "pseudonymisera" && !declared.rattsligt_stod) {
      context.addIssue({
        code: "custom",
        path: ["personuppgifter"],
        message: "pseudonymisera needs rattsligt_stod: the legal ground, in words",
      });
    }
    const seen = new Set<string>();
    for (const [i, { id }] of declared.mal.entries()) {
      if (seen.has(id)) context.addIssue({ code: "custom", path: ["mal", i, "id"], message: `${id} stands twice` });
      seen.add(id);
    }
  });

export type Mal = z.infer<typeof mal>;
export interface Pipeline extends z.infer<typeof pipeline> {
  /** The file's name without folder and ending. */
  readonly name: string;
  /** The file's path, as given. */
  readonly file: string;
}

const nearest = (word: string, known: readonly string[]): string => {
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(word, candidate) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, word.length / 3) ? `; did you mean ${best.candidate}?` : "";
};

/** Keys that a mapping on this path may have, for the suggestion. */
const keysAt = (path: readonly PropertyKey[]): string[] => {
  if (path.length === 0) return Object.keys(pipeline.shape);
  if (path[0] === "mal")
    return path.includes("rapporterat") ? ["status", "dokument", "avsnitt", "citat"] : Object.keys(mal.shape);
  if (path[0] === "korrigeringar") return Object.keys(korrigering.shape);
  if (path[0] === "kommunnyckel") return Object.keys(kommunnyckel.shape);
  if (path.includes("unpivot")) return Object.keys(unpivot.shape);
  return ["fil", "blad", "avgransare", "kodning", "dataset", "kolumner", "unpivot"];
};

type Issue = z.core.$ZodIssue;
const explain = (issue: Issue, at: unknown): string => {
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    return `unknown key ${key}${nearest(key, keysAt(issue.path))}`;
  }
  if (issue.code === "invalid_value" && typeof at === "string") {
    const words = issue.values.map(String);
    return `${at} is not a valid value${nearest(at, words) || `; one of: ${words.join(", ")}`}`;
  }
  if (issue.code === "invalid_type" && at === undefined) return "is missing";
  return issue.message;
};

/** Reads one YAML text by its schema; every thing that is wrong is one line. */
const read = <T>(schema: z.ZodType<T>, file: string, text: string): T => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (node: Node | null | undefined): number => (node?.range ? lines.linePos(node.range[0]).line : 1);
  if (document.errors.length > 0) {
    throw new PipelineError(
      document.errors.map((error) => `${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split("\n")[0]}`),
    );
  }
  const outcome = schema.safeParse(document.toJS() ?? {});
  if (outcome.success) return outcome.data;
  throw new PipelineError(
    outcome.error.issues.map((issue) => {
      const keys = issue.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : [...issue.path];
      const at: unknown = document.getIn(issue.path);
      let found: Node | undefined;
      for (let depth = keys.length; depth > 0 && !found; depth--) {
        const parent = depth === 1 ? document.contents : document.getIn(keys.slice(0, depth - 1), true);
        const key = keys[depth - 1];
        found = childKey(parent, key);
      }
      const where = keys.map(String).join(".");
      return `${file}:${lineOf(found ?? document.contents)}: ${where ? `${where}: ` : ""}${explain(issue, at)}`;
    }),
  );
};

/**
 * Reads one pipeline file's text.
 * @throws PipelineError with `file:line: where: what; did you mean …?`, one line for each thing that is wrong.
 */
export const parsePipeline = (file: string, text: string): Pipeline => ({
  ...read(pipeline, file, text),
  file,
  name: file.replace(/^.*[\\/]/, "").replace(/\.ya?ml$/, ""),
});

/** Corrections of any delivery, in a file of their own beside the pipeline files. */
export const correctionsFile = "korrigeringar.yaml";

export type Korrigering = z.infer<typeof korrigering>;

/**
 * Reads `korrigeringar.yaml`: a list of corrections.
 * @throws PipelineError as parsePipeline does
 */
export const parseCorrections = (file: string, text: string): Korrigering[] => read(z.array(korrigering), file, text);

/** The node that shows where a key or list item stands. */
const childKey = (parent: unknown, key: PropertyKey | undefined): Node | undefined => {
  if (parent === null || typeof parent !== "object" || !("items" in parent) || !Array.isArray(parent.items)) return;
  if (typeof key === "number") return parent.items[key] as Node | undefined;
  for (const pair of parent.items) if (isScalar(pair?.key) && pair.key.value === key) return pair.key;
  return undefined;
};

/** The JSON Schema that editors complete from; `pipelines/pipeline.schema.json` is this, and a test holds it so. */
export const pipelineJsonSchema = (): unknown => z.toJSONSchema(pipeline, { io: "input", unrepresentable: "any" });
