/** What a measure means, as people read it: the same for the handbook's page and the report's. */
import { type GroupKind, type Measure, measures } from "./measures.ts";
import { ordlista } from "./ordlista.ts";
import { begun, listed } from "./swedish.ts";

const word = (folded: string): string => ordlista[folded]?.stavning.split(",")[0] ?? folded;

/** Measures whose name is a word of the pipeline files and not one that people say. */
const titles: Readonly<Record<string, string>> = { leverabel_klar: "Leverans klar", leverabel_i_tid: "Leverans i tid" };

/** A measure's name as it is spelled: `Andel börjat eller ökat`. */
export const measureTitle = (name: string): string => {
  return titles[name] ?? begun(name.split("_").map(word).join(" "));
};

const kinds: Readonly<Record<Measure["slag"], string>> = {
  antal: "antal: varje en räknas en gång",
  summa: "summa",
  andel: "andel: summan av täljarna genom summan av nämnarna, aldrig ett medelvärde av procenttal",
  kvot: "kvot: summan av täljarna genom summan av nämnarna",
};

const groups: Readonly<Record<GroupKind, string>> = {
  part: "part",
  huvudman: "huvudman",
  kon: "kön",
  aldersgrupp: "åldersgrupp",
  kommun: "kommun",
  forsorjning: "försörjning före",
};

/** What a goal may state besides the condition, with what holds where it does not. */
const parametersOf = ({ filter, raknas, minst, standard, kravs }: Measure): string =>
  [...filter, ...raknas, ...Object.keys(minst)]
    .map((name) => {
      const notes = [
        kravs.includes(name) ? "krävs" : "",
        name in standard ? `annars ${[standard[name] ?? ""].flat().join(", ")}` : "",
      ].filter((note) => note !== "");
      return `${name}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
    })
    .join("; ");

export interface Definition {
  readonly name: string;
  readonly title: string;
  /** In the order a reader asks. */
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly text: string;
  /** Names as they are written in a pipeline file or a delivery, and no sentence. */
  readonly ar_kod?: boolean;
}

const nothing = "–";

/** Measures named in a text by what they are called. One that is a Swedish word as it stands is left. */
const spelledOut = (text: string): string =>
  text.replace(/[a-z]+(?:_[a-z]+)*/g, (name) => {
    const title = measures.has(name) ? measureTitle(name).toLocaleLowerCase("sv-SE") : name;
    return title === name ? name : `”${title}”`;
  });

/** A measure's definition, without what it does not have. */
export const definitionOf = (measure: Measure): Definition => {
  const { name, definition, slag, enhet, grupper, registers, personer } = measure;
  const facts: readonly Fact[] = [
    { label: "Räknas", text: definition.raknas_som },
    { label: "Täljare", text: definition.taljare },
    { label: "Nämnare", text: definition.namnare },
    { label: "Räknas inte", text: definition.utesluter },
    { label: "Jämför inte med", text: definition.jamfor_inte_med },
    { label: "Källa", text: definition.kalla },
    { label: "Sort", text: kinds[slag] },
    { label: "Enhet", text: enhet },
    { label: "Parametrar", text: parametersOf(measure) || nothing, ar_kod: true },
    { label: "Grupper", text: listed(grupper.map((kind) => groups[kind])) || nothing },
    { label: "Dataset", text: registers.join(", "), ar_kod: true },
    { label: "Sekretess", text: personer ? "avser personer: 1–4 visas inte utanför internt" : nothing },
  ];
  return {
    name,
    title: measureTitle(name),
    facts: facts.filter(({ text }) => text !== nothing).map((fact) => ({ ...fact, text: spelledOut(fact.text) })),
  };
};

export const definitions: readonly Definition[] = [...measures.values()].map(definitionOf);
