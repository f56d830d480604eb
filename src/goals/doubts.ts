/** What findings ask about the rows that an insats's figures are counted from. */
import type { Database } from "../db/open.ts";
import { doubts, type FindingCode } from "../schema/findings.ts";
import type { Measure } from "../schema/measures.ts";
import { quote } from "../schema/reading.ts";
import { type DatasetName, datasetOf } from "../schema/tables.ts";

/** Of each insats and dataset, what its figures' sentences say. */
export type Doubts = ReadonlyMap<string, readonly { readonly dataset: string; readonly text: string }[]>;

/** A finding is of the insats of its row, else of the only one of its source; among many it is nobody's. */
export const readDoubts = async (db: Database): Promise<Doubts> => {
  const codes = Object.keys(doubts).map(quote).join(", ");
  const found = await db.rows<{ dataset: DatasetName }>(
    `select distinct tabell.dataset from checks.fynd as fynd inner join inbox.tabell as tabell on tabell.tabell_id = fynd.tabell_id
     where fynd.kod in (${codes}) and tabell.dataset is not null order by tabell.dataset`,
  );
  const selects = found
    .filter(({ dataset }) => "insats_id" in datasetOf(dataset).columns)
    .map(
      ({ dataset }) => `
    select tabell.dataset, fynd.kod, coalesce(rad.insats_id, ensam.insats_id) as insats_id
    from checks.fynd as fynd
    inner join inbox.tabell as tabell on tabell.tabell_id = fynd.tabell_id
    left join staging.${dataset} as rad on rad.kallrad = fynd.kallrad
    left join ensam on ensam.leverans = tabell.leverans
    where tabell.dataset = '${dataset}' and fynd.kod in (${codes})`,
    );
  if (selects.length === 0) return new Map();
  const rows = await db.rows<{ insats_id: string; dataset: string; kod: FindingCode }>(`
    with ensam as (
      select leverans, any_value(insats_id) as insats_id from staging.kallinsats group by leverans having count(*) = 1
    )
    select distinct insats_id, dataset, kod from (${selects.join(" union all ")})
    where insats_id is not null order by insats_id, dataset, kod`);
  return new Map(
    [...Map.groupBy(rows, ({ insats_id: insats }) => insats)].map(([insats, own]) => [
      insats,
      own.map(({ dataset, kod }) => ({ dataset, text: doubts[kod] ?? "" })),
    ]),
  );
};

/** What stands in the sentence of a figure that a measure counts of an insats. */
export const doubtsOf = (known: Doubts, insats: string, { grenar, registers }: Measure): string[] => [
  ...new Set(
    (known.get(insats) ?? [])
      .filter(({ dataset }) => registers.includes(dataset) || grenar.some((gren) => gren.dataset === dataset))
      .map(({ text }) => text),
  ),
];
