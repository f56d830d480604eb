/** Age groups, by the ages at which a new one begins. */

/** `-29`, `30-44`, `45-59`, `60-` for 30, 45 and 60: what the SQL macro `aldersgrupp` calls them, youngest first. */
export const aldersgrupper = (granser: readonly number[]): string[] => [
  `-${(granser[0] ?? 0) - 1}`,
  ...granser.map((from, i) => {
    const next = granser[i + 1];
    return next === undefined ? `${from}-` : `${from}-${next - 1}`;
  }),
];
