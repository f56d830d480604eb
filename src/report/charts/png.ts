/** A picture as PNG, with the font that the package ships: the machine's own fonts never show. */
import { fileURLToPath } from "node:url";
import { renderAsync } from "@resvg/resvg-js";

const font = (path: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${path}`));

const fontFiles = [font("400Regular/SourceSans3_400Regular.ttf"), font("600SemiBold/SourceSans3_600SemiBold.ttf")];

/** The picture at twice its size. Drawn on another thread: this is most of the report's time. */
export const png = async (svg: string): Promise<Uint8Array> => {
  const drawn = await renderAsync(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Source Sans 3" },
    fitTo: { mode: "zoom", value: 2 },
  });
  return drawn.asPng();
};
