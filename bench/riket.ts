/**
 * An invented country for the comparison page: `node bench/riket.ts OUT`. 78 förbund and 100 insatser during one year, ten models of
 * work with ten insatser each. Which models differ, and in what, is known: a test finds those and no others.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open } from "../src/db/open.ts";

const [forbund, insatser] = [78, 100];

/** Drawn so that the model of `avSlump` comes between the 95 and the 99.8 percent limits, though it differs in nothing. */
const seed = 61;

/** What holds for all: of 100 avslutade who work or study, of 100 calls that are answered, and kronor per expected person. */
const usual = { arbete: 45, narvaro: 82, kostnad: 60_000 } as const;

/** How far a model is from what is usual: percentage points, and of the cost percent. */
export const skillnader: Readonly<Record<string, Readonly<Partial<Record<keyof typeof usual, number>>>>> = {
  "Modell C": { arbete: 15 },
  "Modell H": { arbete: -15 },
  "Modell E": { kostnad: 30 },
  "Modell J": { narvaro: -12 },
};

/** A model whose result differs by chance alone. */
export const avSlump = "Modell F";

const added = (what: keyof typeof usual): string => {
  const cases = Object.entries(skillnader).flatMap(([modell, by]) =>
    by[what] === undefined ? [] : `when '${modell}' then ${by[what]}`,
  );
  return `(${usual[what]} ${what === "kostnad" ? `* (100 + case modell ${cases.join(" ")} else 0 end) // 100` : `+ case modell ${cases.join(" ")} else 0 end`})`;
};

/** One row per insats: 20–80 persons are expected, and about so many come. */
const landet = `
  create macro lott(n, vad, a, b) as cast(hash(${seed}, vad, a, b) % n as bigint);
  create table landet as
  select range as nr, printf('insats-%03d', range) as insats_id, 'Modell ' || chr(cast(65 + range % 10 as integer)) as modell,
    printf('forbund-%02d', range % ${forbund}) as forbund_id, 20 + lott(61, 'storlek', range, 0) as vantade
  from range(${insatser});
  create table personer as
  with plats as (select *, unnest(range(vantade * 10)) as p from landet)
  select *, row_number() over (partition by nr order by p) as d from plats where lott(10, 'kommer', nr, p) = 0`;

