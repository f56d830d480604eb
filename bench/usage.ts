/** What a process has used. */
export interface Usage {
  /** CPU seconds, user and system, of all threads. */
  readonly cpu: number;
  /** Peak memory. */
  readonly megabytes: number;
  /** CPU seconds of each phase of a run, by the name it is told with. */
  readonly phases?: Readonly<Record<string, number>>;
}

export const usedSoFar = (): Usage => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
};

/** The phases that read, check, keep and compute; the results that are no main ones are among them. */
export const computing = [
  "starting",
  "reading deliveries",
  "loading rows",
  "building marts and measures",
  "judging goals",
  "sharing costs",
];
export const cpuOf = ({ phases = {} }: Usage, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (phases[name] ?? 0), 0);
