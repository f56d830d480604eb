/**
 * An invented national delivery: `node bench/generera.ts SCALE OUT SEED [--dirt] [--extra]`. Scale 1 is the country for ten years.
 *
 * Every value is drawn from a hash of the seed and the row's number, so the same seed gives the same bytes. `--dirt` adds rows
 * that have to be refused, and `facit.json` says how many of each kind. `--extra` holds back one month of one förbund: it is
 * written to `extra/`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
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
  readonly dirt?: boolean;
  readonly extra?: boolean;
}

/** Rows that have to be refused, by the finding that refuses them: the cell that is wrong, and what makes the key its own. */
const dirt: readonly {
  readonly dataset: string;
  readonly kod: string;
  readonly wrong: string;
  readonly own: string;
}[] = [
  { dataset: "faktura", kod: "datum_finns_ej", wrong: "'2023-02-30' as fran", own: "faktura_id || '-a' as faktura_id" },
  { dataset: "faktura", kod: "ogiltigt_belopp", wrong: "'12x' as belopp", own: "faktura_id || '-b' as faktura_id" },
  { dataset: "faktura", kod: "bakvand_period", wrong: "'2001-01-01' as till", own: "faktura_id || '-c' as faktura_id" },
  {
    dataset: "faktura",
    kod: "okand_referens",
    wrong: "'forbund-x' as forbund_id",
    own: "faktura_id || '-d' as faktura_id",
  },
  { dataset: "mote", kod: "ogiltigt_datum", wrong: "'i maj' as datum", own: "mote_id || '-a' as mote_id" },
  { dataset: "mote", kod: "varde_saknas", wrong: "null as datum", own: "mote_id || '-b' as mote_id" },
  { dataset: "narvaro", kod: "ogiltigt_ja_nej", wrong: "'kanske' as kallad", own: "'M0' as mote_id" },
  { dataset: "narvaro", kod: "okand_referens", wrong: "'M-x' as mote_id", own: "part_id" },
  { dataset: "arende", kod: "okand_referens", wrong: "'M-x' as mote_id", own: "deltagar_id" },
  {
    dataset: "deltagare",
    kod: "bakvand_period",
    wrong: "'2001-01-01' as slutdatum",
    own: "deltagar_id || '-a' as deltagar_id",
  },
  { dataset: "budget", kod: "ogiltigt_belopp", wrong: "'ja' as belopp", own: "post" },
];

/** The month that is held back, of the förbund that its number begins with. */
const heldBack = "nr % getvariable('forbund') = 0 and dag >= date '2022-05-01' and dag < date '2022-06-01'";
/** The day of a row that can be held back. */
const days: Readonly<Record<string, string>> = {
  mote: "datum",
  narvaro: "motesdag",
  arende: "motesdag",
  faktura: "fran",
};

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
          as narvarande, nr, datum as motesdag
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
        ['af', 'fk', 'kommun', 'region'][1 + lott(4, 'initierad', lik * 1000 + mote, a)] as initierad_av, nr, datum as motesdag
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

/** The bad rows of one dataset: one of an insats for each kind, of so many insatser. */
const dirtOf = (dataset: string, columns: string, antal: number): string[] =>
  dirt.flatMap(({ dataset: of, wrong, own }, kind) => {
    if (of !== dataset) return [];
    const written = new Map([wrong, own].map((sql) => [sql.split(" ").at(-1) ?? "", sql]));
    const cells = columns.split(", ").map((column) => written.get(column) ?? column);
    return [
      `(select ${cells.join(", ")}, nr, dag from klara where nr % ${dirt.length} = ${kind} qualify row_number() over (partition by nr) = 1 order by nr limit ${antal})`,
    ];
  });

/** Writes one dataset, in so many files that none is too large; gives its number of rows. */
const writeDataset = async (
  db: Database,
  out: string,
  [name, select]: readonly [string, string],
  insatser: number,
  { extra = false }: Country,
  dirty: number,
): Promise<number> => {
  await db.run(`create table klara as select *, cast(${days[name] ?? "null"} as date) as dag from (${select})`);
  const [{ columns = "" } = {}] = await db.rows<{ columns: string }>(`
    select string_agg(column_name, ', ' order by column_index) as columns from duckdb_columns()
    where table_name = 'klara' and column_name not in ('nr', 'dag', 'motesdag')`);
  // Text, so that a cell can be what its column cannot.
  const texts = columns.split(", ").map((column) => `cast(${column} as varchar) as ${column}`);
  const all = [`select ${texts.join(", ")}, nr, dag from klara`, ...dirtOf(name, columns, dirty)];
  await db.run(`create view rader as ${all.join(" union all ")}`);
  const [{ antal = 0 } = {}] = await db.rows<{ antal: number }>("select count(*) as antal from rader");
  const files = Math.max(1, Math.ceil(antal / rowsPerFile));
  const write = (file: string, where: string): Promise<void> =>
    db.run(
      `copy (select ${columns} from rader where ${where}) to '${join(out, file).replaceAll("'", "''")}' (format csv, delimiter ';', header)`,
    );
  const kept = extra && name in days ? `and not (${heldBack})` : "";
  for (let i = 0; i < files; i++) {
    const [from, to] = [i, i + 1].map((part) => Math.floor((part * insatser) / files));
    await write(`data/${name}${files === 1 ? "" : `-${i + 1}`}.csv`, `nr >= ${from} and nr < ${to} ${kept}`);
  }
  if (kept !== "") await write(`extra/${name}.csv`, heldBack);
  await db.run("drop view rader; drop table klara");
  return antal;
};

/** Writes `data/` and `pipelines/` under `out`; gives the number of data rows. */
export const generera = async (out: string, country: Country): Promise<number> => {
  const { scale, seed } = country;
  const insatser = country.insatser ?? Math.max(1, Math.round(national.insatser * scale));
  const forbund = Math.min(country.forbund ?? 78, insatser);
  for (const folder of ["data", "pipelines", ...(country.extra ? ["extra"] : [])])
    mkdirSync(join(out, folder), { recursive: true });
  const dirty = country.dirt ? Math.min(Math.max(2, Math.round(500 * scale)), Math.floor(insatser / dirt.length)) : 0;
  writeFileSync(join(out, "pipelines", "landet.yaml"), pipeline);
  const db = await open(":memory:");
  try {
    // Several threads would finish rows in another order each time.
    await db.run(`set threads = 1; set variable seed = ${seed}; set variable forbund = ${forbund}; ${macros}`);
    await db.run(insats(forbund, insatser, country.mix ?? insatser, scale));
    let rows = 0;
    for (const dataset of Object.entries(selects(forbund)))
      rows += await writeDataset(db, out, dataset, insatser, country, dirty);
    if (country.dirt) {
      const facit = dirt.map(({ dataset, kod }) => ({ dataset, kod, antal: dirty }));
      writeFileSync(join(out, "facit.json"), `${JSON.stringify(facit, null, 1)}\n`);
    }
    return rows;
  } finally {
    db.close();
  }
};

if (process.argv[1] === import.meta.filename) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { dirt: { type: "boolean" }, extra: { type: "boolean" } },
  });
  const [scale, out, seed] = positionals;
  if (!(Number(scale) > 0) || out === undefined || !/^\d+$/.test(seed ?? "")) {
    process.stderr.write("node bench/generera.ts SCALE OUT SEED [--dirt] [--extra]\n");
    process.exitCode = 2;
  } else {
    const rows = await generera(out, { scale: Number(scale), seed: Number(seed), ...values });
    process.stdout.write(`${rows} rows\n`);
  }
}
