// The one script of the report: a long table is narrowed down by what it holds.
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { chartsOfComparison } from "../../src/report/charts/index.ts";
import { namesOf } from "../../src/report/names.ts";
import { jamforelsePage } from "../../src/report/pages/jamforelse.ts";
import { documentText } from "../../src/report/pages/page.ts";
import { forbund, insats, malrad, publik } from "./fixture.ts";

const models = ["Stödgruppen", "Arbetslivsinriktade samverkansmodellen"];
const text = (many: number): string => {
  const ids = Array.from({ length: many }, (_, i) => `i${i}`);
  const days = { fran: "2024-01-01", till: "2024-12-31" };
  const from = publik({
    insats: ids.map((id, i) =>
      insats({ insats_id: id, namn: `Insats ${id}`, modell: models[i % 2] ?? null, finansiarer: `f${i % 3}` }),
    ),
    forbund: ["f0", "f1", "f2"].map((id) => forbund(id, `Förbund ${id}`)),
    maluppfyllelse: ids.map((id, i) =>
      malrad({
        insats_id: id,
        forbund_id: `f${i % 3}`,
        matt: "narvaroandel",
        taljare: 40 + (i % 15),
        namnare: 60,
        varde: 0.7,
        ...days,
      }),
    ),
  });
  const names = namesOf(from);
  return documentText(jamforelsePage(from, names, chartsOfComparison(from, names, false)), {
    today: "2025-02-01",
    exempel: false,
  });
};

describe("the figures of many insatser", () => {
  const markup = text(12);
  const { document } = parseHTML(markup);
  const [script] = document.querySelectorAll("script");
  new Function("document", script?.textContent ?? "throw new Error('no script')")(document);
  const selects = [...document.querySelectorAll("select")];
  // A browser's choice is the first until another is made.
  for (const select of selects) Object.defineProperty(select, "value", { value: "", configurable: true });
  const shown = (): number =>
    [...document.querySelectorAll(".urval tbody tr")].filter((row) => !row.getAttribute("style")?.includes("none"))
      .length;
  const choose = (heading: string, value: string): void => {
    const select = selects.find((one) => one.parentElement?.textContent.startsWith(heading));
    const options = [...(select?.querySelectorAll("option") ?? [])].map((option) => option.getAttribute("value") ?? "");
    const chosen = options.find((option) => option.replaceAll("\u00ad", "") === value);
    if (!select || chosen === undefined) throw new Error(`${heading} has no ${value}`);
    Object.defineProperty(select, "value", { value: chosen, configurable: true });
    select
      ?.closest("form")
      ?.dispatchEvent(new (document.defaultView as unknown as { Event: typeof Event }).Event("change"));
  };

  test("are chosen among by förbund, modell, mått and period, in native controls with a label each", () => {
    expect(selects.map((one) => one.parentElement?.localName)).toEqual(["label", "label", "label", "label"]);
    expect(selects.map((one) => one.querySelectorAll("option").length)).toEqual([4, 3, 2, 2]);
  });
  test("are narrowed down by each choice, and by two together", () => {
    choose("Modell", models[1] ?? "");
    expect(shown()).toBe(6);
    choose("Förbund", "Förbund f1");
    expect(shown()).toBe(2);
    expect(document.querySelector("[role=status]")?.textContent).toBe("2 av 12 rader visas.");
    choose("Modell", "");
    choose("Förbund", "");
    expect(shown()).toBe(12);
  });
  test("are whole without the script, which fetches nothing", () => {
    expect(
      markup.match(/<tr role="row"[^>]*><th scope="row" role="rowheader" data-rubrik="Insats">Insats i\d+/g),
    ).toHaveLength(12);
    expect(markup).not.toMatch(/<script[^>]+>|fetch\(|import|XMLHttp|<link|@import/);
  });
  test("of more than can be read are their förbund's instead", () => {
    const many = text(501);
    expect(many).toContain("Förbund bredvid varandra");
    expect(many).not.toMatch(/<script|Insatser bredvid varandra|Insats i\d/);
  });
  test("of a few need no choosing, and there is no script", () => {
    expect(text(9)).not.toContain("<script");
  });
});
