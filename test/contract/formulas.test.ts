/** Slips in claims are findings and stop nothing; formulas reach förbund, other insatser and goals. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { deliver, type Folder, folder, only, pick, type Row } from "./delivery.ts";

const heading = "insats_id;forbund_id;utsaga_id;text;matt;parametrar;formel;fran;till;varde;status;dokument;avsnitt";
const year = "2023-01-01;2023-12-31";
const utsagor = `${heading}
i;;bra;Ett pulsmöte;antal_moten;{motestyp: puls};;${year};1;;r;1
i;;klammer;Ett pulsmöte;antal_moten;{motestyp: puls;;${year};1;;r;1
i;;parameter;Ett pulsmöte;antal_moten;{motestpy: puls};;${year};1;;r;1
i;;matt;Ett pulsmöte;antal_motten;{motestyp: puls};;${year};1;;r;1
i;;ord;Ett pulsmöte;antal_moten;{motestyp: plus};;${year};1;;r;1
i;;svar;Fem av tio är nöjda;enkatandel;{fraga: Nöjd, svar: jaa};;;;50 %;;r;1
i;;formel;Summan;;;[positiva] + ;;;9;;r;1
i;;namn;Summan;;;[positva] + 1;;;9;;r;1
i;;kolumn;Beloppet;;;[kostnadsandel/i/insats/ingen#belop_ore];;;9 kr;;r;1
i;;varde;Många;;;[positiva];;;många;;r;1
i;;bada;Summan;antal_moten;;[positiva];;;9;;r;1
i;;gammal;Summan;summa_av;{av: [positiva, alla]};;;;9;;r;1
i;;positiva;Antal lösningar som fungerade;;;;;;9;;r;1
i;;alla;Antal lösningar;;;;;;25;;r;1
i;;budget;Årets budget;;;;;;500 tkr;;r;1
i;;mal-svar;Målet;;;;;;;ja;r;1
i;;mal-krock;Målet;;;[positiva];;;9;ja;r;1
j;;andras;En tiondel av grannens;;;[i/budget] / 10;;;50 000 kr;;r;1
;f;medel;Förbundets medel;;;;;;2 mkr;;f;1
;f;andel;En fjärdedel går till insatsen;;;[i/budget] / [medel];;;en fjärdedel;;f;1
;f;inget;Ett mått utan insats;antal_moten;;;${year};1;;f;1
j;;av-forbund;Kvar hos förbundet;;;[f/medel] - [i/budget];;;1,5 mkr;;r;1
i;f;bra;Samma id med förbund;;;;;;2;;r;1
i;;annan-period;Deltagare i två år;deltaganden;;;${year};80;;r;1
`;
const files = {
  "forbund.csv": "forbund_id;namn\nf;F\n",
  "insats.csv":
    "insats_id;namn;startdatum;slutdatum;forbund_id\ni;I;2023-01-01;2024-12-31;f\nj;J;2023-01-01;2023-12-31;f\n",
  "mote.csv": "insats_id;mote_id;datum;motestyp\ni;1;2023-02-01;puls\ni;2;2023-05-01;styrgrupp\n",
  "enkat.csv":
    "insats_id;enkat_id;grupp;fraga;svar;antal;fran;till\ni;e;alla;Nöjd;ja;5;2023-01-01;2023-12-31\ni;e;alla;Nöjd;nej;5;2023-01-01;2023-12-31\n",
  "deltagarantal.csv": "insats_id;fran;till;totalt\ni;2023-01-01;2024-12-31;80\n",
  "utsaga.csv": utsagor,
};
const goal = (id: string, formel: string, villkor: string): Record<string, unknown> & { id: string; matt: string } => ({
  id,
  matt: "formel",
  parametrar: { formel },
  villkor,
});
const mal = [
  goal("nas", "[positiva] / [alla]", ">= 35 %"),
  goal("nas-ej", "[positiva] / [alla]", ">= 37 %"),
  goal("i-kr", "[budget] / 2", ">= 250000"),
  goal("okand", "[finns-inte] + 1", ">= 1"),
  goal("enhet", "[positiva] + [budget]", ">= 1"),
  goal("procent", "[positiva]", ">= 35 %"),
  { id: "mal-svar", matt: "antal_moten", villkor: ">= 2" },
  { id: "mal-krock", matt: "antal_moten", villkor: ">= 2" },
];

let d: Folder;
let rejected: boolean;
beforeAll(async () => {
  d = folder({ files, pipelines: { "i.yaml": { insats: "i", mal } as never, "j.yaml": { insats: "j" } } });
  rejected = (await d.run({ report: true })).rejected;
}, 60_000);
const claim = (utsaga_id: string): Row => only(d.rows("utsagekontroll"), { utsaga_id });

describe("a slip in a claim", () => {
  test.each([
    ["klammer", "olaslig", "ogiltiga_parametrar", "F", "Skriv dem som {motestyp: puls}."],
    ["parameter", "okanda_ord", "okant_namn", "F", "Menas motestyp?"],
    ["matt", "okanda_ord", "okant_namn", "E", "Menas antal_moten?"],
    ["ord", "okanda_ord", "okant_namn", "F", "Menas puls?"],
    ["svar", "okanda_ord", "okant_namn", "F", "Menas ja?"],
    ["formel", "olaslig", "ogiltig_formel", "G", "Den slutar mitt i."],
    ["namn", "okanda_ord", "okant_namn", "G", "Menas positiva?"],
    ["kolumn", "okanda_ord", "okant_namn", "G", "kostnadsandel har ingen kolumn belop_ore."],
    ["varde", "olaslig", "olasligt_varde", "J", "docs/skriv-utsagor.md"],
    ["bada", "olaslig", "ogiltig_formel", "G", "Ange matt eller formel, inte båda."],
  ])("%s is ej_matbart (%s) and a finding %s in column %s: %s", (id, skal, kod, column, words) => {
    expect([claim(id).utfall, claim(id).skal]).toEqual(["ej_matbart", skal]);
    const rad = utsagor.split("\n").findIndex((line) => line.split(";")[2] === id) + 1;
    const found = only(pick(d.rows("datakvalitet"), { cell: `${column}${rad}` }), { kod });
    expect([found.allvar, String(found.meddelande).includes(words)]).toEqual(["fel", true]);
  });
  test("stops nothing: its row is loaded, a right one beside it holds, and the run says that something is wrong", () => {
    expect(claim("bra").utfall).toBe("stammer");
    expect(only(d.rows("leveranser"), { dataset: "utsaga" })).toMatchObject({ lasta: 23, avvisade: 1 });
    expect(rejected).toBe(true);
  });
  test("of the old grammar is a measure that there is none of", () => {
    expect(claim("gammal")).toMatchObject({ utfall: "ej_matbart", skal: "okanda_ord" });
  });
});

test("an id that stands twice is a finding, and the first row counts", () => {
  expect(only(d.rows("datakvalitet"), { kod: "dubbel_utsaga" })).toMatchObject({ varde: "bra", allvar: "fel" });
});

describe("an utsaga with a goal's id", () => {
  test("is the goal's answer where it says nothing else", () => {
    expect(claim("mal-svar")).toMatchObject({ rapporterat_varde: "ja", utfall: "stammer" });
  });
  test("is refused where it claims something of its own", () => {
    expect(pick(d.rows("utsagekontroll"), { utsaga_id: "mal-krock" })).toEqual([]);
    expect(only(d.rows("datakvalitet"), { kod: "utsaga_ar_mal" })).toMatchObject({ varde: "mal-krock", allvar: "fel" });
  });
});

describe("a formula", () => {
  test.each([
    ["andras", "j", null, "stammer"],
    ["andel", null, "f", "stammer"],
    ["av-forbund", "j", null, "stammer"],
  ])("%s reaches another's figures, and is %s's or %s's", (id, insats, forbund, utfall) => {
    expect(claim(id)).toMatchObject({ insats_id: insats, forbund_id: forbund, utfall });
  });
  test("of a förbund has a name of its own", () => {
    expect(claim("andel").resultat_id).toBe("utsagekontroll/f/andel");
    expect(claim("inget")).toMatchObject({ utfall: "ej_matbart", skal: "saknas" });
  });
  test("is traced to the rows that it refers to", async () => {
    const { stdout } = await d.cli(["trace", "utsagekontroll/f/andel", "--json"]);
    const { rader } = JSON.parse(stdout) as { rader: { rad: number; skal: string }[] };
    const lineOf = (id: string): number => utsagor.split("\n").findIndex((line) => line.split(";")[2] === id) + 1;
    expect(new Set(rader.map(({ rad }) => rad))).toEqual(new Set(["andel", "medel", "budget"].map(lineOf)));
  });
});

test("a claim is not tried against a total for another period", () => {
  expect(claim("annan-period")).toMatchObject({ utfall: "ej_matbart", beraknat_varde: null });
});

describe("a goal on a formula", () => {
  test.each([
    ["nas", "uppnatt", null, 0.36, "andel"],
    ["nas-ej", "ej_uppnatt", null, 0.36, "andel"],
    ["i-kr", "uppnatt", null, 250_000, "kr"],
    ["okand", "ej_matbart", "okanda_ord", null, "antal"],
    ["enhet", "ej_matbart", "olika_enheter", null, "antal"],
    ["procent", "ej_matbart", "olika_enheter", null, "antal"],
  ])("%s is %s (%s)", (mal_id, status, skal, varde, enhet) => {
    expect(only(d.rows("maluppfyllelse"), { mal_id })).toMatchObject({ status, skal, varde, enhet, matt: "formel" });
    expect(only(d.rows("malsammanfattning"), { mal_id })).toMatchObject({ status });
  });
  test("says so in a sentence, and on its page", () => {
    expect(only(d.rows("malsammanfattning"), { mal_id: "nas" }).mening).toBe(
      "Målet nåddes: 36\u00a0%, minst 35\u00a0% krävs.",
    );
    expect(readFileSync(d.path("out", "rapport", "insats", "i.html"), "utf8")).toContain("minst 35");
  });
  test("is traced to the figures of its formula", async () => {
    const { stdout } = await d.cli(["trace", String(only(d.rows("maluppfyllelse"), { mal_id: "nas" }).resultat_id)]);
    expect(stdout).toContain("utsaga.csv");
  });
  test.each([
    ["formel", { formel: "[a] +" }, {}, /cannot be read: it ends too early/],
    ["formel", {}, {}, /needs parametrar/],
    ["formel", { formel: "[a]", frmel: "x" }, {}, /no parameter frmel; did you mean formel/],
    ["formel", { formel: "[a]" }, { per: "ar" }, /per: hela/],
    ["formel", { formel: "[a]" }, { grupp: "part" }, /is not for a goal on formel/],
  ])("that cannot be used stops before anything is read: %s %j %j", async (matt, parametrar, more, message) => {
    const wrong = folder({
      files,
      pipelines: { "i.yaml": { insats: "i", mal: [{ id: "m", matt, parametrar, ...more }] } },
    });
    await expect(wrong.run()).rejects.toThrow(message);
  });
});

test("a formula goal about few persons is withheld, and a claim that gives the same", async () => {
  const few = await deliver({
    files: {
      ...files,
      "utsaga.csv": `${heading}\ni;;kvinnor;Antal kvinnor i arbete;;;;;;3;;r;1\ni;;alla;Antal deltagare;;;;;;40;;r;1\ni;;andel;Andel i arbete;;;[kvinnor] / [alla];;;7,5 %;;r;1\ni;;dubbelt;Dubbelt;;;[andel] * 2;;;15 %;;r;1\n`,
    },
    pipelines: { "i.yaml": { insats: "i", mal: [goal("andel-i-arbete", "[kvinnor] / [alla]", ">= 5 %")] } as never },
  });
  const page = readFileSync(few.path("out", "rapport", "utsagekontroll.html"), "utf8");
  const insats = readFileSync(few.path("out", "rapport", "insats", "i.html"), "utf8");
  for (const text of [page, insats]) expect(text.replaceAll("\u00a0", " ")).not.toMatch(/3 \/ 40|7,5 %/);
  const { tables } = JSON.parse(readFileSync(few.path("out", "rapport", "publicerat.json"), "utf8")) as {
    tables: { resultat: string[]; cells: { value: number | null }[] }[];
  };
  const own = tables.filter(({ resultat }) => resultat[0] === "utsagekontroll/i/andel");
  expect(own.map(({ cells }) => cells.map(({ value }) => value))).toEqual([[null]]);
}, 60_000);

test("claims of a förbund lose no insats its last report", async () => {
  const both = folder({ files, pipelines: { "i.yaml": { insats: "i" }, "j.yaml": { insats: "j" } } });
  await both.run({ today: "2025-01-01" });
  // Only i is run, with the förbund's claims; j keeps what it was compared with.
  both.write("insats.csv", "insats_id;namn;startdatum;slutdatum;forbund_id\ni;I;2023-01-01;2024-12-31;f\n");
  both.write(
    "utsaga.csv",
    utsagor
      .split("\n")
      .filter((line) => !line.startsWith("j;"))
      .join("\n"),
  );
  await both.run({ today: "2025-01-05", pipelines: "i.yaml" });
  for (const [file, text] of Object.entries(files)) both.write(file, text);
  both.write(
    "utsaga.csv",
    utsagor.replace("i;;budget;Årets budget;;;;;;500 tkr", "i;;budget;Årets budget;;;;;;600 tkr"),
  );
  await both.run({ today: "2025-01-09" });
  expect(pick(both.rows("andring"), { figur: "utsagekontroll/j/andras", kolumn: "utfall" })).toMatchObject([
    { fore: "stammer", efter: "avviker" },
  ]);
}, 60_000);
