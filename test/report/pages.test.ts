import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import {
  chartOfAll,
  chartOfProv,
  chartsOfComparison,
  chartsOfForbund,
  chartsOfInsats,
  filesOf,
} from "../../src/report/charts/index.ts";
import { html, raw } from "../../src/report/html.ts";
import { fileName, forbundWithPage, namesOf } from "../../src/report/names.ts";
import {
  andringarPage,
  besideOf,
  definitionerPage,
  definitionsprovPage,
  documentText,
  forbundPage,
  indexPage,
  insatsPage,
  jamforelsePage,
  underlagPage,
  utsagekontrollPage,
} from "../../src/report/pages/all.ts";
import { withoutValues } from "../../src/report/pages/fynd.ts";
import { type DocumentKind, documentPath, linkTo, type Page } from "../../src/report/pages/page.ts";
import { publiceratText } from "../../src/report/publicerat.ts";
import { type Publik, publikByInsats } from "../../src/report/publik.ts";
import { findings } from "../../src/schema/findings.ts";
import type { PublicRow } from "../../src/schema/publik.ts";
import {
  allt,
  andel,
  andelAr,
  budgetforklaring,
  budgetrad,
  budgettakt,
  enhetskostnad,
  forbund,
  insats,
  kon,
  kostnad,
  mal,
  malrad,
  publik,
  serierad,
  utsaga,
  withheld,
} from "./fixture.ts";

const about = { today: "2024-06-01", exempel: false };

const pagesOf = (from: Publik, exempel = false): Page[] => {
  const names = namesOf(from);
  const own = publikByInsats(from);
  const paper = { today: about.today, korning: "0a1b2c3d", kommentar: "Kansliet **föreslår** <b>." };
  return [
    indexPage(from, own, names, paper, chartOfAll(from, names, exempel)),
    underlagPage(from, names),
    utsagekontrollPage(from, names),
    jamforelsePage(from, names, chartsOfComparison(from, names, exempel)),
    andringarPage(from, names),
    definitionerPage(from),
    definitionsprovPage(from, names, chartOfProv(from, names, exempel)),
    ...from.insats.map((one) => insatsPage(from, names, one, chartsOfInsats(from, names, one, exempel))),
    ...forbundWithPage(from).map((one) =>
      forbundPage(from, own, names, one, chartsOfForbund(from, names, one.forbund_id, exempel), paper),
    ),
  ];
};

const textsOf = (from: Publik, exempel = false): { path: string; kinds: readonly DocumentKind[]; text: string }[] =>
  pagesOf(from, exempel).map((page) => ({
    path: page.path,
    kinds: page.documents?.kinds ?? [],
    text: documentText(page, { ...about, exempel }).replaceAll("\u00ad", ""),
  }));

const textOf = (from: Publik, path: string): string => {
  const found = textsOf(from).find((page) => page.path === path);
  if (!found) throw new Error(`no page ${path}`);
  return found.text;
};

describe("escaping", () => {
  test("text in a template can open no tag and end no attribute", () => {
    expect(html`<p title="${`"'<>&`}">${`<script>alert("1")</script>`}</p>`.markup).toBe(
      `<p title="&quot;&#39;&lt;&gt;&amp;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p>`,
    );
  });
  test("markup in a template stays markup, alone and in lists; nothing is nothing", () => {
    expect(html`<p>${[html`<b>${"&"}</b>`, raw("<i>x</i>"), "<"]}${undefined}</p>`.markup).toBe(
      "<p><b>&amp;</b><i>x</i>&lt;</p>",
    );
  });
  test("what a delivery calls things is text on every page", () => {
    const evil = `<img src=x onerror="alert(1)">`;
    const from = publik({
      insats: [insats({ namn: evil })],
      forbund: [forbund("lund", evil)],
      part: [{ insats_id: "a", part_id: "af", namn: evil, huvudman: evil }],
      kalla: [{ dokument: "002.txt", titel: evil, utgivare: evil, datum: null }],
      malsammanfattning: [mal({ text: evil, mening: evil, rapporterat: "ja", avviker: true })],
      maluppfyllelse: allt.maluppfyllelse,
      utsagekontroll: [
        utsaga({ utsaga_id: "m", text: evil, citat: evil, avsnitt: evil }),
        utsaga({ text: evil, forklaring: evil }),
      ],
    });
    for (const { text } of textsOf(from)) expect(text).not.toContain("<img");
  });
  test("no id leaves its folder or means something in a URL", () => {
    expect(fileName("nasby-modellen")).toBe("nasby-modellen");
    expect(fileName("../../etc")).toBe("~2e~2e~2f..~2fetc");
    expect(fileName("a/b c?#%~")).toBe("a~2fb~20c~3f~23~25~7e");
    expect(fileName("a\0")).toBe("a~00");
    expect(linkTo("insats/a.html", "forbund/å.html")).toBe("../forbund/%C3%A5.html");
  });
});

