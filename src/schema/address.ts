/** A cell's address as Excel shows it. */

/** Column 0 is A; the twin of the SQL macro `kolumnbokstav`. */
export const columnLetter = (cell: number): string =>
  (cell < 26 ? "" : columnLetter(Math.floor(cell / 26) - 1)) + String.fromCharCode(65 + (cell % 26));

/** `BC12` is cell 54 of row 12; of a part that is not written the cell is −1, the row 0. */
export const readAddress = (address: string): { cell: number; rad: number } => {
  let cell = 0;
  let at = 0;
  for (; at < address.length; at++) {
    const code = address.charCodeAt(at);
    if (code === 36) continue;
    if (code < 65 || code > 90) break;
    cell = cell * 26 + code - 64;
  }
  return { cell: cell - 1, rad: Number(address.slice(at).replace("$", "")) || 0 };
};
