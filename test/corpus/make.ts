/**
 * Writes the corpus: `node test/corpus/make.ts`. The files are kept, so that what is tested is what lies there; this says
 * how each was made. The files named `openpyxl-*` and `xlsxwriter-*` were written by those programs (`make.py`), and `libreoffice-*` by LibreOffice 7.4 from a
 * CSV file and a flat spreadsheet.
 * Beside each lies `<file>.expected.json`: what each column is read as, and what `inspect` is to give.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open } from "../../src/db/open.ts";
import { formula, parts, styled, workbook, zip } from "./workbook.ts";

const folder = join(import.meta.dirname, "files");
mkdirSync(folder, { recursive: true });

const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const wide = (text: string, mark = true): Buffer => Buffer.from((mark ? "\uFEFF" : "") + text, "utf16le");
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const table = "Kommun;Förbund;Antal;Belopp (kr)\nTierp;Norra;12;1 250,50\nÖsthammar;Södra;8;900\n";
const moten =
  "insats_id;mote_id;datum;motestyp\ni;1;2023-02-01;samverkan\ni;2;17 feb 2023;puls\ni;3;17/3-23;styrgrupp\n";
// Skatteverket's published test number.
const person = "189001019802";
const dashed = `${person.slice(0, 8)}-${person.slice(8)}`;

const text: Record<string, string | Buffer> = {
  // Encodings
  "utf8.csv": table,
  "utf8-bom.csv": `\uFEFF${table}`,
  "utf16le-bom.csv": wide(table),
  "utf16be-bom.csv": swapped(wide(table)),
  "utf16le-utan-bom.csv": wide(table, false),
  "utf16be-utan-bom.csv": swapped(wide(table, false)),
  "windows-1252.csv": Buffer.concat([latin(table), Buffer.from([0x80, 0x3b]), latin("Väst;3;5 kr\n")]),
  "iso-8859-1.txt": latin(table),
  "felavkodad.csv":
    Buffer.from(latin(Buffer.from(table).toString("latin1")).toString("latin1"), "latin1").toString("utf8") === table
      ? Buffer.from(Buffer.from(table).toString("latin1"), "utf8")
      : table,
  "felavkodad-cell.csv": "Kommun;Antal\nfÃ¶rbundet i HÃ¤rnÃ¶sand;1\nÅre;2\n",
  "ogiltig-utf8.csv": Buffer.concat([
    Buffer.from("Kommun;Antal\nÅre;1\nÄlvdalen;2\nM"),
    Buffer.from([0xff]),
    Buffer.from("lmö;3\nÖrebro;4\n"),
  ]),
  "nulltecken.csv": "Kommun;Antal\nTi\0erp;1\nÅre;2\n",
  "uppdelade-bokstaver.csv": "Kommun;Förbund\nÅre;Östra\n".normalize("NFD"),
  // Separators
  "komma.csv": 'Kommun,Antal,Belopp\nTierp,12,"1 250,50"\nÅre,8,900\n',
  "tabb.tsv": "Kommun\tAntal\tBelopp\nTierp\t12\t1 250,50\nÅre\t8\t900\n",
  "lodstreck.csv": "Kommun|Antal\nTierp|12\nÅre|8\n",
  "sep-rad.csv": "sep=,\nKommun,Antal\nTierp,12\nÅre,8\n",
  "sep-rad-citat.csv": '"sep=|"\r\nKommun|Antal\r\nTierp|12\r\n',
  "decimalkomma.csv": "Kommun;Belopp\nTierp;1,5\nÅre;2,5\nBerg;3,5\n",
  "en-kolumn.csv": "Belopp\n1,5\n2,5\n",
  // Line ends and quotes
  "crlf.csv": table.replaceAll("\n", "\r\n"),
  "cr.csv": table.replaceAll("\n", "\r"),
  "blandade-radslut.csv": "Kommun;Antal\r\nTierp;1\nÅre;2\rBerg;3\r\n",
  "utan-sista-radslut.csv": "Kommun;Antal\nTierp;1",
  "citat-radbrytning.csv": 'Text;Antal\n"rad ett\nrad två";1\n"säger ""hej"";";2\nsist;3\n',
  "citat-crlf.csv": 'Text;Antal\r\n"ett\r\ntvå";1\r\nsist;3\r\n',
  "oppet-citattecken.csv": 'Text;Antal\n"öppet;1\nsist;3\n',
  "forskjutet-citattecken.csv": 'Text;Antal\n"öppet;1\nnästa;"2"\nsist;3\n',
  "citattecken-i-cell.csv": 'Text;Antal\nrör 5" brett;1\n',
  // Signs
  "osynliga-tecken.csv": "Kommun;Antal\nTi\u200Berp;\u202A12\u202C\n\u00A0Åre\u00AD;8\n",
  "styrtecken.csv": "Kommun;Antal\nTierp\u0007;12\u001F\nÅre;8\n",
  "ersattningstecken.csv": "Kommun;Antal\nM\uFFFDlmö;12\nÅre;8\n",
  // Shape
  "titelrader.csv": "Rapport för 2023\nFörbund: Norra;\n\nKommun;Antal;Belopp\nTierp;1;10\nÅre;2;20\n",
  "tva-rubrikrader.csv": "Kommun;2022;;2023;\n;Kvinnor;Män;Kvinnor;Män\nTierp;1;2;3;4\nÅre;5;6;7;8\n",
  "rubrik-och-enhet.csv": "Kommun;Belopp;Andel\n;(tkr);(%)\nTierp;1,5;12\nÅre;2;8\n",
  "tomma-rader.csv": "Kommun;Antal\n\nTierp;1\n;\nÅre;2\n\n",
  "summarader.csv": "Kommun;Antal\nTierp;1\nÅre;2\nDelsumma;3\nBerg;4\nSumma;7\nvarav kvinnor;5\nSumma Konsult AB;9\n",
  "flera-tabeller.csv":
    "Tabell 1: kommuner\nKommun;Antal\nTierp;1\nÅre;2\n\nTabell 2: belopp\n\nPost;Belopp;År\nLön;100;2023\nHyra;50;2023\n",
  "flera-dataset.csv":
    "insats_id;part_id;namn;huvudman\ni;af;AF;arbetsformedlingen\n\ninsats_id;mote_id;datum;motestyp\ni;1;2023-02-01;puls\ni;2;2023-03-01;puls\n",
  "samma-rubrik-igen.csv": "Kommun;Antal\nTierp;1\nKommun;Antal\nÅre;2\n",
  "ojamna-rader.csv": "Kommun;Antal;Text\nTierp;1;a\nÅre;2\nBerg;3;c;för mycket\nFalun;4;d\n",
  "dubbla-rubriker.csv": "Kommun;Antal;Antal\nTierp;1;2\n",
  "dubbla-rubriker-dataset.csv": "insats_id;mote_id;datum;datum;motestyp\ni;1;2023-02-01;2023-03-01;puls\n",
  "kolumn-utan-rubrik.csv": "Kommun;;Antal\nTierp;x;1\nÅre;;2\n",
  "tom.csv": "",
  "bara-blanktecken.csv": " \r\n\r\n\t\r\n",
  "bara-rubrik.csv": "Kommun;Antal\n",
  "utan-rubrik.csv": "1;2;3\n4;5;6\n",
  "felvarden.csv": "Kommun;Antal\nTierp;#DIV/0!\nÅre;#SAKNAS!\nBerg;3\n",
  // Renamed
  "bild.csv": Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  "webbsida.csv": "<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table></body></html>\n",
  "binar.txt": Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 7) % 256)),
  "textfil.xlsx": table,
  "gammal.xls": Buffer.from("d0cf11e0a1b11ae10000000000000000", "hex"),
  "lista.ods": Buffer.from("504b0304", "hex"),
  "text.parquet": table,
  // Values
  "belopp.csv": [
    "Fall;Belopp",
    "tusental;125 000,75",
    "hårt blanksteg;125\u00A0000,75 kr",
    "smalt;125\u202F000",
    "apostrof;125'000",
    "punkt och komma;125.000,75",
    "tkr;12,5 tkr",
    "mkr;1,25 mkr",
    "negativt;−50",
    "saknas;-",
    "tvetydigt punkt;1.234",
    "tvetydigt komma;1,234",
    "entydigt;0,125 tkr",
    "inte hela ören;0,125",
    "för stort;99 999 999 999 999 999",
    "",
  ].join("\n"),
  "datum.csv": [
    "Fall;Datum",
    "ISO;2023-02-17",
    "ord;17 feb 2023",
    "snedstreck;17/2-23",
    "sex;230217",
    "åtta;20230217",
    "tvetydigt;02/03/2023",
    "skottdag;2023-02-29",
    "serienummer;45000",
    "före;1899-12-31",
    "saknas;uppgift saknas",
    "",
  ].join("\n"),
  "ovriga-slag.csv":
    "Namn;Månad;År;Ja;Andel;Tal;Heltal\na;2023-05;2023;ja;85 %;1,25;3\nb;maj 2023;1899;x;0,5;1 000;3,5\nc;maj;2024;kanske;1,5;abc;-\nd;;;;;;\n",
  "personnummer-text.csv": `Text;Antal\nring ${dashed} om tid;1\n`,
  "personnummer-kolumn.csv": `Personnummer;Antal\n${person};1\n${dashed};2\n189001019803;3\n`,
  "personnummer-dolt-tecken.csv": `Text;Antal\n${person.slice(0, 6)}\u200B${person.slice(6)};1\n`,
  "mote.csv": moten,
  "mote-fel.csv": `${moten}i;4;;puls\ni;5;igår;puls\n;6;2023-01-01;puls\nSumma;;;\n`,
  "Närvaro maj.csv": "Insats;Möte;Part;Kallad;Närvarande;Väder\ni;1;af;ja;x;sol\ni;1;fk;ja;nej;\n",
};

const ja = [
  ["Kommun", "Antal"],
  ["Tierp", 1],
  ["Åre", 2],
] as const;
const sheet = (rows: readonly (readonly (string | number | boolean | null)[])[], more = {}) => ({
  name: "Blad1",
  rows,
  ...more,
});
const comment = (words: string) => ({
  name: "xl/comments1.xml",
  data: Buffer.from(
    `<comments><commentList><comment ref="A2"><text>${words}</text></comment></commentList></comments>`,
  ),
});
const plain = parts({ sheets: [sheet(ja)] });
const swap = (name: string, change: (data: string) => string) =>
  zip(plain.map((part) => (part.name === name ? { ...part, data: Buffer.from(change(part.data.toString())) } : part)));
const doctype = (entity: string) => (data: string) =>
  data.replace("?>\n", `?>\n<!DOCTYPE x [${entity}]>\n`).replace("Tierp", "&a;");
const datesIn = (date1904: boolean) =>
  workbook({
    date1904,
    formats: [14, "yyyy\\-mm\\-dd", "d/m \\-yy", "yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm"],
    sheets: [
      sheet([["Fall", "Datum"]].concat([]), {
        rows: [
          ["Fall", "Datum"],
          ["datumformat 14", styled(44974, 1)],
          ["eget format", styled(44974, 2)],
          ["dag/månad", styled(44974, 3)],
          ["utan format", 44974],
          ["text", "17 feb 2023"],
          ["datumcell", { xml: '<c r="@" t="d"><v>2023-02-17</v></c>' }],
          ["dag 1", styled(1, 2)],
          ["dag 59", styled(59, 2)],
          ["dag 60", styled(60, 2)],
          ["dag 61", styled(61, 2)],
          ["med klockslag", styled(44974.5, 4)],
          ["klockslag", styled(0.5, 5)],
          ["timmar", styled(1.5, 6)],
          ["nästan midnatt", styled(44973.9999999, 2)],
        ],
      }),
    ],
  });

const books: Record<string, Buffer> = {
  "enkel.xlsx": workbook({ sheets: [sheet(ja)] }),
  "flera-blad.xlsx": workbook({
    sheets: [
      {
        name: "Möte",
        rows: [
          ["insats_id", "mote_id", "datum", "motestyp"],
          ["i", 1, "2023-02-01", "puls"],
        ],
      },
      {
        name: "Närvaro",
        rows: [
          ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
          ["i", 1, "af", true, false],
        ],
      },
      { name: "Tomt", rows: [] },
    ],
  }),
  "datum-1900.xlsx": datesIn(false),
  "datum-1904.xlsx": datesIn(true),
  "talformat.xlsx": workbook({
    formats: [
      9,
      "0.0%",
      '#,##0,"  tkr"',
      "#,##0,",
      "#,##0.0,,",
      '#,##0.00\\ "kr"',
      "[$€-2] #,##0.00",
      '0" tkr"',
      "00000",
    ],
    sheets: [
      sheet([], {
        rows: [
          ["Fall", "Belopp"],
          ["allmänt", 1234.5],
          ["tre decimaler", 1.234],
          ["flyttalsbrus", 0.30000000000000004],
          ["procent", styled(0.85, 1)],
          ["tusental visat", styled(1234567, 3)],
          ["skalat", styled(1234567, 4)],
          ["skalat två gånger", styled(1234567, 5)],
          ["kr", styled(12.5, 6)],
          ["euro", styled(12.5, 7)],
          ["tkr i formatet", styled(12, 8)],
          ["text som tal", "125 000,75"],
          ["text tvetydig", "1.234"],
          ["stort", 1e15],
        ],
      }),
    ],
  }),
  "andelar.xlsx": workbook({
    formats: [9, "0.00%", "00000"],
    sheets: [
      sheet([], {
        rows: [
          ["Id", "Andel"],
          [styled(123, 3), styled(0.85, 1)],
          [styled(7, 3), styled(0.125, 2)],
          ["00012", 0.5],
          ["1", 1.5],
        ],
      }),
    ],
  }),
  "formler.xlsx": workbook({
    sheets: [
      sheet([], {
        rows: [
          ["Kommun", "Antal"],
          ["med värde", formula("1+1", "<v>2</v>")],
          ["utan värde", formula("1+2")],
          ["fel", { xml: '<c r="@" t="e"><f>1/0</f><v>#DIV/0!</v></c>' }],
          [{ xml: '<c r="@" t="str"><f>A1</f><v>text</v></c>' }, 4],
        ],
      }),
    ],
  }),
  "delade-strangar.xlsx": workbook({
    strings:
      '<si><t>Kommun</t></si><si><r><t>Ti</t></r><r><rPr><b/></rPr><t xml:space="preserve">erp </t></r><rPh sb="0" eb="1"><t>ｔ</t></rPh></si><si><t>rad_x000D_bryt</t></si>',
    sheets: [
      sheet([], {
        rows: [
          [{ xml: '<c r="@" t="s"><v>0</v></c>' }, "Antal"],
          [{ xml: '<c r="@" t="s"><v>1</v></c>' }, 1],
          [{ xml: '<c r="@" t="s"><v>2</v></c>' }, 2],
        ],
      }),
    ],
  }),
  "sammanfogade.xlsx": workbook({
    sheets: [
      sheet(
        [
          ["Rapport 2023", null, null, null],
          ["Kommun", "2022", null, "Belopp"],
          [null, "Kvinnor", "Män", null],
          ["Tierp", 1, 2, 100],
          [null, 3, 4, null],
          ["Åre", 5, 6, 50],
        ],
        {
          after:
            '<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/><mergeCell ref="D2:D3"/><mergeCell ref="A4:A5"/><mergeCell ref="D4:D5"/></mergeCells>',
        },
      ),
    ],
  }),
  "dolt.xlsx": workbook({
    sheets: [
      sheet(
        [
          ["Kommun", "Antal", "Text"],
          ["Tierp", 1, "a"],
          ["Åre", 2, "b"],
          ["Berg", 3, "c"],
        ],
        {
          rowAttributes: { 3: 'hidden="1"' },
          before: '<cols><col min="3" max="3" hidden="1"/></cols>',
        },
      ),
      { name: "Dolt", state: "hidden", rows: ja },
      { name: "Mycket dolt", state: "veryHidden", rows: ja },
    ],
  }),
  "stort-omrade.xlsx": workbook({
    sheets: [
      sheet(ja, {
        before: '<dimension ref="A1:XFD1048576"/>',
        after: "",
        rows: [...ja, ...Array.from({ length: 300 }, () => [{ xml: '<c r="@" s="0"/>' }])],
      }),
    ],
  }),
  "sista-cellen.xlsx": swap("xl/worksheets/sheet1.xml", (data) =>
    data.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
  ),
  "tva-tabeller.xlsx": workbook({
    sheets: [
      sheet([
        ["Kommun", "Antal"],
        ["Tierp", 1],
        ["Åre", 2],
        [null],
        ["Belopp per post"],
        ["Post", "Belopp", "År"],
        ["Lön", 100, 2023],
      ]),
    ],
  }),
  "tabeller-bredvid.xlsx": workbook({
    sheets: [
      sheet([
        ["Kommun", "Antal", null, "Post", "Belopp"],
        ["Tierp", 1, null, "Lön", 100],
        ["Åre", 2, null, "Hyra", 50],
        ["Berg", 3],
      ]),
    ],
  }),
  "inte-fran-a1.xlsx": workbook({
    sheets: [sheet([[null], [null, "Utdrag"], [null], [null, null, "Kommun", "Antal"], [null, null, "Tierp", 1]])],
  }),
  "nummer-som-text.xlsx": workbook({
    sheets: [
      sheet([
        ["Id", "Antal", "Belopp"],
        ["007", "12", "1 250,50"],
        ["1.234", "1.234", "1.234"],
      ]),
    ],
  }),
  "utan-celladresser.xlsx": swap("xl/worksheets/sheet1.xml", (data) => data.replace(/ r="[A-Z]*\d+"/g, "")),
  "prefix.xlsx": swap("xl/worksheets/sheet1.xml", (data) =>
    data
      .replace(/<(\/?)([a-z])/gi, "<$1x:$2")
      .replace("<x:xml", "<xml")
      .replace("xmlns=", "xmlns:x=")
      .replace("<?x:", "<?"),
  ),
  "kommentar.xlsx": workbook({ sheets: [sheet(ja)], more: [comment("<t>Fråga Anna</t>")] }),
  "kommentar-personnummer.xlsx": workbook({
    sheets: [sheet(ja)],
    more: [comment(`<r><t>${dashed.slice(0, 5)}</t></r><r><t>${dashed.slice(5)}</t></r>`)],
  }),
  "egenskap-personnummer.xlsx": workbook({
    sheets: [sheet(ja)],
    more: [{ name: "docProps/core.xml", data: Buffer.from(`<cp><title>Ärende ${dashed}</title></cp>`) }],
  }),
  "formel-personnummer.xlsx": workbook({
    sheets: [sheet([], { rows: [...ja, [formula(`"${dashed}"&""`, "<v>1</v>"), 2]] })],
  }),
  "cell-personnummer.xlsx": workbook({
    sheets: [
      sheet([
        ["Kod", "Antal"],
        [Number(person), 1],
      ]),
    ],
  }),
  "cdata.xlsx": zip(
    plain.map((part) => ({
      ...part,
      data: Buffer.from(part.data.toString().replace(/<(t|v)( [^>]*)?>([^<]*)<\/\1>/g, "<$1$2><![CDATA[$3]]></$1>")),
    })),
  ),
  "personnummer-i-cdata.xlsx": zip([...plain, comment(`<![CDATA[ring ${dashed}]]>`)]),
  // What is not let in
  "losenord.xlsx": Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(504),
    Buffer.from("EncryptedPackage", "utf16le"),
  ]),
  "krypterad-del.xlsx": zip(plain.map((part) => ({ ...part, claims: { flags: 1 } }))),
  "avkortad.xlsx": workbook({ sheets: [sheet(ja)] }).subarray(0, 900),
  "trasig-xml.xlsx": swap("xl/worksheets/sheet1.xml", (data) => data.replace("</row>", "</rad>")),
  "fel-kontrollsumma.xlsx": zip(
    plain.map((part) => (part.name.includes("sheet1") ? { ...part, claims: { crc: 1 } } : part)),
  ),
  "fel-langd.xlsx": zip(plain.map((part) => (part.name.includes("sheet1") ? { ...part, claims: { size: 10 } } : part))),
  "saknat-blad.xlsx": zip(plain.filter(({ name }) => !name.includes("sheet1"))),
  "word.xlsx": zip([
    ...plain.slice(0, 1),
    {
      name: "_rels/.rels",
      data: Buffer.from(
        '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
    },
    { name: "word/document.xml", data: Buffer.from("<document/>") },
  ]),
  "zip.xlsx": zip([{ name: "hej.txt", data: Buffer.from("hej") }]),
  "zipslip.xlsx": zip([...plain, { name: "../../etc/passwd", data: Buffer.from("x") }]),
  "zipbomb.xlsx": zip(
    plain.map((part) => (part.name.includes("sheet1") ? { ...part, data: Buffer.alloc(30_000_000, 32) } : part)),
  ),
  "entitetsbomb.xlsx": swap(
    "xl/worksheets/sheet1.xml",
    doctype('<!ENTITY b "bbbbbbbbbb"><!ENTITY a "&b;&b;&b;&b;&b;&b;&b;&b;">'),
  ),
  "extern-entitet.xlsx": swap("xl/worksheets/sheet1.xml", doctype('<!ENTITY a SYSTEM "file:///etc/passwd">')),
  "djup-xml.xlsx": swap("xl/worksheets/sheet1.xml", (data) =>
    data.replace("<sheetData>", `${"<x>".repeat(500)}${"</x>".repeat(500)}<sheetData>`),
  ),
  "tom.xlsx": workbook({ sheets: [sheet([])] }),
};
text["arbetsbok.csv"] = books["enkel.xlsx"] as Buffer;

for (const [name, content] of Object.entries({ ...text, ...books })) writeFileSync(join(folder, name), content);

const db = await open(":memory:");
await db.run("set timezone = 'Pacific/Auckland'");
const parquet = (select: string, name: string) =>
  db.run(`copy (${select}) to '${join(folder, name)}' (format parquet)`);
await parquet(
  `select * from (values
    ('Tierp', date '2023-02-17', 1250.50::decimal(12, 2), 0.1::double + 0.2, 3::bigint, true),
    ('Åre', null, 1.234::decimal(12, 3), 1e-7, 9007199254740993, false)
  ) as t("Kommun", "Datum", "Belopp (kr)", "Tal", "Antal", "Ja")`,
  "typer.parquet",
);
await parquet(
  `select 'i' as insats_id, 1 as mote_id, timestamp '2023-02-17 00:00:00' as datum, 'puls' as motestyp, [1, 2] as lista
   union all select 'i', 2, timestamp '2023-02-17 13:00:00', 'puls', null`,
  "mote.parquet",
);
await parquet(
  `select 'utc' as fall, timestamptz '2023-02-17 00:00:00+00' as datum union all select 'annan', timestamptz '2023-02-17 00:00:00+13'`,
  "tidszon.parquet",
);
db.close();
