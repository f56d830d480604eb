/** An amount that was shared out, as a table for a terminal, and who got the öre left over, and why. */
import type { ExplainedPart } from "../schema/split.ts";
import { kronor } from "../schema/swedish.ts";
import { textTable } from "./table.ts";

const named = (parts: readonly ExplainedPart[]): string =>
  new Intl.ListFormat("en-GB").format(parts.map(({ id }) => id));

const why = (parts: readonly ExplainedPart[]): string => {
  const lucky = parts.filter(({ far_ore: got }) => got);
  if (lucky.length === 0) return "Every part is whole öre: nothing was left over.";
  const least = Math.min(...lucky.map(({ rest }) => rest));
  const tied = parts.filter(({ rest, far_ore: got }) => !got && rest === least);
  const one = lucky.length === 1;
  return [
    `${lucky.length} öre ${one ? "was" : "were"} left when each part was rounded down. ${one ? "It went" : "They went"} to ${named(lucky)}, ${one ? "whose remainder is" : "whose remainders are"} the largest.`,
    ...(tied.length > 0
      ? [
          `${named(tied)} ${tied.length === 1 ? "has" : "have"} as large a remainder: of equals, the id that sorts first goes first.`,
        ]
      : []),
  ].join("\n");
};

export const splitText = (parts: readonly ExplainedPart[]): string => {
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
