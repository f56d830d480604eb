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
