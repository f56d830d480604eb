/** An amount that was shared out, as a table for a terminal, and who got the öre left over, and why. */
import { kronor } from "../schema/swedish.ts";
import { textTable } from "./table.ts";

/** A part as `explainedSplit` gives it. */
interface Shared {
  readonly id: string;
  readonly vikt: string;
  readonly ore: number;
  readonly exakt: number;
  readonly rest: number;
  readonly far_ore: boolean;
}

const named = (ids: readonly string[]): string =>
  ids.length < 2 ? ids.join("") : `${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;

const why = (parts: readonly Shared[]): string => {
  const lucky = parts.filter(({ far_ore: got }) => got);
  if (lucky.length === 0) return "Every part is whole öre: nothing was left over.";
  const least = Math.min(...lucky.map(({ rest }) => rest));
  const tied = parts.filter(({ rest, far_ore: got }) => !got && rest === least);
  const one = lucky.length === 1;
  return [
    `${lucky.length} öre ${one ? "was" : "were"} left when each part was rounded down. ${one ? "It went" : "They went"} to ${named(lucky.map(({ id }) => id))}, ${one ? "whose remainder is" : "whose remainders are"} the largest.`,
    ...(tied.length > 0
      ? [
          `${named(tied.map(({ id }) => id))} ${tied.length === 1 ? "has" : "have"} as large a remainder: of equals, the id that sorts first goes first.`,
        ]
      : []),
  ].join("\n");
};

export const splitText = (parts: readonly Shared[]): string => {
  const total = parts.reduce((sum, { ore }) => sum + ore, 0);
  const rows = parts.map(({ id, vikt, exakt, rest, ore }) => ({
    id,
    key: vikt,
    "exact öre": exakt,
    remainder: rest,
    öre: ore,
    kronor: kronor(ore),
  }));
  return `${textTable(rows)}\n\nThe parts sum to ${kronor(total)}. ${why(parts)}`;
};
