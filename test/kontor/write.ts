/** Makes the invented office's files with LibreOffice, as workbooks and exports that people keep: `node test/kontor/write.ts`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  bemanning,
  budget,
  deltaganden,
  fragor,
  huvudbok,
  insatser,
  type Mote,
  moten,
  type Person,
  parter,
  svar,
  sysselsattning,
  timmar,
  today,
  utdrag,
  volymer,
} from "./truth.ts";

/** A cell as a person types it: text, a number, a title, a day, minutes of time, or a share. */
type Cell = string | number | null | { rubrik: string } | { dag: string } | { minuter: number } | { andel: number };
type Sheets = Readonly<Record<string, readonly (readonly Cell[])[]>>;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const cellXml = (cell: Cell): string => {
  if (cell === null) return "<table:table-cell/>";
  const filled = (type: string, value: string): string =>
    `<table:table-cell office:value-type="${type}" ${value}></table:table-cell>`;
  if (typeof cell === "number") return filled("float", `office:value="${cell}"`);
  if (typeof cell === "string")
    return `<table:table-cell office:value-type="string"><text:p>${escaped(cell)}</text:p></table:table-cell>`;
  if ("rubrik" in cell)
    return `<table:table-cell table:number-columns-spanned="3" office:value-type="string"><text:p>${escaped(cell.rubrik)}</text:p></table:table-cell>`;
  if ("dag" in cell) return filled("date", `table:style-name="dag" office:date-value="${cell.dag}"`);
  if ("andel" in cell) return filled("percentage", `table:style-name="andel" office:value="${cell.andel}"`);
  const time = `PT${Math.floor(cell.minuter / 60)}H${cell.minuter % 60}M0S`;
  return filled("time", `table:style-name="tid" office:time-value="${time}"`);
};

const styles = `
<number:date-style style:name="nDag"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
<number:time-style style:name="nTid" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style>
<number:percentage-style style:name="nAndel"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
${["Dag", "Tid", "Andel"].map((name) => `<style:style style:name="${name.toLowerCase()}" style:family="table-cell" style:data-style-name="n${name}"/>`).join("\n")}`;

/** A workbook as flat XML, which LibreOffice opens. */
const fods = (sheets: Sheets): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>${styles}</office:automatic-styles>
<office:body><office:spreadsheet>
${Object.entries(sheets)
  .map(
    ([name, rows]) =>
      `<table:table table:name="${escaped(name)}">${rows.map((row) => `<table:table-row>${row.map(cellXml).join("")}</table:table-row>`).join("")}</table:table>`,
  )
  .join("\n")}
