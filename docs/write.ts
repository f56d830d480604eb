/** Writes what is generated from the declarations and kept in the repository: `npm run schema`. */
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { type Column, storedName } from "../src/schema/columns.ts";
import { definitions } from "../src/schema/definitions.ts";
import { type FindingCode, findings, sentence } from "../src/schema/findings.ts";
import { pipelineJsonSchema } from "../src/schema/pipeline.ts";
import { resultNames, resultOf, type Visas } from "../src/schema/results.ts";
import { sqlFiles } from "../src/schema/sql.ts";
import { datasetNames, datasetOf, shownText } from "../src/schema/tables.ts";

const kinds: Readonly<Record<Column["kind"], string>> = {
  id: "id",
  text: "text",
  kod: "ord",
  val: "ord ur lista",
  ja_nej: "ja/nej",
  heltal: "heltal",
  tal: "tal",
  andel: "andel (0–1 eller %)",
  kr: "belopp (kr, tkr, mkr)",
  datum: "datum",
  ar: "årtal",
};

const place = ["dokument", "avsnitt", "citat", "anmarkning"];

/** A value of a closed list, with the other words that are read as it. */
const wordText = ([value, others]: readonly [string, readonly string[]]): string =>
  others.length === 0 ? value : `${value} (${others.join(", ")})`;

const columnRow = (name: string, column: Column, key: readonly string[]): string => {
  const notes = [
    column.required ? "krävs" : "",
    key.includes(name) ? "nyckel" : "",
    column.values ? Object.entries(column.values).map(wordText).join("; ") : "",
    column.fallback ? `tomt betyder ${column.fallback}` : "",
    column.refers ? `finns i ${column.refers}` : "",
    storedName(name, column) === name ? "" : `i databasen ${storedName(name, column)}`,
  ].filter((note) => note !== "");
  const others = (column.synonyms ?? []).join(", ");
  return `| \`${name}\` | ${column.heading} | ${kinds[column.kind]} | ${notes.join("; ")} | ${others} |`;
};

/** The words of employment that are known, as the macro that reads them lists them. */
const knownWords = (): string[] => {
  const text = sqlFiles("macros").find(({ name }) => name === "sysselsattning")?.text ?? "";
  const listOf = (macro: string): string =>
    [...(new RegExp(`macro ${macro}\\(\\) as([^;]*);`).exec(text)?.[1] ?? "").matchAll(/'(\w+)'/g)]
      .map(([, word = ""]) => `\`${word}\``)
      .join(", ");
  return [
    "## Ord för sysselsättning",
    "",
    "`sysselsattning_start` och `sysselsattning_slut` i deltagare, och `varde` i deltagarutfall när `variabel` är `sysselsattning_efter`. Stora och små",
    "bokstäver, å, ä, ö och blanksteg spelar ingen roll. Andra ord läses in med en varning, och det som vilar på dem bedöms bara",
    "när utfallet är detsamma vad orden än betyder.",
    "",
    `- arbetar eller studerar: ${listOf("arbete_eller_studier")}`,
    `- gör inte det: ${listOf("kanda_sysselsattningar")}`,
    "",
    "## Andra ord",
    "",
    "Sorten *ord ur lista* ovan tar just de orden. Sorten *ord* är öppen: mötestyp, försörjning, utbildning, avslutsorsak och",
    "huvudman i bidrag är de ord som insatsen själv använder, och ett mål frågar efter dem. Av avslutsorsakerna läser måtten",
    `${listOf("lasta_orsaker")}; ett ord som är nästan ett av dem läses in med en varning.`,
    "",
  ];
};

