/** The pages, in the order a reader meets them. */

export { andringarPage } from "./andringar.ts";
export { definitionerPage } from "./definitioner.ts";
export { definitionsprovPage } from "./definitionsprov.ts";
export { forbundPage } from "./forbund.ts";
export { indexPage } from "./index.ts";
export { insatsPage } from "./insats.ts";
export { jamforelsePage } from "./jamforelse.ts";
export { besideOf, documentKinds, documentPath, documentText } from "./page.ts";
export { underlagPage } from "./underlag.ts";
export { utsagekontrollPage } from "./utsagekontroll.ts";