</office:spreadsheet></office:body></office:document>`;

const dag = (day: string): Cell => ({ dag: day });
const blank = (length: number): null[] => Array.from({ length }, () => null);
const manader = [
  "januari",
  "februari",
  "mars",
  "april",
  "maj",
  "juni",
  "juli",
  "augusti",
  "september",
  "oktober",
  "november",
  "december",
];

/** One day in the forms that come and go in a list. */
const dayWritten = (day: string, i: number): Cell => {
  const [year = "", month = "", date = ""] = day.split("-");
  const [m, d] = [Number(month), Number(date)];
  return (
    [
      dag(day),
      dag(day),
      day,
      `${d} ${manader[m - 1]} ${year}`,
      `${d}/${m} ${year}`,
      `${d} ${manader[m - 1]?.slice(0, 3)} ${year.slice(2)}`,
    ][i % 6] ?? null
  );
};
const sexWritten: Readonly<Record<Person["kon"], readonly string[]>> = {
  kvinna: ["K", "Kvinna", "kv", "kvinna"],
  man: ["M", "Man", "man"],
  okant: [""],
};

/** Vägknuten's list, a sheet a year: those who go on are carried over, and the later sheet has the end date. */
const participants = (ar: number): (readonly Cell[])[] => {
  const own = deltaganden.filter(
    ({ start, slut }) => start.slice(0, 4) <= `${ar}` && (slut === undefined || slut.slice(0, 4) >= `${ar}`),
  );
  return [
    [{ rubrik: `EXEMPEL (påhittat): Deltagare i Vägknuten ${ar}` }],
    [],
    ["Löpnr", "Kön", "Födelseår", "Hemkommun", "Inskriven", "Avslutad", "Sysselsättning efter", "Noteringar"],
    ...own.map(({ nr, kon, fodelsear, kommun, start, slut, efter }): Cell[] => {
      const ended = slut?.startsWith(`${ar}`) === true;
      const words = sexWritten[kon];
      return [
        // The first year's ids were typed with zeros before them.
        ar === 2023 ? String(nr).padStart(3, "0") : nr,
        words[nr % words.length] ?? "",
        fodelsear,
        kommun,
        dayWritten(start, ar === 2023 ? nr : nr + 2),
        ended && slut !== undefined ? dayWritten(slut, nr + 1) : null,
        ended ? (efter ?? null) : null,
        nr % 7 === 0 ? "ring igen" : null,
      ];
    }),
    [],
    [`Summa ${own.length} deltagare`],
    ["Källa: kansliets egen lista"],
  ];
};

const statusWritten: Readonly<Record<Mote["status"], string | null>> = {
  hållet: null,
  inställt: "Inställt",
  kommande: null,
};
const markOf = (mark: Mote["narvaro"][string] | undefined, cross: string): string | null =>
  mark === "närvarande" ? cross : mark === "ej kallad" ? "ek" : null;

/** Parts down and a year's days across; what lies ahead is blank. */
const attendance = (ar: number): (readonly Cell[])[] => {
  const own = moten.filter(({ datum, typ }) => typ === "Samverkan" && datum.startsWith(`${ar}`));
  return [
    [`EXEMPEL (påhittat): Närvaro vid samverkansmöten ${ar}, Vägknuten`],
    ["Organisation", ...own.map(({ datum }) => dag(datum))],
    ...parter.map(({ id }, i) => [
      id,
      ...own.map(({ status, narvaro }) =>
        status === "inställt" ? "INSTÄLLT" : markOf(narvaro[id], i === 3 ? "X" : "x"),
      ),
    ]),
    [],
    ["* x = var med, ek = ej kallad"],
  ];
};

const budgetSheet = (insats: string): (readonly Cell[])[] => {
  const of = (ar: number): typeof budget => budget.filter((row) => row.insats === insats && row.ar === ar);
  const sum = (rows: typeof budget): number => rows.reduce((all, { tkr }) => all + tkr, 0);
  const line = ({ post, tkr }: (typeof budget)[number], i: number): Cell[] => [post, tkr, of(2024)[i]?.tkr ?? null];
  const [personal, ...other] = of(2023).map(line);
  return [
    ["EXEMPEL (påhittat): Beslutad budget, tkr"],
    [],
    ["Post", "2023 (tkr)", "2024 (tkr)"],
    personal ?? [],
    ["Summa personal", ...[2023, 2024].map((ar) => sum(of(ar).slice(0, 1)))],
    ...other,
    ["Delsumma omkostnader", ...[2023, 2024].map((ar) => sum(of(ar).slice(1)))],
    ["Totalt", ...[2023, 2024].map((ar) => sum(of(ar)))],
    ["Källa: styrelsens beslut (exempel)"],
  ];
};

const monthName = (manad: string): string => {
  const name = manader[Number(manad.slice(5)) - 1] ?? "";
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1, 3)} ${manad.slice(0, 4)}`;
};

/** A workbook a year and a sheet a month. */
const hours = (ar: number): Sheets =>
  Object.fromEntries(
    [
      ...Map.groupBy(
        timmar.filter(({ manad }) => manad.startsWith(`${ar}`)),
        ({ manad }) => manad,
      ),
    ].map(([manad, rows]) => [
      monthName(manad),
      [
        [{ rubrik: `EXEMPEL (påhittat): Arbetad tid ${monthName(manad)}` }],
        ["Fakturanr", "Organisation", "Timmar (h:mm)", "Attest"],
        ...rows.map(({ nr, part, minuter }): Cell[] => [
          nr,
          part,
          // Cells of time, and times that were typed as text.
          part === "Region" ? { minuter } : `${Math.floor(minuter / 60)}:${String(minuter % 60).padStart(2, "0")}`,
          "klar",
        ]),
        ["Summa", null, { minuter: rows.reduce((all, { minuter }) => all + minuter, 0) }, null],
      ],
    ]),
  );

/** Kronor as the ledger's own export writes them, with a hard space between thousands. */
const kronorWritten = (ore: number): string => {
  const kronor = String(Math.floor(ore / 100)).replace(/\B(?=(\d{3})+$)/g, "\u00A0");
  return `${kronor},${String(ore % 100).padStart(2, "0")}`;
};

const ledger = ({ fran, till }: (typeof utdrag)[number]): (readonly Cell[])[] => {
  const own = huvudbok.filter(({ datum }) => datum >= fran && datum <= till);
  const debet = own.reduce((sum, { ore }) => sum + Math.max(ore, 0), 0);
  return [
    ["Ver", "Konto", "Kontotext", "Datum", "Projekt", "Debet", "Kredit", "Text"],
    ...own.map(({ ver, konto, text, datum, projekt, ore }): Cell[] => [
      ...[ver, konto, text, datum, projekt],
      ore >= 0 ? kronorWritten(ore) : null,
      ore < 0 ? kronorWritten(-ore) : null,
      "exempel",
    ]),
    ["Summa", null, null, null, null, kronorWritten(debet), kronorWritten(debet), null],
    [],
    ["Källa: ekonomisystemet, påhittat exempel"],
  ];
};

