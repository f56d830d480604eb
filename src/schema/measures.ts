/** The measures there are: each file in `sql/measures` says in its header what kind it is and what a goal may ask of it. */
import { parse } from "yaml";
import { z } from "zod";
import { type SqlFile, sqlFiles } from "./sql.ts";

const header = z.strictObject({
  /** `antal` counts distinct nyckel, `summa` adds, `andel` and `kvot` are Σ/Σ. */
  slag: z.enum(["antal", "summa", "andel", "kvot"]),
  /** The unit `varde` has in results; `kr` and `kr/…` are counted in öre and divided at the end. */
  enhet: z.string(),
  /** Evidence columns a goal may select on: `parametrar: { motestyp: styrgrupp }`. */
  filter: z.array(z.string()).default([]),
  /** Parameters that are lower bounds: `minst_parter` → the evidence column it bounds. */
  minst: z.record(z.string(), z.string()).default({}),
  /** Evidence columns whose value decides what counts, without leaving the denominator: one answer of several. */
  raknas: z.array(z.string()).default([]),
  /** Values a goal that says nothing gets. */
  standard: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** Parameters without which the measure means nothing. */
  kravs: z.array(z.string()).default([]),
  /** What is counted is persons: 1–4 of them are hidden outside `internt`. */
  personer: z.boolean().default(false),
});

export interface Measure extends z.infer<typeof header> {
  readonly name: string;
  /** The select that gives the evidence rows. */
  readonly sql: string;
  /** The datasets its rows come from, by the names evidence gives them. */
  readonly registers: readonly string[];
  /** What the header says in words. */
  readonly about: string;
}

const line = /^-- (slag|enhet|filter|minst|raknas|standard|kravs|personer): .*$/;

const measure = ({ name, text }: SqlFile): Measure => {
  const lines = text.split("\n");
  const declared = lines.filter((l) => line.test(l)).map((l) => l.slice("-- ".length));
  const about = lines.filter((l) => l.startsWith("--") && !line.test(l)).map((l) => l.replace(/^-- ?/, ""));
  const registers = [...new Set([...text.matchAll(/'(\w+)' as register/g)].map(([, register = ""]) => register))];
  return { name, sql: text, registers, about: about.join("\n").trim(), ...header.parse(parse(declared.join("\n"))) };
};

export const measures: ReadonlyMap<string, Measure> = new Map(
  sqlFiles("measures").map((file) => [file.name, measure(file)]),
);
