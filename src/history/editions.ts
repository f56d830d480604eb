/** What both histories share: an edition for each state of a thing, from the first day that a report showed it so. */

/** A select of the editions of each `of` that reports of `day` and later are, or are compared with. */
export const stillCompared = (table: string, of: string, day: string): string => `
  select alla.* from ${table} as alla
  qualify alla.fran > date '${day}'
    or row_number() over (partition by alla.${of}, alla.fran > date '${day}' order by alla.fran desc, alla.nr desc) <= 2`;
