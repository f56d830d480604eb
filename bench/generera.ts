/**
 * An invented national delivery: `node bench/generera.ts SCALE OUT SEED`. Scale 1 is the country for ten years.
 *
 * Every value is drawn from a hash of the seed and the row's number, so the same seed gives the same bytes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, open } from "../src/db/open.ts";

export interface Country {
  /** 1 is the country for ten years, 9 million rows. */
  readonly scale: number;
  readonly seed: number;
  /** How many förbund share the insatser: 78, or one each if the insatser are fewer. */
  readonly forbund?: number;
  /** How many insatser share the rows: 10 000 times the scale. */
  readonly insatser?: number;
  /** Insatser whose numbers are so far apart are alike. Two countries of different size then hold the same mix. */
  readonly mix?: number;
}

/** Rows of the whole country that its insatser share, large and small. */
const national = { insatser: 10_000, deltagare: 500_000, moten: 290_000, arenden: 1_000_000, fakturor: 5_800_000 };

/** No file may be refused for its size. The widest rows take 75 bytes, and the limit is 400 MB. */
const rowsPerFile = 2_000_000;

/** `lott(n, what, a, b)` is a number from 0 to n − 1, drawn anew for each combination of the three. */
const macros = `
  create macro lott(n, vad, a, b) as cast(hash(getvariable('seed'), vad, a, b) % n as bigint);
  create macro del(total, vikt, till, alla) as till * total // alla - (till - vikt) * total // alla;
  create macro komma(tal) as replace(cast(tal as varchar), '.', ',');
  create macro belopp(ore) as komma(cast(ore * 0.01 as decimal(18, 2)));
`;

/** One row per insats: when it runs, who pays, and how many rows of each kind it has. */
const insats = (forbund: number, insatser: number, mix: number, scale: number): string => `
  create table landet as
  with dragen as (
    select
      range as nr,
      range % ${mix} as lik,
      date '2016-01-01' + cast(lott(3500, 'start', lik, 0) as integer) as start,
      120 + lott(1700, 'langd', lik, 0) as langd,
      case when lott(8, 'delad', lik, 0) = 0 then least(2 + lott(3, 'finansiarer', lik, 0), ${forbund}) else 1 end
        as finansiarer,
      1 + lott(9, 'vikt', lik, 0) as vikt
    from range(${insatser})
  ),
  vagd as (
    select *, cast(sum(vikt) over (order by nr) as bigint) as hittills, cast(sum(vikt) over () as bigint) as alla
    from dragen
  )
  select
    nr,
    lik,
    printf('insats-%05d', nr) as insats_id,
    start,
    -- What would end after the ten years is still going on.
    case when start + cast(langd as integer) <= date '2025-12-31' then start + cast(langd as integer) end as slut,
    least(start + cast(langd as integer), date '2025-12-31') as sista,
    sista - start + 1 as dagar,
    finansiarer,
    greatest(2, del(${Math.round(national.deltagare * scale)}, vikt, hittills, alla)) as deltagare,
    greatest(2, del(${Math.round(national.moten * scale)}, vikt, hittills, alla)) as moten,
    del(${Math.round(national.arenden * scale)}, vikt, hittills, alla) as arenden,
    del(${Math.round(national.fakturor * scale)}, vikt, hittills, alla) as fakturor
  from vagd
  order by nr;

  create table motena as
  select
    nr,
    lik,
    insats_id,
    unnest(range(moten)) as mote,
    start + cast(mote * dagar // moten as integer) as datum,
    -- The first is a samverkansmöte that was held, so that every insats has one.
    case when mote > 0 and lott(25, 'installt', lik, mote) = 0 then 'inställt' else 'genomfört' end as status,
    case when mote = 0 or lott(20, 'typ', lik, mote) < 15 then 'samverkan'
      when lott(20, 'typ', lik, mote) < 18 then 'planering' else 'styrgrupp' end as motestyp,
    arenden,
    deltagare
  from landet
  order by nr, mote;
`;

