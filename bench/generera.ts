/** A national delivery, invented from a seed: the same seed gives the same files. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addDays } from "../src/schema/days.ts";

export interface Size {
  readonly forbund: number;
  readonly insatser: number;
  readonly moten: number;
  readonly deltagare: number;
  readonly fakturor: number;
}

/** mulberry32: a small generator whose whole state is its seed. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const parts = [
  ["af", "arbetsformedlingen"],
  ["fk", "forsakringskassan"],
  ["region", "region"],
  ["kommun", "kommun"],
] as const;

const goals = `mal:
  - { id: individer, text: 30 individer per år, matt: individer_i_samverkansmote, parametrar: { minst_parter: 2 }, villkor: ">= 30", per: insatsar }
  - { id: narvaro, text: Närvaro 85 %, matt: narvaroandel, villkor: ">= 85 %", per: ar, grupp: part }
  - { id: styrgrupp, text: Styrgrupp varje kvartal, matt: antal_moten, parametrar: { motestyp: styrgrupp }, villkor: ">= 1", per: kvartal }
  - { id: arbete, text: Hälften till arbete eller studier, matt: andel_till_arbete_eller_studier, villkor: ">= 50 %", per: hela, grupp: kon }
  - { id: kostnad, text: Kostnad per deltagare, matt: kostnad_per_deltagare, villkor: "<= 60000", per: ar }
`;

/** Writes pipelines and deliveries to `folder`; gives the number of data rows. */
export const generera = (folder: string, size: Size, seed = 1): number => {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  let rows = 0;
  for (let f = 0; f < size.forbund; f++) {
    const forbund = `forbund-${f}`;
    const own = join(folder, "data", forbund);
    mkdirSync(own, { recursive: true });
    mkdirSync(join(folder, "pipelines"), { recursive: true });
    const files: Record<string, string[]> = {
      forbund: ["forbund_id;namn", `${forbund};Förbund ${f}`],
      insats: ["insats_id;namn;forbund_id;startdatum;slutdatum"],
      part: ["insats_id;part_id;namn;huvudman"],
      mote: ["insats_id;mote_id;datum;motestyp"],
      narvaro: ["insats_id;mote_id;part_id;kallad;narvarande"],
      arende: ["insats_id;mote_id;deltagar_id;initierad_av"],
      deltagare: ["insats_id;deltagar_id;kon;startdatum;slutdatum;sysselsattning_start;sysselsattning_slut"],
      faktura: ["insats_id;faktura_id;forbund_id;part_id;fran;till;timmar;belopp"],
    };
    const add = (name: string, ...cells: (string | number)[]): void => {
      files[name]?.push(cells.join(";"));
    };
    for (let i = 0; i < size.insatser; i++) {
      const insats = `insats-${f}-${i}`;
      add("insats", insats, `Insats ${f}:${i}`, forbund, "2023-01-01", "2025-12-31");
      for (const [part, huvudman] of parts) add("part", insats, part, huvudman, huvudman);
      for (let m = 0; m < size.moten; m++) {
        add(
          "mote",
          insats,
          `m-${m}`,
          addDays("2023-01-01", Math.floor(random() * 1096)),
          pick(["samverkan", "samverkan", "styrgrupp"]),
        );
        for (const [part] of parts)
          add("narvaro", insats, `m-${m}`, part, random() < 0.9 ? "ja" : "nej", random() < 0.85 ? "ja" : "nej");
        add("arende", insats, `m-${m}`, `d-${Math.floor(random() * size.deltagare)}`, pick(parts)[0]);
      }
      for (let d = 0; d < size.deltagare; d++) {
        const start = addDays("2023-01-01", Math.floor(random() * 900));
        const slut = random() < 0.7 ? addDays(start, 30 + Math.floor(random() * 300)) : "";
        add(
          "deltagare",
          insats,
          `d-${d}`,
          pick(["kvinna", "man"]),
          start,
          slut,
          pick(["arbetslös", "studier"]),
          slut === "" ? "" : pick(["arbete", "studier", "arbetslös"]),
        );
      }
      for (let k = 0; k < size.fakturor; k++) {
        const fran = addDays("2023-01-01", Math.floor(random() * 1000));
        add(
          "faktura",
          insats,
          `f-${k}`,
          forbund,
          pick(parts)[0],
          fran,
          addDays(fran, 30),
          Math.floor(random() * 200),
          `${Math.floor(random() * 100_000)},50`,
        );
      }
    }
    for (const [name, lines] of Object.entries(files)) {
      rows += lines.length - 1;
      writeFileSync(join(own, `${name}.csv`), `${lines.join("\n")}\n`);
    }
    writeFileSync(
      join(folder, "pipelines", `${forbund}.yaml`),
      `insats: "*"\nkallor: [../data/${forbund}]\nexempel: true\n${goals}`,
    );
  }
  return rows;
};
