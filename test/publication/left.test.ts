/** What left, of the example and the five reports: every number of persons stands in publicerat.json, and none that is hidden there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { resultsIn } from "../../src/output/swap.ts";
import type { PublishedTable } from "../../src/report/publicerat.ts";
import { personDenominators, personMeasures, personNumerators } from "../../src/schema/measures.ts";
import { percent } from "../../src/schema/swedish.ts";
import { docxText, xlsxText } from "../report/archive.ts";
import { type Shipped, shippedRun } from "../shipped.ts";

/**
 * `7 av 12` and `12 deltaganden`, but not what is demanded (`minst 12`, `12 deltagare/år`), the rule itself (`1 till 4`), months of a forecast, or how many periods, goals and posts
 * are met.
 */
const phrases =
  /(?<!(?:[\d,.–] ?|kr |[Mm]inst |[Hh]ögst |mål |är |ått i |1 till ))(?:\b(\d{1,3}(?: \d{3})*) av (\d{1,3}(?: \d{3})*)\b(?!,\d| (?:värden|mål|månader|kvartal|år|terminer|tertial|perioder|bedömningar|poster|möten)\b)|\b(\d{1,3}(?: \d{3})*) (?:deltag\p{L}+|personer|individer|kvinnor|män|avslutade)(?![\p{L}/]))/gu;

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
  if (file.endsWith(".xlsx")) return xlsxText(file).replaceAll(/[\u00a0\u202f]/g, " ");
  if (file.endsWith(".docx")) return docxText(file).replaceAll(/[\u00a0\u202f]/g, " ");
  const text = readFileSync(file, "utf8").replace(/<style.*?<\/style>/gs, " ");
  const said = [...text.matchAll(/ (?:alt|title|aria-label)="([^"]*)"/g)].map(([, words = ""]) => words);
  // A picture's own number is none of persons.
  const whole = [...said, text.replace(/<[^>]+>/g, " ")].join("\n").replaceAll(/[\u00a0\u202f]/g, " ");
  return whole.replaceAll(/Bild \d+ av \d+/g, " ");
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
  let tables: PublishedTable[];
  beforeAll(async () => {
    ({ out } = await shippedRun(name));
    ({ tables } = JSON.parse(readFileSync(join(out, "rapport", "publicerat.json"), "utf8")) as {
      tables: PublishedTable[];
    });
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
      union all select resultat_id, cast(n as double) from publik.parjamforelse where matt in (${personDenominators.map((one) => `'${one}'`).join(", ")})
      union all select resultat_id, cast(unnest([kvinnor, man, okant, totalt]) as double) from publik.konsfordelning
      union all select resultat_id, okanda from publik.maluppfyllelse`);
    const shown = [...goals, ...counts.map(({ id, antal }) => [id, antal] as const)].filter(
      ([, antal]) => antal !== null,
    );
    expect(shown.length).toBeGreaterThan(name === "exempel" ? 100 : 1);
    expect(shown.filter(([id, antal]) => !published.get(id)?.has(antal ?? -1))).toEqual([]);
  });

  test("every mean, share and cost that publicerat.json ties to counts comes out of those counts", () => {
    const tied = tables.flatMap(({ cells, constraints }) => {
      const values = new Map(cells.map(({ keys, value }) => [JSON.stringify(keys), value]));
      return constraints.flatMap(({ terms, op, rhs }) => {
        const counts = terms.map(({ keys, coef }) => [values.get(JSON.stringify(keys)) ?? null, coef] as const);
        if (op !== "=" || counts.some(([count]) => count === null)) return [];
        return [{ sum: counts.reduce((sum, [count, coef]) => sum + (count ?? 0) * coef, 0), rhs }];
      });
    });
    expect(tied.length).toBeGreaterThan(name === "exempel" ? 30 : 0);
    expect(tied.filter(({ sum, rhs }) => Math.abs(sum - rhs) > 1e-6 * Math.max(1, Math.abs(rhs)))).toEqual([]);
  });

  test("each number of persons that a page, a picture or its description says stands in publicerat.json", async () => {
    const insatser = await all<{ id: string }>("select insats_id as id from publik.insats");
    // The front page, and those of förbund and of all: of any insats.
    const owners = [
      ...insatser.map(({ id }) => ({
        names: (file: string) => file.includes(id),
        isOf: (insats: string) => insats === id,
      })),
      { names: (file: string) => insatser.every(({ id }) => !file.includes(id)), isOf: () => true },
    ];
    const others = await all<{ insats: string; taljare: number; namnare: number; tackningsgrad: number | null }>(`
      select insats_id as insats, cast(taljare as double) as taljare, cast(namnare as double) as namnare, tackningsgrad from publik.maluppfyllelse
      where matt not in (${personMeasures.map((one) => `'${one}'`).join(", ")}) and taljare is not null and namnare is not null`);
    const targets = await all<{ insats: string; varde: number; malvarde: number }>(
      "select insats_id as insats, varde, malvarde from publik.maluppfyllelse where varde is not null and malvarde is not null",
    );
    let seen = 0;
    const unknown = owners.flatMap(({ names, isOf }) => {
      const own = tables.filter(({ population }) => isOf(population.split(" ")[0] ?? ""));
      const counts = own
        .filter(({ dims }) => !dims.includes("figur"))
        .map(({ cells }) => new Set(cells.flatMap(({ value }) => value ?? [])));
      const allowed = new Set([
        ...others
          .filter((one) => isOf(one.insats))
          .flatMap(({ taljare, namnare, tackningsgrad }) => {
            const whole = Math.round(namnare / (tackningsgrad ?? 1));
            return [`${taljare} av ${namnare}`, `${whole - namnare} av ${whole}`];
          }),
        ...targets.filter((one) => isOf(one.insats)).map(({ varde, malvarde }) => `${varde} av ${malvarde}`),
      ]);
      const files = ["rapport", "diagram"].flatMap((folder) =>
        readdirSync(join(out, folder), { recursive: true, encoding: "utf8" })
          .filter((file) => /\.(html|svg|xlsx|docx)$/.test(file) && names(file))
          .map((file) => join(out, folder, file)),
      );
      return files.flatMap((file) =>
        [...readable(file).replaceAll(/\s+/g, " ").matchAll(phrases)].flatMap(
          ([phrase, part = "", whole = "", alone = ""]) => {
            const said = [part, whole, alone]
              .filter((digits) => digits !== "")
              .map((digits) => Number(digits.replaceAll(" ", "")));
            const isPublished = counts.some((table) => said.every((number) => table.has(number)));
            if (isPublished) seen++;
            return isPublished || allowed.has(said.join(" av ")) ? [] : [`${file.split("/").at(-1)}: ${phrase}`];
          },
        ),
      );
    });
    expect([...new Set(unknown)]).toEqual([]);
    expect(seen).toBeGreaterThan(name === "exempel" ? 20 : 0);
  });

  test("no page, picture or text for those who cannot see one says what is hidden", async () => {
    const folders = [join(out, "rapport"), join(out, "diagram")];
    const texts = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => /\.(html|svg|xlsx|docx)$/.test(file))
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
