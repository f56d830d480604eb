/** A picture as PNG, with the font that the package ships: the machine's own fonts never show. */
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";

const font = (path: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${path}`));

const fontFiles = [font("400Regular/SourceSans3_400Regular.ttf"), font("600SemiBold/SourceSans3_600SemiBold.ttf")];

/** The picture at twice its size. */
export const png = (svg: string): Uint8Array =>
  new Resvg(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Source Sans 3" },
    fitTo: { mode: "zoom", value: 2 },
  })
    .render()
    .asPng();