/** The text of each file: columns as the contract names them, and `nr`, the insats that a part of a file ends with. */
const selects = (forbund: number): Readonly<Record<string, string>> => {
  const payer = (n: string): string => `printf('forbund-%02d', (nr + ${n}) % ${forbund})`;
  return {
    forbund: `
      select printf('forbund-%02d', range) as forbund_id, 'Exempel: förbund ' || range as namn, 0 as nr
      from range(${forbund})`,
    insats: `
      select insats_id, 'Exempel: insats ' || nr as namn, 'individinriktad' as typ, 'personuppgifter' as registrering,
        'modell-' || lott(3, 'modell', lik, 0) as modell,
        case when finansiarer = 1 then ${payer("0")} end as forbund_id, start as startdatum, slut as slutdatum, nr
      from landet`,
    finansiering: `
      with betalare as (select *, unnest(range(finansiarer)) as betalare from landet),
      artal as (select *, unnest(range(year(start), year(sista) + 1)) as ar from betalare)
      select insats_id, ${payer("betalare")} as forbund_id, ar, 'beviljat' as slag,
        cast(make_date(ar - 1, 12, 1) as varchar) as beslutsdatum,
        case when finansiarer > 1
          then [[60, 40], [50, 30, 20], [40, 30, 20, 10]][finansiarer - 1][betalare + 1] || ' %' end as andel,
        1000 * (100 + lott(900, 'medel', lik, ar * 10 + betalare)) as belopp, nr
      from artal`,
    part: `
      select insats_id, unnest(['af', 'fk', 'kommun', 'region']) as part_id,
        unnest(['Arbetsförmedlingen', 'Försäkringskassan', 'Kommunen', 'Regionen']) as namn,
        unnest(['arbetsformedlingen', 'forsakringskassan', 'kommun', 'region']) as huvudman, nr
      from landet`,
    deltagare: `
      with rad as (select *, unnest(range(deltagare)) as d from landet),
      inskriven as (
        select *, start + cast(d * dagar // deltagare as integer) as dag,
          dag + 30 + cast(lott(400, 'tid', lik, d) as integer) as planerad,
          case when planerad <= sista then planerad else slut end as avslut
        from rad
      )
      select insats_id, 'D' || d as deltagar_id,
        case when lott(100, 'kon', lik, d) < 2 then 'okänt' when lott(100, 'kon', lik, d) < 57 then 'kvinna' else 'man' end
          as kon,
        1960 + lott(45, 'fodd', lik, d) as fodelsear, dag as startdatum, avslut as slutdatum,
        'arbetssökande' as sysselsattning_start,
        case when avslut is not null
          then ['förvärvsarbete', 'studier', 'arbetssökande', 'sjukskriven'][1 + lott(4, 'efter', lik, d)] end
          as sysselsattning_slut, nr
      from inskriven`,
    mote: `
      select insats_id, 'M' || mote as mote_id, datum, motestyp, status, nr from motena`,
    narvaro: `
      with rad as (
        select *, unnest(['af', 'fk', 'kommun', 'region']) as part_id, unnest(range(4)) as p
        from motena where status = 'genomfört'
      ),
      kallelse as (select *, lott(10, 'kallad', lik * 4 + p, mote) < 9 as ar_kallad from rad)
      select insats_id, 'M' || mote as mote_id, part_id, case when ar_kallad then 'ja' else 'nej' end as kallad,
        -- Who was not called comes once in twenty.
        case when lott(100, 'narvarande', lik * 4 + p, mote) < (if(ar_kallad, 78 + 5 * p, 5)) then 'ja' else 'nej' end
          as narvarande, nr
      from kallelse`,
    arende: `
      with samverkan as (
        select *, row_number() over (partition by nr order by mote) - 1 as s, count(*) over (partition by nr) as alla
        from motena where motestyp = 'samverkan' and status = 'genomfört'
      ),
      matt as (
        select *, least(deltagare, arenden // alla + if(s < arenden % alla, 1, 0)) as antal from samverkan
      ),
      rad as (
        select *, greatest(0, least(s * deltagare // alla - antal // 2, deltagare - antal)) as forsta,
          unnest(range(antal)) as a
        from matt
      )
      -- A möte raises persons who came one after the other at about its time, and nobody twice.
      select insats_id, 'M' || mote as mote_id, 'D' || (forsta + a) as deltagar_id,
        ['af', 'fk', 'kommun', 'region'][1 + lott(4, 'initierad', lik * 1000 + mote, a)] as initierad_av, nr
      from rad
      order by nr, mote, a`,
    faktura: `
      with rad as (select *, unnest(range(fakturor)) as f from landet),
      period as (
        select *, cast(date_trunc('month', start + cast(f * dagar // fakturor as integer)) as date) as fran,
          f % 8 as slag, lott(50, 'kredit', lik, f) = 0 as ar_kredit
        from rad
      )
      -- One row in twenty belongs to the invoice before, and one period in thirty is a quarter, also over a new year.
      select insats_id, 'F' || nr || '-' || (f - if(f > 0 and lott(20, 'samma', lik, f) = 0, 1, 0)) as faktura_id,
        ${payer("lott(finansiarer, 'betalare', lik, f)")} as forbund_id,
        case when slag < 5 then ['af', 'fk', 'kommun', 'region'][1 + f % 4] end as part_id,
        case when slag < 5 then 'Personal' else ['Lokaler', 'Utbildning', 'Resor'][slag - 4] end as kostnadsslag,
        fran, cast(fran + to_months(if(lott(30, 'kvartal', lik, f) = 0, 3, 1)) - interval 1 day as date) as till,
        case when slag < 5 and not ar_kredit then komma(cast((lott(320, 'timmar', lik, f) + 2) * 0.5 as decimal(9, 1)))
          end as timmar,
        belopp(if(ar_kredit, -1, 1) * (50000 + lott(if(slag < 5, 6000000, 1500000), 'ore', lik, f))) as belopp, nr
      from period`,
    budget: `
      with artal as (select *, unnest(range(year(start), year(sista) + 1)) as ar from landet),
      rad as (select *, unnest(range(4)) as p from artal)
      select insats_id, ar, ['Personal', 'Lokaler', 'Utbildning', 'Resor'][p + 1] as post, 'beviljad' as status,
        1000 * (if(p = 0, 500, 20) + lott(if(p = 0, 3000, 200), 'budget', lik, ar * 10 + p)) as belopp, nr
      from rad`,
    bemanning: `
      with rad as (select *, unnest(['kommun', 'region']) as part_id, unnest(range(2)) as p from landet)
      select insats_id, part_id, ['samordnare', 'handläggare'][p + 1] as roll, start as fran, sista as till,
        ['0,5', '1'][p + 1] as omfattning, 'Personal' as post,
        belopp(2000000 + lott(3000000, 'lon', lik, p)) as manadskostnad, nr
      from rad`,
  };
};

