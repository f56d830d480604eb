/** `1 row`, `2 rows`: a number of things as the terminal says it. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
