/** How a run ended, in five lines for a terminal. */
import { count } from "./table.ts";

/** What a run's summary says; `run` returns it. */
interface Summary {
  readonly rows: {
    readonly rader: number;
    readonly lasta: number;
    readonly avvisade: number;
    readonly overhoppade: number;
  };
  readonly files: number;
  readonly unreceived: number;
  readonly goals: Readonly<Record<"met" | "partly" | "unmet" | "unmeasurable" | "deviating", number>>;
  readonly claims: Readonly<Record<"hold" | "fail" | "untestable", number>>;
  readonly warnings: number;
  readonly exempel: boolean;
  readonly unknown: readonly string[];
  readonly report: string | null;
  readonly rejected: boolean;
}

export const summaryText = ({
  rows,
  files,
  unreceived,
  goals,
  claims,
  warnings,
  exempel,
  unknown,
  report,
  rejected,
}: Summary): string =>
  [
    exempel ? "EXEMPEL: invented data" : "",
    `Rows     ${rows.rader} in ${count(files, "file")}: ${rows.lasta} loaded, ${rows.avvisade} quarantined, ${rows.overhoppade} passed over`,
    `Goals    ${goals.met} met, ${goals.partly} partly, ${goals.unmet} not met, ${goals.unmeasurable} not measurable; ${goals.deviating} not as reported`,
    `Claims   ${claims.fail} do not hold, ${claims.hold} hold, ${claims.untestable} cannot be tested`,
    warnings > 0 || rejected
      ? `Findings see "finsam show datakvalitet"${warnings > 0 ? ` (${count(warnings, "warning")})` : ""}`
      : "",
    unreceived > 0 ? `Note     left out, since not received by then: ${count(unreceived, "file")}` : "",
    ...unknown.map((one) => `Note     ${one}: no delivery holds this insats`),
    `Report   ${report ?? "none was asked for; an earlier one has been removed"}`,
  ]
    .filter((line) => line !== "")
    .join("\n");
