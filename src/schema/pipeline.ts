/** A pipeline file: what the evaluator edits. Sources and goals of one insats, or of several. */
import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Document, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";
import { z } from "zod";
import { fold } from "./columns.ts";
import { stockholmToday } from "./days.ts";
import { PipelineError } from "./errors.ts";
import { isFault, parseFormula } from "./formula.ts";
import { formSchema, type NamedForm } from "./formular.ts";
import { writtenNumber } from "./identity.ts";
import { kostnadPer } from "./kostnadper.ts";
import { day, type Mal, mal, slug } from "./mal.ts";
import { nearest } from "./nearest.ts";
import { type DatasetName, datasetNames, datasetOf } from "./tables.ts";

const written = z.union([z.string(), z.number()]).transform(String);

const said = z.record(z.string(), written);
const several = <T extends z.ZodType<string>>(schema: T) =>
  z.union([schema, z.array(schema).min(1)]).transform((one): string[] => [one].flat());

const unpivot = z
  .strictObject({
    kategori: z
      .strictObject({
        rubrik: z.string().optional().describe("Kolumnen med kategorierna; utan rubrik den första"),
        kolumn: z.string().optional().describe("Datasetets kolumn som kategorin är"),
        namn: z
          .record(z.string(), z.union([written, said]))
          .default({})
          .describe("Kategorin som den står: vad den ska läsas som, eller vad dess tal gäller: { kolumn: kvinnor }"),
      })
      .optional()
      .describe("Vad raderna är"),
    kolumner: z
      .record(z.string(), said)
      .default({})
      .describe(
        "Rubrik i filen: vad dess tal gäller, till exempel { ar: 2019, kon: kvinna } eller { fran: …, till: … }",
      ),
    rubriker: z
      .string()
      .optional()
      .describe("Vad övriga rubriker är: period, eller en kolumn i datasetet; då behöver ingen av dem nämnas"),
    kolumn: z.string().optional().describe("Datasetets kolumn som talen är; annars antal eller totalt"),
    konstanter: said.default({}).describe("Vad som gäller hela tabellen"),
    hoppa_over: z.array(z.string()).default([]).describe("Rader och kolumner som inte ska läsas"),
  })
  .describe("En bred tabell: år, eller kvinnor och män, som kolumner");

/** What is written, and what it is read as. */
export type Words = Readonly<Record<string, string>>;

