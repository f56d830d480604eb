/** The report: charts and pages for others, from what has passed disclosure control. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Database } from "../db/open.ts";
import type { Chart } from "./charts/picture.ts";
import { namesOf } from "./names.ts";
import type { About, Page } from "./pages/page.ts";
import { readPublik } from "./publik.ts";

const isChart = (chart: Chart | undefined): chart is Chart => chart !== undefined;

/**
 * Writes `folder/rapport` (pages and publicerat.json) and `folder/diagram` (every chart as SVG and PNG).
 * What draws is imported here and not above: commands that draw nothing start without it.
 */
export const writeReport = async (db: Database, folder: string, about: About): Promise<void> => {
  const [publik, charts, pages, { png }, { publiceratText }] = await Promise.all([
    readPublik(db),
    import("./charts/index.ts"),
    import("./pages/all.ts"),
    import("./charts/png.ts"),
    import("./publicerat.ts"),
  ]);
  const names = namesOf(publik);
  const drawn: Chart[] = [];
  const keep = <C extends object>(some: C): C => {
    drawn.push(...Object.values(some).flat().filter(isChart));
    return some;
  };

  const { oversikt } = keep({ oversikt: charts.chartOfAll(publik, names, about.exempel) });
  const written: Page[] = [
    pages.indexPage(publik, names, oversikt),
    pages.utsagekontrollPage(publik, names),
    pages.jamforelsePage(publik, names),
    ...publik.insatser.map((insats) =>
      pages.insatsPage(publik, names, insats, keep(charts.chartsOfInsats(publik, names, insats, about.exempel))),
    ),
    ...publik.forbund.map((forbund) => {
      const insatser = pages.insatserOf(publik, forbund.forbund_id);
      const own = keep(charts.chartsOfForbund(publik, names, forbund.forbund_id, insatser, about.exempel));
      return pages.forbundPage(publik, names, forbund, own);
    }),
  ];

  const write = (path: string, content: string | Uint8Array): void => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const pictures = drawn.map(async ({ name, svg }) => {
    write(join("diagram", `${name}.svg`), svg);
    write(join("diagram", `${name}.png`), await png(svg));
  });
  for (const page of written) write(join("rapport", page.path), pages.documentText(page, about));
  write(join("rapport", "publicerat.json"), publiceratText(publik, about));
  await Promise.all(pictures);
};
