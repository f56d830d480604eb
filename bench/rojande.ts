/**
 * What disclosure control costs, in CPU seconds: `node bench/rojande.ts [PIPELINES …]`. Of the example, of an invented insats with 150
 * persons and some 340 figures about them, and of the pipelines that are named: a tenth of the country as `bench/generera.ts` makes it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Usage } from "./usage.ts";

const folder = mkdtempSync(join(tmpdir(), "rojande-"));

const day = (n: number): string => new Date(Date.UTC(2022, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

/** 150 persons over three years, asked for by month, quarter, tertial, term and year, and by kön. */
const writeInsats = (): string => {
  const persons = Array.from({ length: 150 }, (_, i) => {
    const start = (i * 379) % 900;
    const end = start + 60 + ((i * 131) % 300);
    const after = ["förvärvsarbete", "studerande", "arbetssökande", "sjukskriven", ""][(i * 7) % 5];
    const ended = end < 1095 ? [day(end), after] : ["", ""];
    return ["i", `p${i}`, i % 3 === 0 ? "M" : "K", day(start), ...ended].join(";");
  });
  const files = {
    "forbund.csv": ["forbund_id;namn", "f;F"],
    "insats.csv": ["insats_id;namn;startdatum;slutdatum;forbund_id", "i;I;2022-01-01;2024-12-31;f"],
    "deltagare.csv": ["insats_id;deltagar_id;kon;startdatum;slutdatum;sysselsattning_slut", ...persons],
  };
  mkdirSync(join(folder, "data"));
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, "data", name), `${lines.join("\n")}\n`);
  const goals = ["deltaganden", "unika_deltagare", "nya_deltagare", "avslutade_deltagare"].flatMap((matt) => [
    ...["hela", "ar", "termin", "tertial", "kvartal", "manad"].map((per) => ({ matt, per, grupp: undefined })),
    ...["hela", "ar"].map((per) => ({ matt, per, grupp: "kon" })),
  ]);
  const shares = ["hela", "ar", "termin", "tertial", "kvartal"].map((per) => ({
    matt: "andel_till_arbete_eller_studier",
    per,
    grupp: undefined,
  }));
  const mal = [...goals, ...shares].map((one) => ({
    ...one,
    id: [one.matt, one.per, one.grupp ?? ""].join("-"),
    text: `${one.matt} per ${one.per}`,
    villkor: one.matt.startsWith("andel") ? ">= 40 %" : ">= 5",
  }));
  writeFileSync(join(folder, "i.yaml"), JSON.stringify({ insats: "i", kallor: ["data"], mal }));
  return join(folder, "i.yaml");
};

const cost = (name: string, pipelines: string): void => {
  const out = join(folder, "out");
  rmSync(out, { recursive: true, force: true });
  const said = execFileSync(process.execPath, [join(import.meta.dirname, "phases.ts"), ".", pipelines, out, "rita"], {
    encoding: "utf8",
  });
  const { phases } = JSON.parse(said) as Usage;
  const of = (phase: string): number => phases?.[phase] ?? 0;
  const [decided, attacked] = [of("publishing"), of("attacking what is published")];
  console.log(
    `${name}: ${(decided + attacked).toFixed(2)} CPU-s (deciding ${decided.toFixed(2)}, attacking ${attacked.toFixed(2)})`,
  );
};

try {
  cost("the example", "pipelines/exempel/*.yaml");
  cost("150 persons, 340 figures", writeInsats());
  for (const pipelines of process.argv.slice(2)) cost(pipelines, pipelines);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
