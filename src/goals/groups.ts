/** The groups that a goal is judged by, besides the whole. */
import type { Database } from "../db/open.ts";
import type { Facts } from "./facts.ts";
import type { Stated } from "./stated.ts";

export const groupValues = async (
  db: Database,
  facts: Facts,
  { insats_id: insats, goal }: Stated,
): Promise<string[]> => {
  if (goal.grupp === "part") return [...(facts.parter.get(insats) ?? [])];
  const found = await db.rows<{ kon: string }>(
    `select distinct kon from measures.${goal.matt} where insats_id = $insats and kon is not null order by kon`,
    { insats },
  );
  return found.map(({ kon }) => kon);
};