const reading = z
  .strictObject({
    fil: z.string().describe("Filens namn; * är vilka tecken som helst, ? ett"),
    blad: z.string().optional().describe("Bladets namn; * är vilka tecken som helst, ? ett"),
    avgransare: z.enum([";", ",", "|", "tab"]).optional().describe("Tecknet mellan cellerna, om det inte ska sökas"),
    kodning: z
      .enum(["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "macintosh"])
      .optional()
      .describe("Filens teckenkodning, om den inte ska sökas"),
    dataset: z.enum(datasetNames).optional().describe("Vad bladet läses som; flera poster kan läsa det som var sitt"),
    kolumner: z
      .record(z.string(), several(z.string()))
      .default({})
      .describe("Rubrik i filen: kolumn i datasetet, eller en lista av kolumner"),
    konstanter: said.default({}).describe("Kolumn: vad den är där cellen är tom eller kolumnen saknas"),
    varden: z
      .record(z.string(), said)
      .default({})
      .describe('Kolumn: { som det står: som det läses }; "" är en tom cell, "*" allt annat, arb* en början'),
    nollor: z
      .record(z.string(), z.int().min(1).max(30))
      .default({})
      .describe("Id-kolumn: hur många siffror det har, med nollor före"),
    urval: z
      .record(z.string(), several(written))
      .default({})
      .describe("Rubrik: de texter vars rader läses; andra rader hoppas över"),
    hoppa_over: z.array(z.string()).default([]).describe("Rubriker och första celler som inte ska läsas"),
    period: several(written)
      .optional()
      .describe("Var perioden står: en rubrik, flera ([År, Månad]), ett år, bladnamn eller filnamn"),
    belopp: z
      .strictObject({ debet: z.string(), kredit: z.string() })
      .optional()
      .describe("Rubrikerna för debet och kredit; beloppet är debet minus kredit"),
    tecken: z.enum(["omvant"]).optional().describe("Beloppen står med omvänt tecken"),
    avrunda: z.enum(["ore"]).optional().describe("Belopp med delar av ören avrundas till hela"),
    unpivot: unpivot.optional(),
    svarsrader: z
      .strictObject({
        fragor: z.array(z.string()).default([]).describe("Rubrikerna som är frågor"),
        flerval: z.array(z.string()).default([]).describe("Frågor med flera svar, åtskilda av semikolon"),
        grupp: z.string().optional().describe("Rubriken som säger vilken grupp den svarande hör till"),
      })
      .optional()
      .describe("En enkät med en svarande per rad"),
  })
  .superRefine((rule, context) => {
    const { dataset, unpivot: wide, svarsrader } = rule;
    const complain = (path: string, message: string): void =>
      context.addIssue({ code: "custom", path: [path], message });
    if (wide && !dataset) complain("unpivot", "unpivot needs dataset");
    if (svarsrader && dataset !== "enkat") complain("svarsrader", "svarsrader needs dataset: enkat");
    const columns = ({ kolumn, ar: _, ...rest }: Readonly<Record<string, string>>): string[] => [
      ...Object.keys(rest),
      ...(kolumn === undefined ? [] : [kolumn]),
    ];
    const named: readonly (readonly [path: string, names: readonly string[]])[] = [
      ["konstanter", Object.keys(rule.konstanter)],
      ["varden", Object.keys(rule.varden)],
      ["nollor", Object.keys(rule.nollor)],
      [
        "unpivot",
        wide
          ? [
              ...columns({ ...wide.konstanter, kolumn: wide.kolumn ?? "" }).filter((name) => name !== ""),
              ...(wide.kategori?.kolumn === undefined ? [] : [wide.kategori.kolumn]),
              ...(wide.rubriker === undefined || wide.rubriker === "period" ? [] : [wide.rubriker]),
              ...[...Object.values(wide.kolumner), ...Object.values(wide.kategori?.namn ?? {})].flatMap((one) =>
                typeof one === "string" ? [] : columns(one),
              ),
            ]
          : [],
      ],
    ];
    const known = dataset
      ? Object.keys(datasetOf(dataset).columns)
      : datasetNames.flatMap((name) => Object.keys(datasetOf(name).columns));
    for (const [path, names] of named) {
      for (const name of new Set(names)) {
        if (known.includes(name)) continue;
        complain(path, `${dataset ?? "no dataset"} has ${dataset ? "no" : "a"} column ${name}${nearest(name, known)}`);
      }
    }
  });

/** How a pipeline says that a sheet is read. */
export type Reading = z.infer<typeof reading>;
/** The same as it is written in a pipeline file, of one dataset, besides which tables it is for. */
export type Rule = Omit<z.input<typeof reading>, "fil" | "blad" | "dataset"> & { readonly dataset: DatasetName };

const korrigering = z.strictObject({
  fil: z.string().min(1).describe("Filens namn, eller hela dess namn som datakvalitet skriver det"),
  blad: z.string().optional().describe("Bladet, om filen är en arbetsbok med flera"),
  cell: z
    .string()
    .regex(/^[A-Z]{1,3}[1-9]\d*$/, "a cell is written C4")
    .describe("Cellen som den står i datakvalitet, till exempel C4"),
  gammalt: written.describe(
    "Vad cellen innehåller; står det något annat där stannar körningen, om ingen tidigare version av filen hade det",
  ),
  nytt: written.describe("Vad som ska läsas i stället"),
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
    .refine((shares) => {
      const named = Object.entries(shares).map(([kommun, share]) => [fold(kommun), share] as const);
      return named.every(([kommun, share]) => named.every(([other, its]) => other !== kommun || its === share));
    }, "a kommun stands twice, with different shares")
    .describe("Kommun: dess andel, i procent eller som en proportion, till exempel { Lund: 60, Eslöv: 40 }"),
});

const vardparameter = z.strictObject({
  vikt: z.number().positive().max(1000).default(1).describe("Hur mycket graden väger"),
  regel: z
    .union([
      z
        .tuple([z.number(), z.number(), z.number()], "the limits are three")
        .refine(([a, b, c]) => a < b && b < c, "the limits are written in rising order"),
      z.enum(["kvartil", "lika_bredd"]),
    ])
    .default("kvartil")
    .describe(
      "Hur värdena delas i grad 1 till 4: kvartil, lika_bredd, eller tre gränser; på gränsen är graden den lägre",
    ),
  riktning: z
    .enum(["stigande", "fallande"])
    .default("stigande")
    .describe("Om ett högt värde är tyngre (stigande) eller ett lågt (fallande)"),
});
const formula = z
  .string()
  .refine((written) => !isFault(parseFormula(written)), "a formula is written [utsaga_id] * 4 + [annan_utsaga]");

const scenario = z.strictObject({
  id: slug,
  insats: slug.optional().describe("Insatsen, om filen gäller flera"),
  namn: z.string().min(1).describe("Vad nivån eller alternativet kallas"),
  av: z.string().min(1).describe("Vad det är flera av, till exempel team"),
  antal: formula.optional().describe('Hur många underlaget anger, till exempel "[antal-team]"'),
  visa: z.array(z.int().min(1).max(1000)).default([]).describe("Andra antal som ska räknas"),
  bemanning: formula.optional().describe("Tjänster i vart och ett: summan av utsagor om omfattning"),
  kostnad: formula.optional().describe("Kostnaden för vart och ett"),
  gemensamt: z
    .strictObject({
      namn: z.string().min(1),
      bemanning: formula.optional(),
      kostnad: formula.optional().describe("Anges den inte i underlaget blir den ett intervall ur totalt"),
    })
    .optional()
    .describe("Vad som är gemensamt för alla"),
  totalt: formula.optional().describe("Underlagets summa för dess eget antal"),
});
export type Scenario = z.infer<typeof scenario>;

const pipeline = z
  .strictObject({
    insats: z
      .union([slug, z.array(slug).min(1)])
      .describe('Ett insats-id, en lista, eller "*" för alla i källorna')
      .transform((one) => [one].flat()),
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
    tolkning: z.array(reading).default([]),
    ersatter: z
      .record(z.string().min(1), several(z.string().min(1)))
      .default({})
      .describe(
        "Ny fil: den gamla fil, eller de, som den ersätter. Inga rader ur den gamla räknas från den dag den nya kom",
      ),
    korrigeringar: z
      .array(korrigering)
      .default([])
      .describe("Celler som läses som något annat än det som levererades, med skäl"),
    poster: z.record(z.string(), z.string()).default({}).describe("Kostnadsslag i fakturor: post i budgeten"),
    enhetskostnader: z
      .array(z.enum(Object.keys(kostnadPer)))
      .optional()
      .describe("Vad kostnaden delas med; annars deltagande, avslutad och timme, om de har räknats"),
    aldersgranser: z
      .array(z.int().min(1))
      .min(1)
      .refine((ages) => ages.every((age, i) => i === 0 || age > (ages[i - 1] ?? 0)), "ages are written in rising order")
      .default([30, 45, 60])
      .describe("Åldrarna där en ny åldersgrupp börjar: 30, 45 och 60 ger -29, 30-44, 45-59 och 60-"),
    avvikelsegrans: z
      .number()
      .min(0)
      .max(1000)
      .optional()
      .describe("Hur många procent ett belopp får avvika innan en förklaring krävs; annars 10"),
    troskel: z
      .union([
        z.int().min(5, "fewer than 5 need {antal, skal, roll}: why, and who decided").max(1000),
        z.strictObject({ antal: z.int().min(1).max(1000), skal: z.string().min(1), roll: z.string().min(1) }),
      ])
      .optional()
      .describe(
        "Minsta antal personer som visas; annars 5. Färre bara med skäl och roll, till exempel { antal: 1, skal: tabellen är redan publicerad, roll: förbundschef }",
      ),
    kommunnyckel: z
      .array(kommunnyckel)
      .default([])
      .describe("Hur kommunerna i ett förbund delar sin del av bidraget (5 §), från och med ett år"),
    vardtyngd: z
      .record(z.string().min(1), vardparameter)
      .default({})
      .describe("Parameter i vardenhet: hur den graderas och väger, för de förbund vars vårdenheter källorna har"),
    scenarier: z
      .array(scenario)
      .default([])
      .describe("Bemanning och kostnad för olika antal, av uppgifter i underlaget"),
    formular: z
      .array(
        z.union([
          z.string().min(1),
          z.strictObject({
            fil: z.string().min(1).describe("Formulärets fält"),
            docx: z
              .string()
              .min(1)
              .describe("Förbundets eget dokument, som fylls; annars ställs formuläret upp på nytt"),
          }),
        ]),
      )
      .default([])
      .describe("Formulär som fylls för varje insats i rapport/formular, räknat från den här filen"),
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

export type { Mal } from "./mal.ts";
export interface Pipeline extends z.infer<typeof pipeline> {
  /** The file's path, as given. */
  readonly file: string;
  /** What `formular` names, read. */
  readonly forms?: readonly NamedForm[];
  /** The line on which a setting is written. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** One goal of one insats, with the pipeline that states it. */
export interface Stated {
  readonly insats_id: string;
  readonly goal: Mal;
  readonly pipeline: Pipeline;
}

type Issue = z.core.$ZodIssue;

/** A value that fits no form is told what is wrong with the form that it has: a list that of a list. */
const plain = (issue: Issue): Issue[] => {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.find(
    (branch) => !branch.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  return (meant ?? []).length === 0
    ? [issue]
    : (meant ?? []).flatMap((inner) => plain({ ...inner, path: [...issue.path, ...inner.path] }));
};

/** What is wrong, in our words: keys and words with the nearest that may stand there. */
const explain = (issue: z.core.$ZodRawIssue): string | undefined => {
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    return `unknown key ${key}${issue.inst instanceof z.ZodObject ? nearest(key, Object.keys(issue.inst.shape)) : ""}`;
  }
  if (issue.code === "invalid_value" && typeof issue.input === "string") {
    const words = issue.values.map(String);
    return `${issue.input} is not a valid value${nearest(issue.input, words) || `; one of: ${words.join(", ")}`}`;
  }
  return issue.code === "invalid_type" && issue.input === undefined ? "is missing" : undefined;
};

/** The text of a file. @throws PipelineError the bytes are not UTF-8, or hold a null character, as UTF-16 does */
const decode = (file: string, written: string | Uint8Array): string => {
  const [strict, lenient] = [true, false].map((fatal) => new TextDecoder("utf-8", { fatal }));
  let text: string | undefined;
  try {
    text = typeof written === "string" ? written : strict?.decode(written);
  } catch {
    text = undefined;
  }
  if (text !== undefined && !text.includes("\0")) return text;
  const read = text ?? lenient?.decode(written as Uint8Array) ?? "";
  const line = read.slice(0, read.search(/[\0\uFFFD]/)).split("\n").length;
  throw new PipelineError([`${file}:${line}: the text is not UTF-8; save the file as UTF-8`]);
};

/** Each text of a value, keys and figures too, and where it stands. */
const textsIn = (
  value: unknown,
  path: readonly PropertyKey[] = [],
): { path: readonly PropertyKey[]; text: string }[] =>
  value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([key, inner]) => {
        const at = [...path, Array.isArray(value) ? Number(key) : key];
        return [{ path: at, text: key }, ...textsIn(inner, at)];
      })
    : [{ path, text: String(value) }];

/**
 * What is written in these files goes on to the database and the report without passing the door, so none of it may be an
 * identity number: no key, no value, no comment.
 * @param lineOf the line that a text stands on, asked for when it holds a number
 * @throws PipelineError with the lines, the numbers masked
 */
const requireAnonymous = <T extends { readonly text: string }>(
  file: string,
  texts: readonly T[],
  lineOf: (one: T) => number,
): void => {
  const today = stockholmToday();
  const found = new Map(
    texts.flatMap((one) => {
      const masked = writtenNumber(one.text, today);
      return masked === undefined ? [] : [[lineOf(one), masked] as const];
    }),
  );
  if (found.size === 0) return;
  throw new PipelineError(
    [...found].map(
      ([line, masked]) => `${file}:${line}: ${masked}: an identity number is never written in a pipeline file`,
    ),
  );
};

/** Whether what stands under these keys is text, whatever it looks like. */
const isText = (keys: readonly string[]): boolean =>
  (keys[0] === "tolkning" && !keys.includes("nollor")) ||
  ["insats", "poster"].includes(keys[0] ?? "") ||
  keys.includes("rapporterat") ||
  (keys[0] === "mal" && keys.at(-1) === "id");

/** @throws PipelineError with `file:line: what`, one line for each thing that makes it unreadable */
const readYaml = (
  file: string,
  text: string,
): { document: Document.Parsed; value: unknown; lineOf: (node: Node | null | undefined) => number } => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "error" });
  const lineOf = (node: Node | null | undefined): number => (node?.range ? lines.linePos(node.range[0]).line : 1);
  const problems = [...document.errors, ...document.warnings].map(({ code, message, linePos }) => ({
    line: linePos?.[0].line ?? 1,
    what: code === "RESOURCE_EXHAUSTION" ? "is nested too deeply" : (message.split("\n")[0] ?? ""),
  }));
  let last: Node | undefined;
  if (problems.length === 0) {
    visit(document, {
      Alias(_, alias, path) {
        last = alias;
        const target = alias.resolve(document);
        if (target === undefined)
          problems.push({ line: lineOf(alias), what: `*${alias.source}: nothing above is &${alias.source}` });
        else if (path.includes(target))
          problems.push({ line: lineOf(alias), what: `*${alias.source} repeats what it is part of` });
      },
      Scalar(_, node, path) {
        // What is a text is it as it is written: an account 0711, a part 1.10, a sheet 2023.
        const keys = path.flatMap((one) => (isPair(one) && isScalar(one.key) ? [`${one.key.value}`] : []));
        if (typeof node.value === "number" && node.source !== undefined && isText(keys)) node.value = node.source;
      },
      Pair(_, { key }) {
        if (!isScalar(key)) problems.push({ line: lineOf(key as Node | null), what: "a key is one word or text" });
      },
    });
  }
  const refuse = (): never => {
    throw new PipelineError(problems.map(({ line, what }) => `${file}:${line}: ${what}`));
  };
  if (problems.length > 0) return refuse();
  try {
    return { document, value: document.toJS(), lineOf };
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    const what = last ? "repeats (*name) give too much; write out what they stand for" : "is nested too deeply";
    problems.push({ line: lineOf(last ?? document.contents), what });
    return refuse();
  }
};

/** Reads one file's YAML by its schema; every thing that is wrong is one line. */
const read = <T>(
  schema: z.ZodType<T>,
  file: string,
  written: string | Uint8Array,
): { readonly data: T; readonly lineOf: Pipeline["lineOf"] } => {
  const text = decode(file, written);
  const own = file.replace(/^.*[\\/]/, "");
  const masked = writtenNumber(own);
  if (masked !== undefined)
    throw new PipelineError([`${file.slice(0, -own.length)}${masked}: an identity number is never a file's name`]);
  const lines = text.split("\n").map((line, i) => ({ text: line, line: i + 1 }));
  requireAnonymous(file, lines, ({ line }) => line);
  const { document, value, lineOf: lineOfNode } = readYaml(file, text);
  const lineOf = (path: readonly PropertyKey[]): number => {
    let found: Node | undefined;
    for (let depth = path.length; depth > 0 && !found; depth--) {
      const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
      found = childKey(parent, path[depth - 1]);
    }
    return lineOfNode(found ?? document.contents);
  };
  requireAnonymous(file, textsIn(value), ({ path }) => lineOf(path));
  const outcome = schema.safeParse(value ?? {}, { error: explain });
  if (outcome.success) return { data: outcome.data, lineOf };
  throw new PipelineError(
    outcome.error.issues.flatMap(plain).map((issue) => {
      const keys = issue.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : [...issue.path];
      const where = keys.map(String).join(".");
      return `${file}:${lineOf(keys)}: ${where ? `${where}: ` : ""}${issue.message}`;
    }),
  );
};

/** @throws PipelineError with `file:line: where: what; did you mean …?`, one line for each thing that is wrong. */
export const parsePipeline = (file: string, written: string | Uint8Array): Pipeline => {
  const { data, lineOf } = read(pipeline, file, written);
  return { ...data, file, lineOf };
};

/** Corrections of any delivery, in a file of their own beside the pipeline files. */
export const correctionsFile = "korrigeringar.yaml";

export type Korrigering = z.infer<typeof korrigering>;

/** @throws PipelineError as parsePipeline does */
export const parseCorrections = (file: string, written: string | Uint8Array): Korrigering[] =>
  read(z.array(korrigering), file, written).data;

/**
 * Reads a form's fields, and notes which document is to be filled with them.
 * @throws PipelineError as parsePipeline does, and if a file is missing
 */
export const readForm = (file: string, docx?: string): NamedForm => {
  for (const one of [file, docx ?? file])
    if (!existsSync(one)) throw new PipelineError([`${one}: there is no such file`]);
  return {
    name: basename(file).replace(/\.ya?ml$/, ""),
    form: read(formSchema, file, readFileSync(file)).data,
    docx: docx === undefined ? undefined : { file: docx, sha256: hash("sha256", readFileSync(docx)) },
  };
};

const leverans = z.looseObject({ mottagen: day });

/**
 * Reads `leverans.yaml`, which says when the files beside it were received.
 * @throws PipelineError as parsePipeline does
 */
export const parseReceived = (file: string, written: string | Uint8Array): string =>
  read(leverans, file, written).data.mottagen;

/** The node that shows where a key or list item stands. */
const childKey = (parent: unknown, key: PropertyKey | undefined): Node | undefined => {
  if (parent === null || typeof parent !== "object" || !("items" in parent) || !Array.isArray(parent.items)) return;
  if (typeof key === "number") return parent.items[key] as Node | undefined;
  for (const pair of parent.items) if (isScalar(pair?.key) && pair.key.value === key) return pair.key;
  return undefined;
};

/** The JSON Schema that editors complete from; `pipelines/pipeline.schema.json` is this, and a test holds it so. */
export const pipelineJsonSchema = (): unknown => z.toJSONSchema(pipeline, { io: "input", unrepresentable: "any" });
