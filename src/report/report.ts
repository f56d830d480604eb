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
  const write = (path: string, content: string | Uint8Array): void => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  // A page and its pictures are written before the next is drawn: a country's worth is never held at once.
  const finish = async (page: Page, charts: object): Promise<void> => {
    write(join("rapport", page.path), pages.documentText(page, about));
    await Promise.all(
      Object.values(charts)
        .flat()
        .filter(isChart)
        .map(async ({ name, svg }) => {
          write(join("diagram", `${name}.svg`), svg);
          write(join("diagram", `${name}.png`), await png(svg));
        }),
    );
  };

  const oversikt = charts.chartOfAll(publik, names, about.exempel);
  await finish(pages.indexPage(publik, names, oversikt), { oversikt });
  await finish(pages.utsagekontrollPage(publik, names), {});
  await finish(pages.jamforelsePage(publik, names), {});
  await finish(pages.definitionerPage(publik), {});
  const omslag = charts.chartOfProv(publik, names, about.exempel);
  await finish(pages.definitionsprovPage(publik, names, omslag), { omslag });
  for (const insats of publik.insatser) {
    const own = charts.chartsOfInsats(publik, names, insats, about.exempel);
    await finish(pages.insatsPage(publik, names, insats, own), own);
  }
  for (const forbund of publik.forbund) {
    const insatser = pages.insatserOf(publik, forbund.forbund_id);
    const own = charts.chartsOfForbund(publik, names, forbund.forbund_id, insatser, about.exempel);
    await finish(pages.forbundPage(publik, names, forbund, own), own);
  }
  write(join("rapport", "publicerat.json"), publiceratText(publik, about));
};
