/** The tables of participants, declared in `data/tabeller.yaml`. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const ord = z.string().regex(/^[a-z0-9_]+$/);
/** One variable, or one before and one after. */
const tidpunkter = z.union([ord.transform((name) => ({ "": name })), z.strictObject({ fore: ord, efter: ord })]);

const tabell = z.strictObject({
  tabell: ord,
  rubrik: z.string().min(1),
  variabel: tidpunkter.optional(),
  av: z.enum(["deltaganden", "avslutade"]),
  svar: z.enum(["ett", "flera"]).default("ett"),
  summor: z.enum(["ett", "flera"]).optional(),
  utfall: tidpunkter.optional(),
  granser: z.array(z.int().positive()).min(1).optional(),
  matt: z.literal("dagar").optional(),
  skrivet: z.boolean().default(false),
  givet: ord.optional(),
  grupper: z.record(ord, z.array(ord).min(1)).optional(),
});

/** A table at one moment: before, after, or the only one (empty). */
export type Tabell = Omit<z.output<typeof tabell>, "variabel" | "utfall"> & {
  readonly tidpunkt: string;
  /** None where only totals state it. */
  readonly variabel: string | undefined;
  readonly utfall: string | undefined;
};

const file = new URL("../../data/tabeller.yaml", import.meta.url);

export const tabeller: readonly Tabell[] = z
  .array(tabell)
  .parse(parse(readFileSync(file, "utf8")))
  .flatMap(({ variabel, utfall, ...rest }) => {
    const ofRows = new Map<string, string>(Object.entries(variabel ?? {}));
    const ofTotals = new Map<string, string>(Object.entries(utfall ?? {}));
    return [...(variabel ? ofRows : ofTotals).keys()].map((tidpunkt) => ({
      ...rest,
      tidpunkt,
      variabel: ofRows.get(tidpunkt),
      utfall: ofTotals.get(tidpunkt),
    }));
  });
