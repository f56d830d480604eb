/** How a run ended, in five lines for a terminal. */
import { count } from "./table.ts";

/** What a run came to; `run` returns it. */
export interface RunSummary {
  readonly rows: Readonly<Record<"rader" | "lasta" | "avvisade" | "overhoppade", number>>;
  readonly files: number;
  /** Files that had not been received by the day of a look back, and are left out. */
  readonly unreceived: number;
  readonly goals: Readonly<Record<"met" | "partly" | "unmet" | "unmeasurable" | "deviating", number>>;
  readonly claims: Readonly<Record<"hold" | "fail" | "untestable", number>>;
  readonly warnings: number;
  /** Rows that are not shown outside `internt`, because few persons could be worked out. */
  readonly hidden: number;
  /** Of the hidden: how many are few by themselves, what is shown at least, and where that is another number. */
  readonly disclosure: {
    readonly few: number;
    readonly threshold: number;
    readonly exceptions: readonly string[];
    readonly sha256: string | null;
  };
  readonly exempel: boolean;
  /** Insatser that a pipeline names and no delivery holds: `file: id`. */
  readonly unknown: readonly string[];
  /** The report's first page; null when none was asked for. */
  readonly report: string | null;
  /** Whether a file or row was rejected. */
  readonly rejected: boolean;
}

const disclosureText = (hidden: number, { few, threshold, exceptions, sha256 }: RunSummary["disclosure"]): string => {
  const others = exceptions.length > 0 ? `, except ${exceptions.join(", ")}` : "";
  const left = sha256 === null ? "" : `; what left is ${sha256.slice(0, 8)}`;
  return `Hidden   ${count(hidden, "row")} about few persons: ${few} by themselves, ${hidden - few} with others; fewer than ${threshold} are few${others}${left}; why is in internt/rojande.json`;
};

export const summaryText = (summary: RunSummary): string => {
  const { rows, files, unreceived, hidden, disclosure, goals, claims, warnings, exempel, unknown, report, rejected } =
    summary;
  const lines = [
    exempel ? "EXEMPEL: invented data" : "",
    `Rows     ${rows.rader} in ${count(files, "file")}: ${rows.lasta} loaded, ${rows.avvisade} quarantined, ${rows.overhoppade} passed over`,
    `Goals    ${goals.met} met, ${goals.partly} partly, ${goals.unmet} not met, ${goals.unmeasurable} not measurable; ${goals.deviating} not as reported`,
    `Claims   ${claims.fail} do not hold, ${claims.hold} hold, ${claims.untestable} cannot be tested`,
    warnings > 0 || rejected
      ? `Findings see "finsam show datakvalitet"${warnings > 0 ? ` (${count(warnings, "warning")})` : ""}`
      : "",
    hidden > 0 || disclosure.exceptions.length > 0 ? disclosureText(hidden, disclosure) : "",
    unreceived > 0 ? `Note     left out, since not received by then: ${count(unreceived, "file")}` : "",
    ...unknown.map((one) => `Note     ${one}: no delivery holds this insats`),
    `Report   ${report ?? "none was asked for; an earlier one has been removed"}`,
  ];
  return lines.filter((line) => line !== "").join("\n");
};
