/** Deliveries that know nothing of one another, taken in by the same runs: a run costs the same for one as for many. */
import { type Folder, folder, type Pipeline, type Row, type Rows } from "./delivery.ts";

export type Results = Pick<Folder, "rows">;
type Files = Readonly<Record<string, Rows | string | Buffer>>;

/** An insats with a source folder and a pipeline of its own, named as the insats is. */
export class Part implements Results {
  readonly id: string;
  readonly d: Folder;
  /** What happens before the run of a day. A second run of one day is called by the day and a word. */
  readonly changes = new Map<string, () => unknown>();
  readonly seen = new Map<string, ReadonlyMap<string, Row[]>>();

  constructor(d: Folder, id: string) {
    this.d = d;
    this.id = id;
  }

  write(file: string, content: Rows | string | Buffer): void {
    this.d.write(`${this.id}/${file}`, content);
  }

  remove(file: string): void {
    this.d.remove(`${this.id}/${file}`);
  }

  pipeline(content: Partial<Pipeline>, name = this.id): void {
    this.d.pipeline(`${name}.yaml`, { insats: this.id, kallor: [`../data/${this.id}`], ...content });
  }

  /** What is first delivered, before the run of a day, and what reads it: a pipeline, and others by name. */
  starts(day: string, files: Files, pipeline: Partial<Pipeline>, others: Record<string, Partial<Pipeline>> = {}): void {
    this.on(day, () => {
      for (const [file, content] of Object.entries(files)) this.write(file, content);
      for (const [name, content] of Object.entries({ [this.id]: pipeline, ...others })) this.pipeline(content, name);
    });
  }

  on(day: string, change: () => unknown): void {
    this.changes.set(day, change);
  }

  /** The rows of the last run that are about this delivery, whose source is called `data`. */
  rows(result: string): Row[] {
    const source = `data/${this.id}`;
    return this.d
      .rows(result)
      .filter(({ insats_id: insats, fil }) => insats === this.id || `${fil}`.startsWith(`${source}/`))
      .map((row) => (row.fil ? { ...row, fil: `${row.fil}`.replace(source, "data") } : row));
  }

  /** The results of the run of a day. */
  at(day: string): Results {
    return {
      rows: (result) => {
        const rows = this.seen.get(day)?.get(result);
        if (!rows) throw new Error(`not kept: ${result} of ${day}`);
        return rows;
      },
    };
  }
}

/**
 * @param results what is kept of each run
 * @param ran called after each
 */
export const together = (
  results: readonly string[] = [],
  ran: (day: string, summary: Awaited<ReturnType<Folder["run"]>>) => void = () => {},
) => {
  const d = folder({ files: {}, pipelines: {} });
  const parts: Part[] = [];
  const run = async (name: string, settings: Parameters<Folder["run"]>[0], those: readonly Part[]): Promise<void> => {
    ran(name, await d.run(settings));
    for (const part of those) part.seen.set(name, new Map(results.map((result) => [result, part.rows(result)])));
  };
  const part = (id: string): Part => {
    const own = new Part(d, id);
    parts.push(own);
    return own;
  };
  return {
    d,
    part,
    /** A delivery that is taken in once. */
    given: (id: string, files: Files, pipeline: Partial<Pipeline> = {}): Part => {
      const own = part(id);
      own.starts("2025-01-01", files, pipeline);
      return own;
    },
    /** A run for every day that one of them names, the last of them drawn. */
    runAll: async (): Promise<void> => {
      const days = [...new Set(parts.flatMap(({ changes }) => [...changes.keys()]))].sort();
      for (const day of days) {
        const changed = parts.filter(({ changes }) => changes.has(day));
        for (const { changes } of changed) await changes.get(day)?.();
        await run(day, { today: day.slice(0, 10), report: day === days.at(-1) }, changed);
      }
    },
    /** Kept as the run of `as of` the day. */
    lookBack: (day: string): Promise<void> => run(`as of ${day}`, { asOf: day }, parts),
  };
};
