/** How far something that takes its time has come. */
import type { Database } from "./open.ts";

/** What takes less than so many milliseconds says nothing, and what takes more says something as often. */
export const patience = 2000;

/** `4100000 of 9000000 rows, 310000 rows a second, 16 s left`. */
export const paceText = (rows: number, of: number, seconds: number): string => {
  const rate = rows / seconds;
  return `${rows} of ${of} rows, ${Math.round(rate)} rows a second, ${Math.ceil((of - rows) / rate)} s left`;
};

/**
 * Says of each statement that takes its time how far it has come.
 * @returns what ends it
 */
export const watchStatements = async (
  db: Database,
  say: (text: string) => void,
  least = patience,
): Promise<() => void> => {
  await db.run("set enable_progress_bar = true; set enable_progress_bar_print = false");
  let [before, began, said] = [0, 0, 0];
  const timer = setInterval(() => {
    const { rows_processed: processed, total_rows_to_process: all } = db.connection.progress;
    const [rows, of, now] = [Number(processed), Number(all), performance.now()];
    // What has come less far than before is another statement.
    if (rows === 0 || rows < before) began = said = now;
    else if (now - said >= least) {
      said = now;
      if (rows < of) say(paceText(rows, of, (now - began) / 1000));
    }
    before = rows;
  }, least / 4);
  return () => clearInterval(timer);
};
