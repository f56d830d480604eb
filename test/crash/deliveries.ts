/** What the runs are given: a first delivery, and a second with a new version of a file, a new file and one withdrawn. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Official test persons of Skatteverket: what runs leave behind must hold none of them, however they end. */
export const persons = ["198112289874", "196408233234"] as const;
const dashed = (twelve: string): string => `${twelve.slice(0, 8)}-${twelve.slice(8)}`;

const moten = (...dates: string[]): string =>
  `insats_id;mote_id;datum;motestyp;status\n${dates.map((datum, i) => `i;m${i + 1};${datum};samverkan;genomfort\n`).join("")}`;

const invoice = (year: number, amounts: readonly string[]): string =>
  `insats_id;faktura_id;forbund_id;part_id;kostnadsslag;fran;till;timmar;belopp\n${amounts
    .map(
      (belopp, i) =>
        `i;f${year}-${i};${i % 2 ? "f" : "g"};af;Personal;${year}-0${i + 1}-01;${year}-0${i + 1}-28;8;${belopp} kr\n`,
    )
    .join("")}`;

const first: Readonly<Record<string, string>> = {
  "insats.csv": "insats_id;namn;forbund_id;startdatum;slutdatum\ni;Insatsen;f;2022-01-01;2024-12-31\n",
  "forbund.csv": "forbund_id;namn\nf;F\ng;G\n",
  "part.csv": "insats_id;part_id;namn;huvudman\ni;af;AF;arbetsformedlingen\ni;fk;FK;forsakringskassan\n",
  "mote.csv": moten("2022-02-01", "2022-03-01", "2023-03-01", "den femte maj"),
  "narvaro.csv": "insats_id;mote_id;part_id;kallad;narvarande\ni;m1;af;ja;ja\ni;m1;fk;ja;nej\ni;m2;af;ja;ja\n",
  "faktura-2022.csv": invoice(2022, ["100,50", "2 000", "1,234"]),
  "budget.csv": "insats_id;ar;post;belopp\ni;2022;personal;2 500 kr\n",
  "deltagare.csv": `insats_id;personnummer;startdatum;slutdatum\ni;${dashed(persons[0])};2022-02-01;2022-12-31\ni;${persons[1]};2022-03-01;\n`,
};

const second: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(first).filter(([file]) => file !== "narvaro.csv")),
  "mote.csv": moten("2022-02-01", "2022-03-01", "2023-03-01", "2024-05-05"),
  "faktura-2023.csv": invoice(2023, ["300", "400,25"]),
};

const pipeline = `insats: i
kallor: [../data]
personuppgifter: pseudonymisera
rattsligt_stod: "Prövning av kraschprov"
mal:
  - { id: moten, text: Tre möten, matt: antal_moten, per: hela, villkor: ">= 3" }
  - { id: moten-ar, text: Två möten om året, matt: antal_moten, per: ar, villkor: ">= 2" }
  - { id: narvaro, text: Parterna är med, matt: narvaroandel, per: hela, grupp: part, villkor: ">= 85 %" }
  - { id: pengar, text: Högst 3000 kr, matt: fakturerat_belopp, per: ar, villkor: "<= 3000 kr" }
`;

export const key = "en-nyckel-for-kraschprov-om-minst-32-tecken";

/** A run's arguments besides `--out`. */
export type Given = readonly string[];

/** Writes both deliveries under `root`, each with its pipelines. Both sources have the same name in outputs. */
export const writeDeliveries = (root: string): { readonly first: Given; readonly second: Given } => {
  const write = (name: string, files: Readonly<Record<string, string>>, today: string): Given => {
    const all = [
      ["pipelines/p.yaml", pipeline],
      ...Object.entries(files).map(([file, text]) => [`data/${file}`, text]),
    ];
    for (const [file = "", text = ""] of all) {
      const path = join(root, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return ["--pipelines", join(root, name, "pipelines", "*.yaml"), "--today", today];
  };
  return { first: write("forsta", first, "2024-06-01"), second: write("andra", second, "2024-09-01") };
};
