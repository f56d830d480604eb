import { writeFileSync } from "node:fs";
import { open } from "../db/open.ts";
import { malutfall } from "./charts/malutfall.ts";
import { png } from "./charts/png.ts";
import { namesOf } from "./names.ts";
import { readPublik } from "./publik.ts";

const db = await open("/tmp/rap2/internt/finsam.duckdb", "read");
const p = await readPublik(db);
const n = namesOf(p);
console.log(p.insatser[0], p.leveranser[0], p.finansiering);
const c = malutfall({ name: "malutfall", rows: p.mal, namn: n.insats, exempel: true });
if (c) {
  writeFileSync("/tmp/c.svg", c.svg);
  const t = performance.now();
  writeFileSync("/tmp/c.png", png(c.svg));
  console.log(performance.now() - t, c.sentence);
}
import { malvarden } from "./charts/malvarden.ts";
for (const id of ["tierp-partsamordnare","goteborg-myndighetsgemensamma-team"]) {
const judged = p.mal.filter(m=>m.insats_id===id && m.status!=="ej_matbart");
const d = malvarden({ name: "malvarden-"+id, insats: n.insats(id), mal: judged, rows: p.malrader.filter(r=>r.insats_id===id&&judged.some(m=>m.mal_id===r.mal_id)), grupp: (r)=>r.gruppvarde, exempel:false});
if (d) { writeFileSync(`/tmp/${id}.svg`, d.svg); writeFileSync(`/tmp/${id}.png`, png(d.svg)); console.log(d.sentence); }}
