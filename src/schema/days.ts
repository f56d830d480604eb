/** Calendar days as ISO text. No clock and no time zone: a date here is a square in the almanac. */

const dayMs = 86_400_000;

/** Days since 1970-01-01. */
export const dayNumber = (iso: string): number =>
  Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10))) / dayMs;

/** Whether a text is a day of the almanac, written YYYY-MM-DD. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(dayNumber(text)) && isoDay(dayNumber(text)) === text;

export const isoDay = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

export const addDays = (iso: string, days: number): string => isoDay(dayNumber(iso) + days);

/** Days from one date to another, both counted. */
export const daysBetween = (fran: string, till: string): number => dayNumber(till) - dayNumber(fran) + 1;

const pad = (number: number, width: number): string => String(number).padStart(width, "0");

export const isoOf = (year: number, month: number, day: number): string =>
  `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;

/** The number of days in a month. */
export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The same day so many months on, or the month's last where it has no such day: 29 February a year on is 28 February. */
export const addMonths = (iso: string, months: number): string => {
  const index = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return isoOf(year, month, Math.min(Number(iso.slice(8, 10)), daysIn(year, month)));
};

/**
 * Whole months of a period whose two dates both belong to it: 1 April to 31 August is five, 1 April to 30 August four.
 */
export const wholeMonths = (fran: string, till: string): number => {
  const from = Number(fran.slice(0, 4)) * 12 + Number(fran.slice(5, 7));
  const to = Number(till.slice(0, 4)) * 12 + Number(till.slice(5, 7));
  let months = to - from + 1;
  while (months > 0 && addMonths(fran, months) > addDays(till, 1)) months--;
  return months;
};

let stockholm: Intl.DateTimeFormat | undefined;

/** Today in Stockholm: the one place that reads a clock. */
export const stockholmToday = (): string => {
  // Made once: it takes more time than all that it is asked for.
  stockholm ??= new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Stockholm",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return stockholm.format(new Date());
};