/** The handbook's page on what can be delivered. */
const datasetPage = (): string => {
  const parts = datasetNames.map((name) => {
    const { heading, key, columns, synonyms } = datasetOf(name);
    const own = Object.entries(columns).filter(([column, { required }]) => !place.includes(column) || required);
    return [
      `## ${heading}: \`${name}\``,
      "",
      ...(synonyms.length > 0 ? [`Filen kan även heta ${synonyms.join(", ")}.`, ""] : []),
      `I rapporten: ${shownText(name)}`,
      "",
      "| kolumn | rubrik | sort | | andra rubriker |",
      "|---|---|---|---|---|",
      ...own.map(([column, declared]) => columnRow(column, declared, key)),
      "",
    ].join("\n");
  });
  return [
    "# Dataset och kolumner",
    "",
    "Skriven av `npm run schema` ur deklarationerna i `src/schema/tables.ts`. Alla dataset tar dessutom `dokument`,",
    "`avsnitt`, `citat` och `anmarkning`: var uppgiften står. Rader med samma nyckel är en rad där de säger detsamma; annars gäller den senare (docs/leverera-data.md).",
    "",
    ...parts,
    ...knownWords(),
  ].join("\n");
};

/** One example of each finding: what its sentence is filled with. */
export const examples: Readonly<Partial<Record<FindingCode, Parameters<typeof sentence>[1]>>> = parse(
  readFileSync(new URL("./fynd-exempel.yaml", import.meta.url), "utf8"),
);

/** The handbook's list of what the intake can say, each as it reads with an example filled in. */
const findingsPage = (): string => {
  const part = (heading: string, allvar: string): string[] => {
    const rows = (Object.keys(findings) as FindingCode[])
      .filter((kod) => findings[kod].allvar === allvar)
      .sort()
      .map((kod) => `| \`${kod}\` | ${sentence(kod, examples[kod] ?? {}).replaceAll("|", "\\|")} |`);
    return [`## ${heading}`, "", "| kod | så står det |", "|---|---|", ...rows, ""];
  };
  return [
    "# Fynd: vad som kan sägas om en leverans",
    "",
    "Skriven av `npm run schema` ur `src/schema/fynd.json`, var och en med ett exempel. Ett fel avvisar raden eller",
    "filen; en varning gör det inte. [Leverera data](leverera-data.md) visar hur fynden kommer till avsändaren.",
    "",
    ...part("Fel", "fel"),
    ...part("Varningar", "varning"),
  ].join("\n");
};

/** The handbook's page on what each measure means, from the headers of `sql/measures`. */
const measuresPage = (): string =>
  [
    "# Mått och definitioner",
    "",
    "Skriven av `npm run schema` ur huvudet på varje fil i `sql/measures`. Ett måls `matt` är ett av dessa namn. Fönster,",
    "proportionering, grupper och utslag är desamma för alla mått: se [handboken](handbok.md).",
    "",
    ...definitions.flatMap(({ name, title, facts }) => [
      `## ${title}: \`${name}\``,
      "",
      ...facts.map(({ label, text }) => `- **${label}:** ${text}`),
      "",
    ]),
  ].join("\n");

const whoSees: Readonly<Record<Visas, string>> = {
  allt: "everybody",
  personer: "everybody, without figures of few persons",
  aldrig: "nobody outside `internt/`",
};

/** The README with its list of results: what each is, what one row is, and who may see it. */
const readme = (text: string): string => {
  const rows = resultNames.map((name) => {
    const { heading, key, visas } = resultOf(name);
    return `| \`${name}\` | ${heading} | ${key.join(", ")} | ${whoSees[visas]} |`;
  });
  const list = ["| result | Swedish | one row per | shown to |", "|---|---|---|---|", ...rows].join("\n");
  return text.replace(/(<!-- results: .*? -->\n)[\s\S]*?(<!-- \/results -->)/, `$1${list}\n$2`);
};

const readmeFile = new URL("../README.md", import.meta.url);

/** Every generated file, with the text it is to have. */
export const generated: readonly { readonly file: URL; readonly text: string }[] = [
  {
    file: new URL("../pipelines/pipeline.schema.json", import.meta.url),
    text: `${JSON.stringify(pipelineJsonSchema(), null, 2)}\n`,
  },
  { file: readmeFile, text: readme(readFileSync(readmeFile, "utf8")) },
  { file: new URL("./dataset.md", import.meta.url), text: datasetPage() },
  { file: new URL("./fynd.md", import.meta.url), text: findingsPage() },
  { file: new URL("./matt.md", import.meta.url), text: measuresPage() },
];

if (import.meta.main) for (const { file, text } of generated) writeFileSync(file, text);
