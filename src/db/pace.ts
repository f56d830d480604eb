/** How far something that takes its time has come. */

/** What takes less than so many milliseconds says nothing, and what takes more says something as often. */
export const patience = 2000;

/** Says how far a step has come. */
export type Progress = (step: string, done?: string) => void;

/** `4100000 rows, 310000 rows a second, 16 s left`. @param left the share of the work that is left */
export const paceText = (rows: number, seconds: number, left: number): string =>
  `${rows} rows, ${Math.round(rows / seconds)} rows a second, ${Math.ceil((seconds * left) / (1 - left))} s left`;

/**
 * What part of a large run lies before each step, as measured on a tenth of the country. Before reading nothing is known, and
 * drawing takes the longer the more is drawn.
 */
const doneBefore: Readonly<Record<string, number>> = {
  "loading rows": 0.08,
  "building marts and measures": 0.14,
  "judging goals": 0.23,
  "sharing costs": 0.36,
  "auditing claims": 0.6,
  "comparing with the report before": 0.6,
  "writing results": 0.62,
  publishing: 0.82,
};

/**
 * Follows a run: what it says of its steps is passed on, and where one takes its time how far the run has come is said.
 * @returns `count`, which is given how many rows were delivered, and `stop`
 */
export const followRun = (
  say: Progress,
  now: () => number = () => performance.now(),
): { readonly progress: Progress; readonly count: (rows: number) => void; readonly stop: () => void } => {
  const began = now();
  let [step, before, rows, at] = ["", 0, 0, began];
  const tell = (): void => {
    if (rows === 0 || before === 0 || now() - at < patience) return;
    // What is left was judged when the step began; it has come as much nearer as time has passed.
    const whole = (at - began) / before;
    const left = Math.max(0.01, 1 - (now() - began) / whole);
    say(step, paceText(rows, (now() - began) / 1000, left));
  };
  const timer = setInterval(tell, patience);
  timer.unref();
  return {
    progress: (next, done) => {
      [step, before, at] = [next, doneBefore[next] ?? 0, now()];
      say(next, done);
    },
    count: (delivered) => {
      rows = delivered;
    },
    stop: () => clearInterval(timer),
  };
};
