/** The report: charts and pages for others, from what has passed disclosure control. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Database } from "../db/open.ts";
import type { Chart } from "./charts/picture.ts";
import { namesOf } from "./names.ts";
import type { About, Page } from "./pages/page.ts";
import { publikByInsats, readPublik } from "./publik.ts";

/** How many pages are under way at once. */
const together = 4;

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
  const { exempel } = about;
  const own = publikByInsats(publik);
  const parts: (() => Promise<void>)[] = [
    () => {
      const oversikt = charts.chartOfAll(publik, names, exempel);
      return finish(pages.indexPage(publik, names, oversikt), { oversikt });
    },
    () => finish(pages.utsagekontrollPage(publik, names), {}),
    () => finish(pages.jamforelsePage(publik, names), {}),
    () => finish(pages.andringarPage(publik, names), {}),
    () => finish(pages.definitionerPage(publik), {}),
    () => {
      const omslag = charts.chartOfProv(publik, names, exempel);
      return finish(pages.definitionsprovPage(publik, names, omslag), { omslag });
    },
    ...publik.insats.map((insats) => () => {
      const of = own(insats.insats_id);
      const drawn = charts.chartsOfInsats(of, names, insats, exempel);
      return finish(pages.insatsPage(of, names, insats, drawn), drawn);
    }),
    ...publik.forbund.map((forbund) => () => {
      const insatser = pages.insatserOf(publik, forbund.forbund_id);
      const drawn = charts.chartsOfForbund(publik, names, forbund.forbund_id, insatser, exempel);
      return finish(pages.forbundPage(publik, names, forbund, drawn), drawn);
    }),
  ];
  // While some pages' pictures are drawn the next pages are made; a country's worth is never held at once.
  for (let from = 0; from < parts.length; from += together) {
    await Promise.all(parts.slice(from, from + together).map((part) => part()));
  }
  write(join("rapport", "publicerat.json"), publiceratText(publik, about));
};