/** Five goals, the same for every insats. */
const pipeline = `# Påhittat: ett land av exempel.
exempel: true
insats: "*"
kallor: [../data]
mal:
  - { id: individer, text: 30 individer per år i möte med minst två parter, matt: individer_i_samverkansmote, parametrar: { minst_parter: 2 }, villkor: ">= 30", per: ar }
  - { id: narvaro, text: Närvaro minst 85 %, matt: narvaroandel, villkor: ">= 85 %", per: ar, grupp: part }
  - { id: planering, text: Två planeringsmöten per år, matt: antal_moten, parametrar: { motestyp: planering }, villkor: ">= 2", per: ar }
  - { id: kvinnor, text: Jämn könsfördelning, matt: andel_kvinnor, villkor: "40..60 %", per: hela }
  - { id: kostnad, text: Högst 200 000 kr per deltagare, matt: kostnad_per_deltagare, villkor: "<= 200000", per: hela }
`;

/** Writes one dataset, in so many files that none is too large; gives its number of rows. */
const writeDataset = async (
  db: Database,
  folder: string,
  [name, select]: readonly [string, string],
  insatser: number,
): Promise<number> => {
  await db.run(`create view rader as ${select}`);
  const [{ antal = 0 } = {}] = await db.rows<{ antal: number }>("select count(*) as antal from rader");
  const files = Math.max(1, Math.ceil(antal / rowsPerFile));
  for (let i = 0; i < files; i++) {
    const [from, to] = [i, i + 1].map((part) => Math.floor((part * insatser) / files));
    const file = join(folder, files === 1 ? `${name}.csv` : `${name}-${i + 1}.csv`).replaceAll("'", "''");
    await db.run(`
      copy (select * exclude (nr) from rader where nr >= ${from} and nr < ${to})
      to '${file}' (format csv, delimiter ';', header)`);
  }
  await db.run("drop view rader");
  return antal;
};

/** Writes `data/` and `pipelines/` under `out`; gives the number of data rows. */
export const generera = async (out: string, country: Country): Promise<number> => {
  const { scale, seed } = country;
  const insatser = country.insatser ?? Math.max(1, Math.round(national.insatser * scale));
  const forbund = Math.min(country.forbund ?? 78, insatser);
  const folder = join(out, "data");
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(out, "pipelines"), { recursive: true });
  writeFileSync(join(out, "pipelines", "landet.yaml"), pipeline);
  const db = await open(":memory:");
  try {
    // Several threads would finish rows in another order each time.
    await db.run(`set threads = 1; set variable seed = ${seed}; ${macros}`);
    await db.run(insats(forbund, insatser, country.mix ?? insatser, scale));
    let rows = 0;
    for (const dataset of Object.entries(selects(forbund))) rows += await writeDataset(db, folder, dataset, insatser);
    return rows;
  } finally {
    db.close();
  }
};

if (process.argv[1] === import.meta.filename) {
  const [scale, out, seed] = process.argv.slice(2);
  if (!(Number(scale) > 0) || out === undefined || !/^\d+$/.test(seed ?? "")) {
    process.stderr.write("node bench/generera.ts SCALE OUT SEED\n");
    process.exitCode = 2;
  } else {
    const rows = await generera(out, { scale: Number(scale), seed: Number(seed) });
    process.stdout.write(`${rows} rows\n`);
  }
}
