/**
 * Colours and patterns. The hues are Okabe and Ito's, which people with any colour vision tell apart; a dark outline
 * gives the light ones contrast against the page, and no meaning is carried by colour alone.
 */
import { type Html, html } from "../html.ts";
import type { Mal, Malrad } from "../publik.ts";

export const ink = "#1f1f1f";
export const quiet = "#555555";
export const paper = "#ffffff";
export const rule = "#d0d0d0";

export const blue = "#0072b2";
export const orange = "#e69f00";
export const vermillion = "#d55e00";
export const grey = "#bdbdbd";

/**
 * Fills for parts of a whole, told apart by letter as well. On a grey printer each is at least 1.5 times as light or dark as
 * every other, counted as WCAG counts contrast; light and dark take turns.
 */
export const series = [blue, "#f0e442", "#7a2a86", orange, "#14284f", "#009e73"] as const;

/** `dolt`: it would reveal few persons. */
export const verdicts = ["uppnatt", "delvis", "ej_uppnatt", "ej_matbart", "dolt"] as const;
export type Verdict = (typeof verdicts)[number];

const asVerdict = (status: string): Verdict => verdicts.find((known) => known === status) ?? "ej_matbart";

export const isVerdict = (status: string): status is Verdict => (verdicts as readonly string[]).includes(status);

/** A verdict as it is shown: one that was missed within its goal's tolerance is `nara`, and not met all the same. */
export type Shown = Verdict | "nara";
export const shownOrder = ["uppnatt", "delvis", "nara", "ej_uppnatt", "ej_matbart", "dolt"] as const;

/** How a goal is shown: near where all that was missed is near. */
export const shownOf = ({ status, nara, ej_uppnatt: missed }: Mal): Shown =>
  status === "ej_uppnatt" && nara !== null && nara > 0 && nara === missed ? "nara" : asVerdict(status);

export const shownRow = ({ status, nara }: Malrad): Shown =>
  status === "ej_uppnatt" && nara === true ? "nara" : asVerdict(status);

/** The fill of a verdict in one chart: even in grey each differs from the others. */
export const verdictFill = (chart: string, verdict: Shown): string =>
  verdict === "uppnatt" ? blue : verdict === "nara" ? orange : verdict === "dolt" ? grey : `url(#${chart}-${verdict})`;

const patterns: readonly (readonly [verdict: Verdict, ground: string, drawn: Html])[] = [
  ["delvis", "#cfe6f5", html`<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="${blue}" stroke-width="2.5"/>`],
  ["ej_uppnatt", vermillion, html`<path d="M-2 6L2 10M0 0L8 8M6 -2L10 2" stroke="${paper}" stroke-width="1.5"/>`],
  [
    "ej_matbart",
    paper,
    html`<circle cx="2" cy="2" r="1" fill="${quiet}"/><circle cx="6" cy="6" r="1" fill="${quiet}"/>`,
  ],
];

/** The patterns that `verdictFill` refers to. */
export const verdictPatterns = (chart: string): Html =>
  html`<defs>${patterns.map(
    ([verdict, ground, drawn]) =>
      html`<pattern id="${chart}-${verdict}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${ground}"/>${drawn}</pattern>`,
  )}</defs>`;