const files: Readonly<Record<string, Sheets>> = {
  "Insatser.xlsx": {
    Insatser: [
      ["EXEMPEL (påhittat): förbundets insatser"],
      ["Id", "Insats", "Samordningsförbund", "Projektnr", "Startdatum", "Slutdatum"],
      ...insatser.map(({ id, namn, projekt, start, slut }) => [
        id,
        `Exempel: ${namn}`,
        "exempelbygden",
        projekt,
        dag(start),
        dag(slut),
      ]),
    ],
  },
  "Deltagare Vägknuten.xlsx": { "2023": participants(2023), "2024": participants(2024) },
  "Närvaro Vägknuten 2023.xlsx": { Närvaro: attendance(2023) },
  "Närvaro Vägknuten 2024.xlsx": { Närvaro: attendance(2024) },
  "Möteskalender Vägknuten.xlsx": {
    Möten: [
      ["EXEMPEL (påhittat): Möteskalender"],
      ["Datum", "Typ av möte", "Status"],
      ...moten.map(({ datum, typ, status }) => [dag(datum), typ, statusWritten[status]]),
    ],
  },
  ...Object.fromEntries(utdrag.map((one) => [`${one.namn}.csv`, { Huvudbok: ledger(one) }])),
  "Budget.xlsx": Object.fromEntries(insatser.map(({ id, namn }) => [namn, budgetSheet(id)])),
  "Timmar Vägknuten 2023.xlsx": hours(2023),
  "Timmar Vägknuten 2024.xlsx": hours(2024),
  "Bemanning Vägknuten.xlsx": {
    Bemanning: [
      ["EXEMPEL (påhittat): Bemanning"],
      ["Organisation", "Roll", "Tjänst", "Från", "Till", "Månadskostnad (kr)"],
      ...bemanning.map(({ part, roll, omfattning, fran, till, manad }): Cell[] => [
        part,
        roll,
        part === "Region" ? `${omfattning * 100} %` : { andel: omfattning },
        dag(fran),
        dag(till),
        manad,
      ]),
    ],
  },
  "Enkät Vägknuten våren 2024.xlsx": {
    Formulärsvar: [
      ["Tidsstämpel", "Roll", fragor.nojd, fragor.hjalpt],
      ...svar.map(({ datum, roll, nojd, hjalpt }) => [
        dag(datum),
        roll,
        nojd ?? null,
        hjalpt.length > 0 ? hjalpt.join(";") : null,
      ]),
    ],
  },
  "Nya deltagare Steget in.xlsx": {
    Volymer: [
      ["EXEMPEL (påhittat): Nya deltagare per månad"],
      [null, ...volymer.map(({ manad }) => monthName(manad))],
      ["Kvinnor", ...volymer.map(({ kvinnor }) => kvinnor)],
      ["Män", ...volymer.map(({ man }) => man)],
      ["Totalt", ...volymer.map(({ kvinnor, man }) => kvinnor + man)],
    ],
  },
  "Efter insatsen Steget in.xlsx": {
    Utfall: [
      [null, "2023", null, "2024", null],
      ["Sysselsättning efter avslut", "Kvinnor", "Män", "Kvinnor", "Män"],
      ...sysselsattning.map(({ varde, antal }) => [varde, ...antal.map((one) => one.antal)]),
      [
        "Totalt",
        ...[0, 1, 2, 3].map((i) => sysselsattning.reduce((all, { antal }) => all + (antal[i]?.antal ?? 0), 0)),
      ],
      ["* osäker uppgift för 2024", ...blank(4)],
    ],
  },
};

/** Semicolons, quotes where needed, Windows-1252, cells as they are shown. */
const csvFilter = "csv:Text - txt - csv (StarCalc):59,34,ANSI,1,,1053,false,true,false";

const target = resolve(import.meta.dirname, "../../data/exempel-kontor");
const work = mkdtempSync(join(tmpdir(), "finsam-kontor-"));
mkdirSync(target, { recursive: true });
for (const [name, sheets] of Object.entries(files)) {
  const made = join(work, "bok.fods");
  writeFileSync(made, fods(sheets));
  const kind = name.endsWith(".csv") ? csvFilter : "xlsx:Calc MS Excel 2007 XML";
  execFileSync(
    "soffice",
    ["--headless", `-env:UserInstallation=file://${work}/profil`, "--convert-to", kind, "--outdir", work, made],
    { stdio: "pipe" },
  );
  renameSync(join(work, name.endsWith(".csv") ? "bok.csv" : "bok.xlsx"), join(target, name));
}
writeFileSync(join(target, "leverans.yaml"), `# Dagen då leveransen togs emot\nmottagen: "${today}"\n`);
rmSync(work, { recursive: true });