describe("the file of an id", () => {
  // As disks do that hold two spellings of a name for one.
  const folded = (name: string): string => name.normalize("NFD").toUpperCase();
  const ids = [
    ...["a", "A", "å", "Å", "a\u030a", "é", "e\u0301", "ß", "ss", "ı", "i", "I", "ﬁ", "fi"],
    ...["a 10", "a\u2010", "a‐", "a-", "a.", "a", "a..", "", ".", "..", "...", "\0", "/", "\\", "~2f", "~"],
    ...[
      "con",
      "CON",
      "nul",
      "nul.txt",
      "com1",
      "lpt9.a",
      "aux",
      "x".repeat(300),
      `${"x".repeat(300)}y`,
      "å".repeat(200),
    ],
    ...[fileName("A"), fileName("con"), fileName("x".repeat(300))],
  ];
  test.each([...new Set(ids)])("%j is a name on every disk", (id) => {
    const name = fileName(id);
    expect(name).toMatch(/^[^/\\:*?"<>|\0]+$/);
    expect(Buffer.byteLength(`narvaro-${name}~~${name}.svg`)).toBeLessThan(255);
    expect(name).not.toMatch(/^\.|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  });
  test("is no other id's", () => {
    const names = [...new Set(ids)].map((id) => folded(fileName(id)));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("every page", () => {
  const pages = textsOf(allt).map((page) => ({ ...page, document: parseHTML(page.text).document }));
  test.each(pages)("$path is Swedish, has one h1, and no heading skips a level", ({ document }) => {
    expect(document.documentElement.getAttribute("lang")).toBe("sv");
    const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map(({ localName }) => Number(localName.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    expect(levels.every((level, i) => i === 0 || level <= (levels[i - 1] ?? 0) + 1)).toBe(true);
  });
  test.each(pages)("$path fetches nothing and runs nothing", ({ text }) => {
    expect(
      text
        .replaceAll('xmlns="http://www.w3.org/2000/svg"', "")
        .replace(/(data-resultat="|<li>\w+\/|src:url\(data:)[^"<)]*/g, ""),
    ).not.toMatch(/https?:|\/\/|<script|<link|<iframe|<img|@import|url\((?!#)/);
  });
  test.each(pages)(
    "$path: every table has a caption, every heading cell a scope, every row all its cells",
    ({ document }) => {
      for (const table of document.querySelectorAll("table")) {
        expect(table.querySelector("caption")?.textContent?.trim()).toBeTruthy();
        for (const cell of table.querySelectorAll("th")) {
          expect(["col", "row", "rowgroup"]).toContain(cell.getAttribute("scope"));
        }
        const columns = table.querySelectorAll("thead th").length;
        for (const row of table.querySelectorAll("tbody tr:not(.grupp)")) expect(row.children).toHaveLength(columns);
      }
    },
  );
  test.each(pages)("$path: every figure has a caption, and its picture a name", ({ document }) => {
    for (const figure of document.querySelectorAll("figure")) {
      expect(figure.querySelector("figcaption")?.textContent?.trim()).toBeTruthy();
      const labels = figure.querySelector("svg[role=img]")?.getAttribute("aria-labelledby")?.split(" ") ?? [];
      expect(labels).toHaveLength(2);
      for (const id of labels) expect(document.getElementById(id)?.textContent).toBeTruthy();
    }
  });
  test.each(pages)("$path: no id stands twice, and the skip link leads somewhere", ({ document }) => {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(document.getElementById("innehall")?.localName).toBe("main");
  });
  test.each(pages)("$path links only to pages and pictures that there are", ({ path, document }) => {
    const names = namesOf(allt);
    const charts = allt.insats.flatMap((one) => Object.values(chartsOfInsats(allt, names, one, false)).flat());
    const ofForbund = allt.forbund.flatMap(({ forbund_id: id }) =>
      Object.values(chartsOfForbund(allt, names, id, false)),
    );
    const drawn = [...charts, ...ofForbund, chartOfAll(allt, names, false), chartOfProv(allt, names, false)].flatMap(
      (chart) => (chart ? filesOf(chart).map(([file]) => `/diagram/${file}.svg`) : []),
    );
    const files = pages.flatMap((page) => [page.path, ...page.kinds.map((kind) => documentPath(page.path, kind))]);
    const there = new Set([...files.map((file) => `/rapport/${file}`), ...drawn]);
    for (const link of document.querySelectorAll("a[href]")) {
      const href = link.getAttribute("href") ?? "";
      if (href.startsWith("#")) continue;
      const target = decodeURIComponent(new URL(href, `file:///rapport/${path}`).pathname);
      expect(there, href).toContain(target);
    }
  });
  test.each(pages)("$path: a link into a page leads to something there", ({ path, document }) => {
    for (const link of document.querySelectorAll("a[href*='#']")) {
      const { pathname, hash } = new URL(link.getAttribute("href") ?? "", `file:///${path}`);
      const target = pages.find((page) => `/${page.path}` === decodeURIComponent(pathname));
      expect(target?.document.getElementById(hash.slice(1)), `${pathname}${hash}`).toBeTruthy();
    }
  });
  test("is the same each time", () => {
    expect(textsOf(allt)).toEqual(textsOf(allt));
  });
});

describe("the budget", () => {
  const section = (from: Publik): string => {
    const { document } = parseHTML(textOf(from, "insats/a.html"));
    return (document.querySelector("main")?.textContent ?? "").replace(/\s+/g, " ");
  };
  test("says where and why it is not what its staffing gives, and that several explanations cannot be told apart", () => {
    const text = section(allt);
    expect(text).toContain("Budgetens belopp fås om en rad räknas vid sidan av den som kom i stället.");
    expect(text).toContain("Slutrapport, avsnittet ”Budget”");
    expect(text).toContain("Den är uträknad, inte bekräftad. Där flera är lika enkla står alla");
    expect(section({ ...allt, budgetforklaring: [budgetforklaring()] })).not.toContain("Där flera är lika enkla");
  });
  test("keeps a text that can be read as the budget apart from what is another amount", () => {
    const reading = budgetforklaring({ slag: "lasning", mening: "Texten kan läsas på två sätt." });
    const [both, alone] = [[budgetforklaring({ ar: 2019 }), reading], [reading]].map((budgetforklaringar) =>
      section({ ...allt, budgetforklaring: budgetforklaringar }),
    );
    expect(both).toMatch(/Budget som beror på hur bemanningens text läses.*två sätt.*Varför budgeten inte är vad/);
    expect(alone).not.toContain("Varför budgeten inte är vad bemanningen ger");
  });
  test("names amounts a month that differ between years, and the role where it is one's", () => {
    expect(section(allt)).toMatch(/nio månader\s*12 000 kr/);
    const role = budgettakt({ roll: "handläggare", part_id: "af", manader: 3.5 });
    expect(section({ ...allt, budgettakt: [role] })).toContain(
      "uppföljning: handläggare på heltid, Arbetsförmedlingen",
    );
  });
  test("is silent of what there is not", () => {
    const text = section({ ...allt, budgetforklaring: [], budgettakt: [] });
    expect(text).not.toContain("Budget mot bemanning");
    expect(text).not.toContain("Belopp per månad");
  });
});

describe("a förbund that has only been applied to", () => {
  const applied = {
    ...{ insats_id: "a", forbund_id: "lund", ar: null, slag: "ansokt", beslutsdatum: null, andel: null },
    ...{ belopp_ore: 100, dokument: null, avsnitt: null },
  };
  const text = (given: Partial<Publik>, path: string): string =>
    (parseHTML(textOf(publik({ finansiering: [applied], ...given }), path)).document.body.textContent ?? "").replace(
      /\s+/g,
      " ",
    );
  test("is not said to pay or to have decided, on any page", () => {
    expect(text({}, "insats/a.html")).toContain(
      "Medel har sökts hosFinsam i Lund. Varken beslut om de medlen eller någon faktura finns i underlaget.",
    );
    expect(text({}, "forbund/lund.html")).toContain(
      "Medel har sökts hos förbundet för en insats, och inget beslut om de medlen finns i underlaget. Ingen faktura",
    );
    expect(text({ malsammanfattning: [mal()] }, "index.html")).toContain("Finsam i Lund (medel har sökts)");
    for (const path of ["insats/a.html", "forbund/lund.html"]) {
      expect(text({}, path)).not.toMatch(/som betalar|finansierar|Beslut om medel/);
    }
  });
  test("pays where there is a grant, an invoice, an agreed share or a granted budget", () => {
    const other = { ...applied, slag: "beviljat" };
    for (const given of [
      { finansiering: [applied, other] },
      { finansiering: [applied, { ...other, forbund_id: null }] },
      { finansiering: [applied, { ...other, slag: null, andel: 0.5 }] },
      { kostnadsandel: [andel()] },
      { budgetutfall: [budgetrad()] },
    ]) {
      expect(text(given, "insats/a.html")).toContain("Förbund som betalarFinsam i Lund");
      expect(text(given, "forbund/lund.html")).toMatch(/Förbundet (finansierar|har fakturerats .* för) en insats\./);
    }
  });
});

describe("what its insatser cost a förbund", () => {
  const headings = (given: Partial<Publik>): string[] => {
    const { document } = parseHTML(textOf(publik({ kostnadsandel: [andel()], ...given }), "forbund/lund.html"));
    const table = [...document.querySelectorAll("table")].find(({ textContent }) =>
      textContent.includes("Förbundets kostnad per insats och år"),
    );
    return [...(table?.querySelectorAll("thead th") ?? [])].map(({ textContent }) => textContent);
  };
  const year = { ...kostnad(), resultat_id: "forbundskostnad_ar/lund/insats/a/2023", ar: 2023 };
  test("is no share of itself where there is one insats", () => {
    const own = headings({ forbundskostnad: [kostnad()], forbundskostnad_ar: [year] });
    expect(own).toContain("Insatsens kostnad för alla förbund");
    expect(own).not.toContain("Del av allt som förbundet fakturerats samma tid");
  });
  test("is a share of all that the förbund was invoiced where there are several", () => {
    const own = headings({
      forbundskostnad: [kostnad(), kostnad({ id: "b" }), kostnad({ dimension: "forbund", id: "lund" })],
      forbundskostnad_ar: [year],
    });
    expect(own).toContain("Del av allt som förbundet fakturerats samma tid");
  });
});

test("hidden values that an earlier report showed stand each by itself, the others are one row", () => {
  const last = (fran: string, varde: number) =>
    withheld({ fran, till: `${fran.slice(0, 4)}-12-31`, senast_varde: varde, senast_visad: "2024-01-31" });
  const rows = [
    last("2018-01-01", 13),
    last("2019-01-01", 22),
    withheld({ fran: "2020-01-01" }),
    withheld({ fran: "2021-01-01" }),
  ];
  const from = publik({ malsammanfattning: [mal({ status: "ej_uppnatt" })], maluppfyllelse: [malrad(), ...rows] });
  const { document } = parseHTML(textOf(from, "insats/a.html"));
  const table = [...document.querySelectorAll("table")].find(
    (one) => one.querySelector("caption")?.textContent === "Målens värden",
  );
  const values = [...(table?.querySelectorAll("tbody tr:not(.grupp)") ?? [])].map((row) =>
    [...row.children].slice(0, 2).map(({ textContent }) =>
      textContent
        .replaceAll("\u00a0", " ")
        .replace(/maluppf.*/, "")
        .trim(),
    ),
  );
  expect(values.slice(1)).toEqual([
    ["2018", "13 per 31 januari 2024"],
    ["2019", "22 per 31 januari 2024"],
    ["Två värden", ".."],
  ]);
});

describe("women and men of whom nothing may be shown", () => {
  const gender = { kvinnor: null, man: null, okant: null, andel_kvinnor: null, ar_dold: true };
  const shownFor = (totalt: number | null): boolean =>
    textOf(publik({ konsfordelning: [kon({ ...gender, totalt })] }), "insats/a.html").includes("Deltaganden efter kön");
  test("are a sentence and no table; with all of them shown, a table", () => {
    expect([shownFor(null), shownFor(40)]).toEqual([false, true]);
  });
});

describe("a cost each", () => {
  const cells = (given: Parameters<typeof enhetskostnad>[0]): string[] => {
    const from = publik({ enhetskostnad: [enhetskostnad({ serie: null, fast_varde: null, ...given })] });
    const { document } = parseHTML(textOf(from, "insats/a.html"));
    const row = document.getElementById("enhetskostnad")?.parentElement?.querySelector("tbody tr");
    for (const id of row?.querySelectorAll(".id") ?? []) id.remove();
    return [...(row?.children ?? [])].map(({ textContent }) => textContent.trim().replaceAll("\u00a0", " "));
  };
  test("has beside it what it would be if the unknown are counted too", () => {
    const unknown = {
      per: "mote",
      namnare: 5,
      okand: 4,
      varde: 62_032.6,
      varde_med_okand: 34_462.555,
      har_okand: true,
    };
    expect(cells(unknown).slice(1, 4)).toEqual(["5 kända, 4 okända", "62 033 kr", "34 463 kr"]);
  });
  test("of persons says only that some are unknown", () => {
    expect(cells({ namnare: 13, av_antal: 21, har_okand: true }).slice(1, 3)).toEqual([
      "13 av 21 kända, fler är okända",
      "7 500 kr",
    ]);
  });
  test("that is hidden is no row, but said in one sentence for all", () => {
    const hidden = { namnare: null, varde: null, fast_varde: null, skal: "sekretess", ar_dold: true };
    const from = publik({
      enhetskostnad: [
        enhetskostnad({ period: "2018", ...hidden }),
        enhetskostnad({ period: "2019", namnare: 40 }),
        enhetskostnad({ fran: "2018-01-01", till: "2019-12-31", ...hidden }),
        enhetskostnad({ per: "avslutad", period: "2018", ...hidden }),
        enhetskostnad({ per: "avslutad", period: "2019", ...hidden }),
      ],
    });
    const { document } = parseHTML(textOf(from, "insats/a.html"));
    const tables = [...document.querySelectorAll("table")].filter(({ textContent }) =>
      textContent.includes("Kronor per"),
    );
    expect(tables.map((table) => table.querySelectorAll("tbody tr").length)).toEqual([1]);
    expect(document.body.textContent).toContain(
      "Underlaget är för litet för att visa kostnaden per deltagande (2018 och hela insatsen); per avslutat deltagande.",
    );
  });
  test("of the whole insats says which time its invoices are for", () => {
    expect(cells({})[0]).toBe("hela insatsen, fakturerat april 2018–dec 2019");
    expect(cells({ period: "2018" })[0]).toBe("2018");
  });
});

describe("what was invoiced without a budget", () => {
  const unbudgeted = budgetrad({ post: "ingen", status: null, budget_ore: null, omraknad_ore: null, utfall_ore: 100 });
  const asked = { ...unbudgeted, kraver_forklaring: true };
  const invoiced = andelAr({ dimension: "insats", id: "a", ar: 2018, belopp_ore: 100 });
  test("lacks the budget where none was delivered for the year, and asks for no explanation", () => {
    const from = publik({ budgetutfall: [asked], kostnadsandel_ar: [invoiced] });
    const [insatsText, first] = [textOf(from, "insats/a.html"), textOf(from, "index.html")];
    expect(insatsText).toContain("Ingen budget för året har lämnats.");
    expect(first).toContain("Ingen budget för 2018 finns i underlaget, och 1\u00a0kr är fakturerat.");
    for (const text of [insatsText, first]) expect(text).not.toMatch(/förklaring krävs/i);
  });
  test("asks for an explanation where the year has a budget that it is not in", () => {
    const from = publik({ budgetutfall: [budgetrad(), asked], kostnadsandel_ar: [invoiced] });
    expect(textOf(from, "insats/a.html")).toContain("Förklaring krävs.");
    expect(textOf(from, "index.html")).toContain(
      "För 2018 är 1\u00a0kr fakturerat som inte hör till någon budgetpost.",
    );
    expect(textOf(from, "index.html")).not.toContain("Ingen budget");
  });
});

describe("the way between pages", () => {
  const stops = [
    ["insats/a.html", "A"],
    ["insats/b.html", "B"],
    ["insats/c.html", "C"],
  ] as const;
  test("leads up to the list, and across to the page before and after", () => {
    const up = ["index.html#insatser", "Alla insatser"] as const;
    expect(besideOf(stops, "insats/b.html", up)).toEqual([
      ["index.html#insatser", "↑ Alla insatser"],
      ["insats/a.html", "← A"],
      ["insats/c.html", "C →"],
    ]);
    expect(besideOf(stops, "insats/a.html", up).map(([, name]) => name)).toEqual(["↑ Alla insatser", "B →"]);
  });
  test("says which page one is on, and has the mark of an example within a landmark", () => {
    const page = textsOf(allt, true).find(({ path }) => path === "utsagekontroll.html");
    const { document } = parseHTML(page?.text ?? "");
    expect(document.querySelector("header nav [aria-current=page]")?.textContent).toBe("Kontrollräkning");
    expect(document.querySelector("header > .exempel")).not.toBeNull();
  });
});

test("a long word of any kind may be parted at its syllables, an address or a short word not", () => {
  const words = "samordningsförbundets delaktighetsperspektiv resultatet underlaget.samordningsförbundets";
  expect(documentText({ path: "index.html", title: "T", main: html`<p>${words}</p>` }, about)).toContain(
    "<p>sam|ord|nings|för|bun|dets del|ak|tig|hets|per|spek|tiv resultatet underlaget.samordningsförbundets</p>".replaceAll(
      "|",
      "\u00ad",
    ),
  );
});

describe("an example", () => {
  test("says so on top of every page, in every title and in every picture", () => {
    for (const { text } of textsOf(allt, true)) {
      expect(text).toContain("<title>EXEMPEL: ");
      expect(text).toContain('<p class="exempel" role="note"><strong>EXEMPEL.</strong>');
      const pictures = text.match(/<svg /g)?.length ?? 0;
      expect(text.match(/EXEMPEL: uppgifterna är påhittade\.<\/text>/g)?.length ?? 0).toBe(pictures);
    }
    expect(JSON.parse(publiceratText(allt, { ...about, exempel: true }))).toHaveProperty("exempel");
  });
  test("and nothing else does", () => {
    for (const { text } of textsOf(allt)) expect(text).not.toContain("EXEMPEL");
    expect(publiceratText(allt, about)).not.toContain("EXEMPEL");
  });
});

describe("the first page", () => {
  const text = textOf(allt, "index.html");
  const at = (words: string): number => {
    expect(text, words).toContain(words);
    return text.indexOf(words);
  };
  test("opens with the finding, then the förbund, what to decide, the insatser, and whether it can be trusted", () => {
    const order = [
      at("<h1>Tre av"),
      at(">Förbunden</h2>"),
      at("Att ta ställning till"),
      at('<h2 id="insatser">'),
      at("Går det att lita på?"),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
  test("asks about goals before money, and says one finding once however many years it has", () => {
    const items = [...parseHTML(text).document.querySelectorAll(".fragor li")].map(({ textContent }) => textContent);
    expect(items[0]).toMatch(/Rapporten svarar ja på .*”60 individer per år” \(73 av 120\)/);
    const budgets = publik({
      budgetutfall: [2018, 2019].map((ar) => budgetrad({ ar, budget_ore: 900_000, omraknad_ore: 700_000 })),
    });
    const asked = parseHTML(textOf(budgets, "index.html")).document.querySelectorAll(".fragor li");
    expect([...asked].map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("2018–2019 är sammanlagt 4\u00a0tkr högre än tjänsterna i texten ger."),
    ]);
  });
  /** Of each insats three questions: a budget that lacks, a line that its staffing does not give, and a share beside what was agreed. */
  const asking = (insatser: readonly string[]): Document =>
    parseHTML(
      textOf(
        publik({
          insats: insatser.map((id) => insats({ insats_id: id, namn: `Insats ${id}` })),
          kostnadsandel_ar: insatser.map((id, i) =>
            andelAr({ insats_id: id, dimension: "insats", id, belopp_ore: 5_200_000 + i * 100_000 }),
          ),
          budgetutfall: insatser.map((id) => budgetrad({ insats_id: id })),
          kostnadsandel: insatser.map((id) => andel({ insats_id: id })),
        }),
        "index.html",
      ),
    ).document;
  test("has at most five questions, and links to the rest", () => {
    const document = asking(["a", "b"]);
    expect(document.querySelectorAll(".fragor li")).toHaveLength(5);
    expect(document.querySelector("main")?.textContent).toContain("En fråga till");
  });
  test("asks what is the same of several insatser once, with the heaviest", () => {
    const items = [...asking(["a", "b", "c", "d", "e"]).querySelectorAll(".fragor li")];
    const said = items.map(({ textContent }) => textContent);
    expect(said).toHaveLength(3);
    expect(said.find((text) => text?.includes("budget för 2023"))).toMatch(
      /^Insats e\. .* 56\u00a0tkr är fakturerat\. Samma fråga gäller fyra insatser till\. Förslag: be insatsägaren om den beslutade budgeten\./,
    );
    expect(asking(["a", "b", "c"]).querySelector(".fragor")?.textContent).toContain(
      "Samma fråga gäller också Insats b och Insats a.",
    );
  });
  test("folds what is more than twelve insatser, those with most goals missed first", () => {
    const ids = Array.from({ length: 15 }, (_, i) => `i${String(i).padStart(2, "0")}`);
    const { document } = parseHTML(
      textOf(
        publik({
          insats: ids.map((id) => insats({ insats_id: id, namn: `Insats ${id}` })),
          malsammanfattning: ids.map((id) => mal({ insats_id: id, status: id === "i14" ? "ej_uppnatt" : "uppnatt" })),
        }),
        "index.html",
      ),
    );
    const names = [...document.querySelectorAll("#insatser ~ table tbody th")].map(({ textContent }) => textContent);
    expect(names).toHaveLength(12);
    expect(names[0]).toContain("Insats i14");
    expect(document.querySelectorAll("#insatser ~ details tbody th")).toHaveLength(3);
  });
  test("shows what was rejected by where it is, not by what it says", () => {
    const from = publik({
      datakvalitet: [
        {
          ...{ resultat_id: "datakvalitet/l/1", leverans: "l", nr: 1, fil: "a/deltagare.csv", blad: null },
          ...{ rad: 7, cell: "C7", kolumn: "kon", varde: "hemligt", kod: "ogiltigt_ja_nej", allvar: "fel" },
          meddelande: "kon: ”hemligt” är varken ja eller nej. Skriv ja eller nej.",
        },
      ],
    });
    const shown = textOf(from, "underlag.html");
    expect(shown).toContain("C7");
    expect(shown).toContain("kon: värdet är varken ja eller nej");
    expect(shown).not.toContain("hemligt");
  });
  test("says that a file with a row for each person has a warning, not how many of its rows nor where", () => {
    const found = (fil: string, nr: number, rad: number): PublicRow<"datakvalitet"> => ({
      ...{ resultat_id: `datakvalitet/l/${nr}`, leverans: "l", nr, fil, blad: null, rad, cell: `B${rad}` },
      ...{ kolumn: "startdatum", varde: "p7", kod: "samtidiga_deltaganden", allvar: "varning", meddelande: "" },
    });
    const delivered = (fil: string, dataset: string): PublicRow<"leveranser"> => ({
      ...{ resultat_id: fil, fil, blad: "", tabell: 1, sha256: "", mottagen: "2025-01-01", dataset, kodning: null },
      ...{ avgransare: null, rubrikrad: 1, rader: null, lasta: null, avvisade: 0, overhoppade: 0, ersatter: null },
      ar_dold: dataset === "deltagare",
    });
    const from = publik({
      leveranser: [
        delivered("a/d.csv", "deltagare"),
        delivered("a/t.csv", "deltagarantal"),
        delivered("a/m.csv", "mote"),
      ],
      datakvalitet: [found("a/d.csv", 1, 23), found("a/t.csv", 2, 24), found("a/m.csv", 3, 25)],
    });
    const { document } = parseHTML(textOf(from, "underlag.html"));
    const rows = [...document.querySelectorAll("tr")].map(({ children }) =>
      [...children].slice(0, 3).map(({ textContent }) => textContent),
    );
    expect(rows.filter(([file]) => file?.endsWith(".csv"))).toEqual([
      ["a/d.csv", "..", ".."],
      ["a/t.csv", "1", "B24"],
      ["a/m.csv", "1", "B25"],
    ]);
  });
});

describe("the paper of a förbund", () => {
  const goals = [
    mal({ rapporterat: "ja", avviker: true }),
    mal({ mal_id: "u", text: "Styrgrupp varje kvartal", status: "ej_matbart", ej_uppnatt: 0 }),
  ];
  const from = publik({
    kostnadsandel: [
      andel({ belopp_ore: 5_200_000, andel: 0.52, avtalad_andel: 0.5 }),
      andel({ dimension: "insats", id: "a", belopp_ore: 10_000_000, andel: 1, avtalad_andel: null }),
    ],
    malsammanfattning: goals,
    maluppfyllelse: [
      malrad(),
      malrad({ mal_id: "u", matt: "antal_moten", taljare: null, varde: null, status: "ej_matbart", skal: "saknas" }),
    ],
    konsfordelning: [kon({ kvinnor: 44, man: 29, okant: null, totalt: 73, ar_dold: false })],
  });
  const paper = parseHTML(textOf(from, "forbund/lund.html")).document.querySelector("main")?.textContent ?? "";
  const plain = paper.replace(/[\s\u00a0]+/g, " ");
  test("sums up money and goals in two sentences", () => {
    expect(plain).toContain("Förbundet har fakturerats 52 tkr av 100 tkr (52 %, avtalat är 50 %) för en insats.");
    expect(plain).toContain("Ett av två mål går att bedöma: ett är inte nått. För ett saknas underlag.");
  });
  test("names every goal with its target, outcome, the report's answer and why it is not judged", () => {
    expect(plain).toMatch(
      /60 individer per år Så räknas måttet Individer i samverkansmöte ?minst 60 ?73 av 120 ?ja, stämmer inte ?ej uppnått/,
    );
    expect(plain).toMatch(/Styrgrupp varje kvartal Så räknas måttet Antal möten ?minst 60 ?– ?– ?Underlag saknas/);
  });
  test("has women and men side by side, what is missing and from whom, and the kansli's comment as text", () => {
    expect(plain).toMatch(/Deltaganden ?44 ?29/);
    expect(plain).toContain("Saknas från insatsägaren: mötenas datum");
    expect(plain).toContain("Kansliet föreslår <b>.");
  });
  test("names many goals that are alike in one paragraph each", () => {
    const many = Array.from({ length: 30 }, (_, i) => mal({ mal_id: `m${i}`, text: `Mål nr ${i}`, status: "uppnatt" }));
    const { document } = parseHTML(textOf(publik({ ...from, malsammanfattning: many }), "forbund/lund.html"));
    expect(document.querySelector(".mal p")?.textContent).toMatch(/^Uppnådda \(30\): Mål nr 0.*; Mål nr 29\.$/);
  });
  test("is for those who pay, have decided or are in a claim, and for no one else", () => {
    const named = publik({
      forbund: publik().forbund.flatMap((one) => [one, { ...one, forbund_id: "centrum", namn: "Centrum" }]),
    });
    expect(forbundWithPage(named).map(({ forbund_id: id }) => id)).toEqual(["lund"]);
  });
});

describe("the page of definitions", () => {
  const from = publik({
    maluppfyllelse: [malrad({ matt: "antal_moten" }), malrad({ matt: "andel_borjat_eller_okat" })],
  });
  const facts = (matt: string): Map<string | undefined, string | undefined> => {
    const { document } = parseHTML(textOf(from, "definitioner.html"));
    const list = document.getElementById(matt)?.nextElementSibling;
    const texts = (tag: string): string[] => [...(list?.querySelectorAll(tag) ?? [])].map((one) => one.innerHTML);
    return new Map(texts("dt").map((label, i) => [label, texts("dd")[i]]));
  };
  test("begins a sentence with a capital, and leaves names and addresses as they are written", () => {
    const moten = facts("antal_moten");
    expect(moten.get("Räknas")).toBe("Möten som har hållits inom insatsens tid.");
    expect([...moten.keys()]).not.toContain("Parametrar");
    expect(facts("andel_borjat_eller_okat").get("Källa")).toBe("susam.se/finsam/susrapport/standardrapport-deltagare");
  });
});

describe("the page of other definitions", () => {
  const text = textOf(allt, "definitionsprov.html");
  test("shows what flips and what stays, each with the question it answers", () => {
    const rows = [...parseHTML(text).document.querySelectorAll("tbody tr:not(.grupp)")].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim()),
    );
    expect(rows).toEqual([
      ["Närvaro minst 85 %", "uppnått", "Kallade eller hållna möten", "Andel av alla hållna möten", "ej uppnått"],
      ["Närvaro minst 85 %", "uppnått", "Kalenderår eller insatsår", "Insatsår", "Samma utfall"],
    ]);
    expect(text).toContain("Ett utfall vänder.");
  });
  test("leaves a withheld goal out, and says how many", () => {
    expect(text).not.toContain("Avslut");
    expect(text).toContain("Ett mål visas inte");
  });
});

test("every kind of finding has a sentence without its values, and without holes", () => {
  for (const kod of Object.keys(findings)) {
    const said = withoutValues(kod, "datum");
    expect(said, kod).not.toMatch(/[{}…]| {2}| [,:]| \.(?!\w)|[.:,]{2}/);
    expect(said, kod).toMatch(/^[\p{Lu}d].*[.?]$/u);
  }
  expect(withoutValues("arende_i_ej_hallet_mote", null)).toBe(
    "Ärendet hör till ett möte som inte har hållits, och räknas inte. Rätta mötets status eller ärendets möte.",
  );
});

describe("what is withheld", () => {
  const hidden = publik({
    malsammanfattning: [mal({ status: "dolt", mening: "Underlaget är för litet för att visas.", ar_dold: true })],
    maluppfyllelse: [withheld({ matt: "unika_deltagare", malvarde: 2 })],
    konsfordelning: [kon({ kvinnor: null, man: null, okant: null, andel_kvinnor: null, totalt: 40, ar_dold: true })],
  });
  const text = textOf(hidden, "insats/a.html");
  const { document } = parseHTML(text);
  const cells = (caption: string): string[] => {
    const table = [...document.querySelectorAll("table")].find(
      (one) => one.querySelector("caption")?.textContent === caption,
    );
    return [...(table?.querySelectorAll("td") ?? [])].map((cell) => cell.textContent ?? "");
  };
  test("is shown as two dots, never as 0 and never as a dash", () => {
    expect(cells("Deltaganden efter kön")).toEqual(["..", "..", "..", "40", ".."]);
    expect(cells("Målens värden")[0]).toBe("..");
  });
  test("takes its verdict with it, which with a low target would tell the number", () => {
    expect(cells("Målens värden")).toEqual(["..", "–", "–", "underlaget är för litet för att visas"]);
  });
  test("is not drawn", () => {
    expect(text).not.toContain("<svg");
  });
  test("is null among the published numbers, and what is shown stands there", () => {
    const { tables } = JSON.parse(publiceratText(hidden, about)) as {
      tables: { cells: { keys: Record<string, string>; value: number | null }[]; dokument: string; plats: string }[];
    };
    expect(tables.map(({ cells: own }) => own.map(({ value }) => value))).toEqual([
      [null, null, null, 40],
      [null],
      [null, null, null, null, 40],
    ]);
    expect(tables.map(({ dokument, plats }) => `${dokument}: ${plats}`)).toEqual([
      "insats/a.html: Kvinnor och män",
      "insats/a.html: Värden mot mål",
      "insats/a.html: Samband mellan antal",
    ]);
  });
  test("a share's numerator, rest and whole are published together", () => {
    const { tables } = JSON.parse(publiceratText(allt, about)) as {
      tables: { resultat: string[]; cells: { keys: Record<string, string>; value: number | null }[] }[];
    };
    const share = tables.find(({ resultat }) => resultat[0]?.includes("/f/"));
    expect(share?.cells).toEqual([
      { keys: { utfall: "raknas" }, value: 44 },
      { keys: { utfall: "ovriga" }, value: 29 },
      { keys: { utfall: "Totalt" }, value: 73 },
    ]);
  });
});

describe("an insats", () => {
  const text = textOf(allt, "insats/a.html");
  test("opens with what was judged; what was only followed or has no data comes after, with its reason", () => {
    expect(text.indexOf("Mål som har bedömts")).toBeLessThan(text.indexOf("Mål som inte har bedömts"));
    const after = text.slice(text.indexOf("Mål som inte har bedömts"));
    expect(after).toContain("Följs, bedöms inte (ett mål)");
    expect(after).toContain("Underlag saknas (ett mål)");
  });
  test("names every figure for finsam trace", () => {
    const ids = text.replaceAll("<wbr>", "");
    for (const { resultat_id: id } of [...allt.kostnadsandel, ...allt.budgetutfall, ...allt.konsfordelning])
      expect(ids).toContain(id);
  });
  test("without anything to show is still a whole page", () => {
    const bare = textOf(
      publik({ insats: [insats({ startdatum: null, slutdatum: null, data_fran: null })] }),
      "insats/a.html",
    );
    expect(bare).toContain("Inget mål för insatsen finns i underlaget.");
    expect(bare).toContain("Start- och slutdatum anges inte.");
  });
});

describe("a goal that was nearly met", () => {
  const near = publik({
    malsammanfattning: [mal({ nara: 1 })],
    maluppfyllelse: [malrad({ nara: true, varde: 117, beslut: "Styrelsen § 7" })],
  });
  test("is not met, and said to be near, in words beside the colour", () => {
    const text = textOf(near, "insats/a.html");
    expect(text).toContain('<span class="utfall nara">ej uppnått, nära målet</span>');
    expect(text).toContain("minst 120 (Styrelsen § 7)");
    const two = { ...near, malsammanfattning: [...near.malsammanfattning, mal({ insats_id: "b" })] };
    expect(chartOfAll(two, namesOf(two), false)?.sentence).toContain("ej uppnått, nära målet för ett");
  });
  test("is not near where some period was far off", () => {
    expect(textOf(publik({ malsammanfattning: [mal({ nara: 1, ej_uppnatt: 2 })] }), "insats/a.html")).not.toContain(
      "nära målet",
    );
  });
});

describe("attendance", () => {
  const rad = malrad({
    ...{ mal_id: "n", grupp: "part", gruppvarde: "fk", matt: "narvaroandel", enhet: "andel", villkor: ">= 85 %" },
    ...{ malvarde: 0.85, taljare: 17, namnare: 22, varde: 17 / 22, status: "ej_matbart", skal: "perioden_pagar" },
    ...{ till_godo: -2, planerade: 2, utom_rackhall: true },
  });
  const from = publik({
    malsammanfattning: [
      mal({ mal_id: "n", text: "Närvaro minst 85 %", status: "ej_matbart", mening: "Redan utom räckhåll: fk." }),
    ],
    maluppfyllelse: [rad],
    ej_kallade: [
      {
        resultat_id: "ej_kallade/a/region/1",
        insats_id: "a",
        part_id: "region",
        mote_id: "1",
        datum: "2018-05-02",
        motestyp: "samverkan",
        narvarande: true,
      },
    ],
  });
  test("shows how many möten a part has to spare, and that a goal is out of reach", () => {
    expect(textOf(from, "insats/a.html")).toContain("två missade för mycket, målet är utom räckhåll");
    expect(textOf(from, "insats/a.html")).toContain("Redan utom räckhåll: fk.");
  });
  test("lists the möten a part was not called to", () => {
    expect(textOf(from, "insats/a.html")).toMatch(
      /Hållna möten som parten inte kallades till[\s\S]*Region Skåne[\s\S]*2018-05-02/,
    );
  });
});

describe("a goal of many periods", () => {
  test("is shown against its natural variation, its groups as a line each", () => {
    const rows = Array.from({ length: 12 }, (_, i) => serierad({ fran: `2023-${String(i + 1).padStart(2, "0")}-01` }));
    const groups = rows.map((row) => ({ ...row, grupp: "kon", gruppvarde: "kvinna", mening: "Målet nås alltid." }));
    const text = textOf(
      publik({ malsammanfattning: [mal()], maluppfyllelse: [malrad()], malserie: [...groups, ...rows] }),
      "insats/a.html",
    );
    expect(text).toContain("Når verksamheten målet alltid, aldrig eller av slump?");
    expect(text).toContain("<li>60 individer per år. kvinnor: Målet nås alltid.");
    expect(text.match(/kvinnor: /g)).toHaveLength(1);
  });
});

describe("two goals of many periods", () => {
  test("with one group have a line each, which names the goal", () => {
    const rows = Array.from({ length: 12 }, (_, i) =>
      serierad({ fran: `2023-${String(i + 1).padStart(2, "0")}-01`, grupp: "part", gruppvarde: "fk" }),
    );
    const serier = [
      ...rows.map((row) => ({ ...row, mening: "Målet nås alltid." })),
      ...rows.map((row) => ({ ...row, mal_id: "n", mening: "Målet nås aldrig." })),
    ];
    const goals = [mal(), mal({ mal_id: "n", text: "Närvaro minst 85 %" })];
    const text = textOf(
      publik({ malsammanfattning: goals, maluppfyllelse: [malrad()], malserie: serier }),
      "insats/a.html",
    );
    expect(text).toMatch(/<li>60 individer per år\. [^<]*: Målet nås alltid\./);
    expect(text).toMatch(/<li>Närvaro minst 85 %\. [^<]*: Målet nås aldrig\./);
  });
});

describe("the comparison", () => {
  const profil = (insats_id: string, dimension: string, varde: string) => ({
    insats_id,
    dimension,
    varde,
    dokument: "002.txt",
    avsnitt: "Läge",
  });
  type Parrad = Publik["parjamforelse"][number];
  const side = (given: Partial<Parrad>): Parrad => ({
    resultat_id: `parjamforelse/${given.matt ?? "narvaroandel"}/${given.insats_id}/${given.annan_insats_id}`,
    matt: "narvaroandel",
    insats_id: "a",
    annan_insats_id: "b",
    modell: null,
    forbund_id: null,
    definition: "Närvaroandel",
    fran: "2023-01-01",
    till: "2023-12-31",
    taljare: 16,
    namnare: 20,
    varde: 0.8,
    enhet: "andel",
    n: 20,
    ki_lag: 0.58,
    ki_hog: 0.92,
    tackningsgrad: null,
    jamforbar: true,
    andring: "period",
    brist: null,
    skal: null,
    ofullstandig: 0,
    ar_dold: false,
    ...given,
  });
  const pair = (given: Partial<Parrad>, twin: Partial<Parrad> = given): Parrad[] => [
    side(given),
    side({ ...twin, insats_id: given.annan_insats_id ?? "b", annan_insats_id: given.insats_id ?? "a" }),
  ];
  const hidden = { varde: null, n: null, taljare: null, namnare: null, ki_lag: null, ki_hog: null, ar_dold: true };
  const none = { ...hidden, ar_dold: false, fran: null, till: null, jamforbar: false, andring: "inget" } as const;
  const page = (from: Partial<Publik>): string => {
    const whole = publik({ insats: [insats(), insats({ insats_id: "b", namn: "Insats B" })], ...from });
    return documentText(jamforelsePage(whole, namesOf(whole), []), about);
  };
  test("sets teams side by side in the dimensions they share, and leaves out one described otherwise", () => {
    const shared = ["Roll", "Målgrupp", "Möten"].flatMap((d) => [profil("a", d, `a ${d}`), profil("b", d, `b ${d}`)]);
    const markup = page({ teamprofil: [...shared, profil("c", "Annat", "c")] });
    expect(markup).toContain("a Roll");
    expect(markup).toContain("b Möten");
    expect(markup).not.toContain(">c<");
  });
  test("marks what described teams share and where they differ", () => {
    const own = ["a", "b"].flatMap((id) => [
      profil(id, "Roll", "Stöttar"),
      profil(id, "Möten", `${id} möten`),
      profil(id, "Plats", "Vårdcentralen"),
    ]);
    const markup = page({ teamprofil: own });
    expect(markup).toMatch(/Roll<.*?<span>alla lika<.*?Möten<.*?<span>alla olika</s);
  });
  test("stands two insatser side by side by the smallest change, each value with its interval and what it is of", () => {
    const markup = page({ parjamforelse: pair({}, { varde: 0.9, n: 30, ki_lag: 0.744, ki_hog: 0.965 }) });
    expect(markup).toContain("Det som behöver ändras: att båda räknas för de här dagarna");
    expect(markup).toContain("80\u00a0% (58–92,0\u00a0%) av 20");
    expect(markup).toContain("90\u00a0% (74,4–96,5\u00a0%) av 30");
    expect(markup).toContain("Noll går att göra som de är och en efter en ändring.");
    expect(markup).toContain("att det ena arbetssättet är bättre");
    expect(markup).not.toContain("färre än");
  });
  test("warns of shares of few", () => {
    expect(page({ parjamforelse: pair({ n: 19 }) })).toContain("Några andelar är av färre än 20");
  });
  test("leaves out a pair of which one side is hidden, and says how many there are", () => {
    const markup = page({ parjamforelse: pair({}, hidden) });
    expect(markup).toContain("En visas inte, eftersom någon av insatserna har för få personer.");
    expect(markup).not.toContain("av 20");
  });
  test("says each reason once, with every measure that it holds for", () => {
    const lacking = { ...none, brist: "underlag saknas", skal: "B: underlag saknas" };
    const markup = page({
      parjamforelse: ["narvaroandel", "antal_moten"].flatMap((matt) => pair({ ...none, matt }, { ...lacking, matt })),
    });
    expect(markup).toContain("Ingen av dem går att göra: ingen ändring räcker.");
    expect(markup.split("Underlag saknas")).toHaveLength(2);
    expect(markup).toContain("Antal möten och Närvaroandel");
  });
});

describe("the page of changes", () => {
  const changed = (given: Partial<Publik>): string => textOf(publik(given), "andringar.html");
  const row = (given: Partial<Publik["andring"][number]> = {}): Publik["andring"][number] => ({
    resultat_id: "andring/a/1",
    insats_id: "a",
    figur: mal().resultat_id,
    kolumn: "status",
    jamfort_med: "2024-03-01",
    fore: "uppnatt",
    efter: "ej_uppnatt",
    orsak: "rattad_fil",
    forklaring: "Rättad fil: data/mote.csv, ny version mottagen 2024-04-01.",
    ar_dold: false,
    ...given,
  });
  const jamforda = [{ insats_id: "a", jamfort_med: "2024-03-01" }];
  test("says that there is nothing to compare with, the first time", () => {
    expect(changed({})).toContain("Det finns ingen tidigare rapport att jämföra med.");
  });
  test("names the insatser of which nothing has changed", () => {
    const text = changed({ insats: [insats({ namn: "Teamet" })], jamford: jamforda });
    expect(text).toContain("Inga siffror har ändrats sedan rapporten den 1\u00a0mars\u00a02024.");
    expect(text).toMatch(/<h2>Inga ändringar<\/h2>\s*<p>Teamet\.<\/p>/);
  });
  test("shows what a figure was and is in words, under the reason", () => {
    const text = changed({
      insats: [insats()],
      malsammanfattning: [mal({ text: "60 individer" })],
      jamford: jamforda,
      andring: [row()],
    });
    expect(text).toMatch(/Rättad fil: data\/mote\.csv[\s\S]*60 individer: utfall[\s\S]*uppnått[\s\S]*ej uppnått/);
  });
  test("of a figure that the report no longer has it shows no value, since nobody can say whether it counted persons", () => {
    const text = changed({
      insats: [insats()],
      jamford: jamforda,
      andring: [row({ figur: "maluppfyllelse/a/x///2023-01-01", fore: "73" })],
    });
    expect(text).toContain("Siffran finns inte längre");
    expect(text).not.toContain(">73<");
  });
});

describe("money on the pages", () => {
  test("a pace over the limit asks for an explanation, and too few months say how many it takes and why", () => {
    const text = textOf(allt, "insats/a.html");
    expect(text).toContain("I samma takt blir det 900\u00a0000\u00a0kr på nio månader.");
    expect(text).toContain("Avvikelsen är över gränsen på 10 procent och behöver förklaras.");
    expect(text).toContain("två månader är fakturerade. Det krävs minst tre månader för en prognos, eftersom hyra");
  });
  test("a förbund sees its own cost beside what was agreed and granted, and its parties' contributions beside the law's", () => {
    const text = textOf(allt, "forbund/lund.html");
    expect(text).toContain("+2\u00a0000\u00a0kr (+2,0\u00a0procentenheter)");
    expect(text).toContain("Uppgift saknas: region");
    expect(text).toContain("Regel: Lag (2003:1210) 5 §.");
  });
});