const selects: Readonly<Record<string, string>> = {
  forbund: `
    select printf('forbund-%02d', range) as forbund_id, 'Exempel: förbund ' || (range + 1) as namn, 'Exempellän ' || (1 + range % 21) as lan
    from range(${forbund})`,
  malgrupp: `
    select insats_id, 200 + vantade as antal, ['Unga utan arbete', 'Långtidssjukskrivna', 'Långtidsarbetslösa'][1 + lott(3, 'malgrupp', nr % ${forbund}, 0)] as beskrivning
    from landet`,
  insats: `
    select insats_id, 'Exempel: insats ' || (nr + 1) as namn, 'individinriktad' as typ, 'personuppgifter' as registrering,
      modell, forbund_id, '2024-01-01' as startdatum, '2024-12-31' as slutdatum
    from landet`,
  part: `
    select insats_id, unnest(['af', 'fk', 'kommun', 'region']) as part_id,
      unnest(['Arbetsförmedlingen', 'Försäkringskassan', 'Kommunen', 'Regionen']) as namn,
      unnest(['arbetsformedlingen', 'forsakringskassan', 'kommun', 'region']) as huvudman
    from landet`,
  deltagare: `
    select insats_id, 'D' || d as deltagar_id, case when lott(100, 'kon', nr, p) < 57 then 'kvinna' else 'man' end as kon,
      1960 + lott(45, 'fodd', nr, p) as fodelsear, date '2024-01-01' + cast(lott(150, 'start', nr, p) as integer) as startdatum,
      date '2024-06-30' + cast(lott(180, 'slut', nr, p) as integer) as slutdatum, 'arbetssökande' as sysselsattning_start,
      ['försörjningsstöd', 'sjukpenning', 'aktivitetsstöd'][1 + lott(3, 'fore', nr, p)] as forsorjning_start,
      case when lott(100, 'arbete', nr, p) < ${added("arbete")} then ['förvärvsarbete', 'studier'][1 + lott(2, 'vad', nr, p)]
        else ['arbetssökande', 'sjukskriven'][1 + lott(2, 'vad', nr, p)] end as sysselsattning_slut
    from personer order by nr, d`,
  mote: `
    select insats_id, 'M' || mote as mote_id, make_date(2024, cast(mote as integer), 10) as datum, 'samverkan' as motestyp, 'genomfört' as status
    from (select *, unnest(range(1, 13)) as mote from landet)`,
  narvaro: `
    select insats_id, 'M' || mote as mote_id, ['af', 'fk', 'kommun', 'region'][p + 1] as part_id, 'ja' as kallad,
      case when lott(100, 'narvaro', nr * 4 + p, mote) < ${added("narvaro")} then 'ja' else 'nej' end as narvarande
    from (select landet.*, mote.range as mote, part.range as p from landet, range(1, 13) as mote, range(4) as part)`,
  faktura: `
    select insats_id, 'F' || kvartal as faktura_id, forbund_id, 'Personal' as kostnadsslag, make_date(2024, cast(kvartal * 3 - 2 as integer), 1) as fran,
      last_day(make_date(2024, cast(kvartal * 3 as integer), 1)) as till, vantade * ${added("kostnad")} // 4 as belopp
    from (select *, unnest(range(1, 5)) as kvartal from landet)`,
  teamprofil: `
    with ord as (select *, ascii(right(modell, 1)) - 65 as m from landet)
    select insats_id, unnest(['Mötesform', 'Handledarens roll', 'Kontakt med arbetsgivare', 'Gruppens storlek']) as dimension,
      unnest([['På plats', 'Digitalt'][1 + m % 2], ['Följer med ut', 'Ger råd', 'Samordnar'][1 + m % 3], ['Från första dagen', 'Efter kartläggning'][1 + m // 5],
        ['Enskilt', 'Liten grupp', 'Stor grupp', 'Enskilt'][1 + m % 4]]) as varde
    from ord`,
};

const pipeline = `# Påhittat: ett land av exempel, med modeller som skiljer sig på känt sätt.
exempel: true
insats: "*"
kallor: [../data]
mal:
  - { id: arbete, text: Hälften till arbete eller studier, matt: andel_till_arbete_eller_studier, villkor: ">= 50 %", per: hela, uppdelning: kon }
  - { id: arbete-fore, text: Följa arbete eller studier efter försörjning före, matt: andel_till_arbete_eller_studier, per: hela, uppdelning: forsorjning }
  - { id: narvaro, text: Närvaro minst 85 %, matt: narvaroandel, villkor: ">= 85 %", per: hela }
  - { id: narvaro-kvartal, text: Närvaro minst 85 % varje kvartal, matt: narvaroandel, villkor: ">= 85 %", per: kvartal }
  - { id: kostnad, text: Högst 80 000 kr per deltagare, matt: kostnad_per_deltagare, villkor: "<= 80000", per: hela }
`;

/** Writes `data/` and `pipelines/` under `out`. */
export const writeRiket = async (out: string): Promise<void> => {
  for (const folder of ["data", "pipelines"]) mkdirSync(join(out, folder), { recursive: true });
  writeFileSync(join(out, "pipelines", "riket.yaml"), pipeline);
  const db = await open(":memory:");
  try {
    // Several threads would finish rows in another order each time.
    await db.run(`set threads = 1; ${landet}`);
    for (const [name, select] of Object.entries(selects)) {
      const file = join(out, "data", `${name}.csv`).replaceAll("'", "''");
      await db.run(`copy (${select}) to '${file}' (format csv, delimiter ';', header)`);
    }
  } finally {
    db.close();
  }
};

if (process.argv[1] === import.meta.filename) {
  const [out] = process.argv.slice(2);
  if (out === undefined) {
    process.stderr.write("node bench/riket.ts OUT\n");
    process.exitCode = 2;
  } else await writeRiket(out);
}
