/**
 * A page's tables as a workbook, as workbooks of official statistics are made: a cover, a list of contents, notes, and one
 * marked table a sheet, without merged or empty cells. A figure is a number, as it is rounded on the page and in no other way.
 */
import { type Cell, type Sheet, sheetName, workbook } from "../../output/workbook.ts";
import { type Paper, type PlacedTable, textOf } from "./paper.ts";

/** A number as it is written in Swedish, and its unit. */
const written =
  /^([−-]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:,\d+)?)(?:[ \u00a0\u202f]?(kr|tkr|mkr|%|procentenheter|timmar|dagar|månader))?$/;

const readNumber = (text: string): { readonly value: number; readonly unit: string } | undefined => {
  const [, digits, unit = ""] = written.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return {
    value: Number(
      digits
        .replace(/[ \u00a0\u202f]/g, "")
        .replace("−", "-")
        .replace(",", "."),
    ),
    unit,
  };
};

interface Column {
  readonly heading: string;
  readonly cells: readonly (string | number)[];
}

/** A column of figures is of numbers; their unit is in its heading, or in a column of its own if they have several. */
const columnsOf = (heading: string, texts: readonly string[], isNumeric: boolean): Column[] => {
  const numbers = texts.map(readNumber);
  const figures = numbers.filter((number) => number !== undefined);
  const units = [...new Set(figures.map(({ unit }) => unit))];
  if (figures.length === 0 || !(isNumeric || figures.length === texts.length)) return [{ heading, cells: texts }];
  const cells = texts.map((text, i) => numbers[i]?.value ?? text);
  if (units.length > 1)
    return [
      { heading, cells },
      { heading: `${heading}, enhet`, cells: numbers.map((number) => number?.unit || missing) },
    ];
  return [{ heading: units[0] ? `${heading} (${units[0]})` : heading, cells }];
};

const missing = "–";

/** Rows under a heading of their own have it in their first column. */
const tidied = ({ columns, rows }: PlacedTable): Column[] => {
  const groups: string[] = [];
  const whole: string[][] = [];
  let group = "";
  for (const row of rows) {
    const cells = row.map((runs) => textOf(runs).replaceAll("\n", " · ") || missing);
    if (row.length < columns.length) group = cells.join(" ");
    else {
      groups.push(group || missing);
      whole.push(cells);
    }
  }
  const made = columns.flatMap(({ heading, isNumeric }, i) =>
    columnsOf(
      heading || "Vad",
      whole.map((row) => row[i] ?? missing),
      isNumeric,
    ),
  );
  const all = group === "" ? made : [{ heading: "Grupp", cells: groups }, ...made];
  // A marked table has no two columns of one name.
  return all.map((column, i) => {
    const before = all
      .slice(0, i)
      .filter(({ heading }) => heading.toLowerCase() === column.heading.toLowerCase()).length;
    return before === 0 ? column : { ...column, heading: `${column.heading} ${before + 1}` };
  });
};

/** A title is of larger print. */
const titleLines = 1.4;

/** A sheet with a title, what is said of its table, and the table. */
const tableSheet = (name: string, mark: string, texts: readonly Cell[], columns: readonly Column[]): Sheet => {
  const from = texts.length + 1;
  const rows = columns[0]?.cells ?? [];
  const widths = columns.map(({ heading, cells }) =>
    Math.min(60, 3 + Math.max(heading.length, ...cells.map((cell) => String(cell).length))),
  );
  const isText = columns.map(({ cells }) => cells.some((cell) => typeof cell === "string" && cell.length > 30));
  return {
    name,
    rows: [
      ...texts.map((cell, i) => ({
        number: i + 1,
        cells: [cell],
        ...(cell.look === "title" && { lines: titleLines }),
      })),
      { number: from, cells: columns.map(({ heading }, at): Cell => ({ at, value: heading, look: "heading" })) },
      ...rows.map((_, i) => ({
        number: from + i + 1,
        lines: Math.max(
          ...columns.map(({ cells }, at) => Math.ceil(String(cells[i] ?? missing).length / ((widths[at] ?? 0) - 3))),
        ),
        cells: columns.map(
          ({ cells }, at): Cell => ({ at, value: cells[i] ?? missing, look: isText[at] ? "wrapped" : "plain" }),
        ),
      })),
    ],
    widths,
    frozen: from,
    table: { name: mark, from, to: from + rows.length },
  };
};

const title = (value: string): Cell => ({ at: 0, value, look: "title" });
const text = (value: string): Cell => ({ at: 0, value });

const signs = [
  ["..", "Värdet visas inte, eftersom det gäller så få personer att de kan kännas igen."],
  [missing, "Uppgiften saknas i underlaget eller gäller inte raden. Ingen cell är tom."],
  ["0", "Värdet är noll."],
  ["(kr), (%)", "Enheten för kolumnens tal. Procent är skrivna som tal: 52 är 52 %."],
  ["Grupp", "Rubriken som raden står under på sidan."],
];

export const xlsxOf = ({ title: name, foot }: Paper, tables: readonly PlacedTable[]): Uint8Array => {
  const shown = tables.filter(({ rows }) => rows.length > 0);
  const taken = new Set(["Omslag", "Innehåll", "Anmärkningar"]);
  const sheets = shown.map((table, i): Sheet & { readonly caption: string } => {
    const sheet = sheetName(`Tabell ${i + 1}`, taken);
    const caption = table.caption || table.under;
    const about = [
      title(`${sheet}. ${caption}`),
      text(`Avsnitt: ${table.under}. Bladet har en tabell. Tecknen förklaras på bladet Anmärkningar.`),
    ];
    return { ...tableSheet(sheet, `Tabell_${i + 1}`, about, tidied(table)), caption };
  });
  const contents = tableSheet(
    "Innehåll",
    "Innehall",
    [title("Innehåll"), text("Bladet har en tabell, med en rad för varje tabell i arbetsboken.")],
    [
      { heading: "Blad", cells: sheets.map((sheet) => sheet.name) },
      { heading: "Tabell", cells: sheets.map(({ caption }) => caption) },
      { heading: "Avsnitt", cells: shown.map(({ under }) => under) },
      { heading: "Rader", cells: sheets.map(({ table }) => (table ? table.to - table.from : 0)) },
    ],
  );
  const linked: Sheet = {
    ...contents,
    rows: contents.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => ({
        ...cell,
        ...(cell.at === 0 && row.number > 3 && { leadsTo: String(cell.value) }),
      })),
    })),
  };
  const notes = tableSheet(
    "Anmärkningar",
    "Anmarkningar",
    [title("Anmärkningar"), text("Bladet har en tabell.")],
    [
      { heading: "Tecken", cells: signs.map(([sign = ""]) => sign) },
      { heading: "Betydelse", cells: signs.map(([, meaning = ""]) => meaning) },
    ],
  );
  const cover: Sheet = {
    name: "Omslag",
    rows: [
      title(name),
      text(foot),
      text(
        `Arbetsboken har sidans ${sheets.length === 1 ? "enda tabell" : `${sheets.length} tabeller`}, med samma siffror som på sidan.`,
      ),
      text(
        "Bladet Innehåll räknar upp tabellerna, bladet Anmärkningar förklarar tecknen. Sedan har varje tabell ett blad.",
      ),
    ].map((cell, i) => ({ number: i + 1, cells: [cell], ...(i === 0 && { lines: titleLines }) })),
    widths: [90],
  };
  return workbook([cover, linked, notes, ...sheets]);
};
