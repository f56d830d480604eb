/** What left, of the example and the five reports: every number of persons stands in publicerat.json, and none that is hidden there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { resultsIn } from "../../src/output/swap.ts";
import { personDenominators, personMeasures, personNumerators } from "../../src/schema/measures.ts";
import { percent } from "../../src/schema/swedish.ts";
import { type Shipped, shippedRun } from "../shipped.ts";

interface Row {
  readonly id: string;
  readonly insats: string;
  readonly matt: string;
  readonly taljare: number | null;
  readonly namnare: number | null;
  readonly varde: number | null;
}

/** All that can be read in a file: text, and what is said of pictures. */
const readable = (file: string): string => {
  const text = readFileSync(file, "utf8").replace(/<style.*?<\/style>/gs, " ");
  const said = [...text.matchAll(/ (?:alt|title|aria-label)="([^"]*)"/g)].map(([, words = ""]) => words);
  return [...said, text.replace(/<[^>]+>/g, " ")].join("\n").replaceAll(/[\u00a0\u202f]/g, " ");
};

describe.each<Shipped>(["exempel", "kallor"])("of %s", (name) => {
  let out: string;
  const all = async <R extends object>(sql: string): Promise<R[]> => {
    const db: Database = await resultsIn(out);
    return db.rows<R>(sql).finally(() => db.close());
  };
  const rowsOf = (schema: string, where: string): Promise<Row[]> =>
    all(`select resultat_id as id, insats_id as insats, matt, cast(taljare as double) as taljare, cast(namnare as double) as namnare, varde
      from ${schema}.maluppfyllelse where ${where}`);
  let published: Map<string, Set<number>>;
  beforeAll(async () => {
    ({ out } = await shippedRun(name));
    const { tables } = JSON.parse(readFileSync(join(out, "rapport", "publicerat.json"), "utf8")) as {
      tables: { resultat: string[]; cells: { value: number | null }[] }[];
    };
    published = new Map();
    for (const { resultat, cells } of tables)
      for (const id of resultat) {
        const own = published.get(id) ?? new Set();
        for (const { value } of cells) if (value !== null) own.add(value);
        published.set(id, own);
      }
  }, 240_000);

  test("each count that a goal, a cost, a comparison or the distribution by kön shows stands in publicerat.json", async () => {
    const goals = (await rowsOf("publik", "not ar_dold and varde is not null")).flatMap(
      ({ id, matt, taljare, namnare }) => [
        ...(personNumerators.includes(matt) ? [[id, taljare] as const] : []),
        ...(personDenominators.includes(matt) ? [[id, namnare] as const] : []),
      ],
    );
    const counts = await all<{ id: string; antal: number | null }>(`
      select resultat_id as id, cast(namnare as double) as antal from publik.enhetskostnad where har_okand is not null and per in ('deltagande', 'avslutad', 'arbete_eller_studier')
      union all select resultat_id, cast(n as double) from publik.modelljamforelse where matt in (${personDenominators.map((one) => `'${one}'`).join(", ")})
      union all select resultat_id, cast(unnest([kvinnor, man, okant, totalt]) as double) from publik.konsfordelning
      union all select resultat_id, okanda from publik.maluppfyllelse`);
    const shown = [...goals, ...counts.map(({ id, antal }) => [id, antal] as const)].filter(
      ([, antal]) => antal !== null,
    );
    expect(shown.length).toBeGreaterThan(name === "exempel" ? 100 : 1);
    expect(shown.filter(([id, antal]) => !published.get(id)?.has(antal ?? -1))).toEqual([]);
  });

  test("no page, picture or text for those who cannot see one says what is hidden", async () => {
    const folders = [join(out, "rapport"), join(out, "diagram")];
    const texts = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => /\.(html|svg)$/.test(file))
        .map((file) => ({ file, text: readable(join(folder, file)) })),
    );
    const hidden = new Set(
      (await all<{ id: string }>("select resultat_id as id from publik.maluppfyllelse where ar_dold")).map(
        ({ id }) => id,
      ),
    );
    const rows = await rowsOf("results", "varde is not null");
    // "3 av 7" is said of möten too.
    const phrasesOf = ({ matt, taljare, namnare, varde }: Row): string[] =>
      personMeasures.includes(matt) && personDenominators.includes(matt) && personNumerators.includes(matt)
        ? [
            ...((namnare ?? 0) < 10 ? [] : [` ${taljare} av ${namnare}\\b`]),
            ` ${percent(varde ?? 0).replaceAll(/[\u00a0\u202f]/g, " ")} \\(`,
          ]
        : [];
    const said = new Set(
      rows
        .filter(({ id }) => !hidden.has(id))
        .flatMap((row) => phrasesOf({ ...row, matt: "andel_kvinnor" }).map((phrase) => `${row.insats}${phrase}`)),
    );
    const secret = rows
      .filter(({ id }) => hidden.has(id))
      .flatMap((row) => phrasesOf(row).map((phrase) => ({ ...row, phrase })));
    const isSaid = ({ insats }: Row, phrase: string): boolean =>
      texts.some(({ file, text }) => file.includes(insats) && new RegExp(phrase).test(text));
    if (name === "exempel") {
      expect(secret.length).toBeGreaterThan(50);
      // What is shown is said in these words.
      const open = rows.filter(({ id }) => !hidden.has(id));
      expect(open.filter((row) => phrasesOf(row).some((phrase) => isSaid(row, phrase))).length).toBeGreaterThan(5);
    }
    const found = secret.flatMap(({ id, insats, phrase }) =>
      said.has(`${insats}${phrase}`)
        ? []
        : texts
            .filter(({ file, text }) => file.includes(insats) && new RegExp(phrase).test(text))
            .map(({ file }) => `${file}: ${phrase} of ${id}`),
    );
    expect(found).toEqual([]);
  });
});
