/** A picture as PNG, with the font that the package ships: the machine's own fonts never show. */
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { renderAsync } from "@resvg/resvg-js";

const font = (path: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${path}`));

const fontFiles = [font("400Regular/SourceSans3_400Regular.ttf"), font("600SemiBold/SourceSans3_600SemiBold.ttf")];

/** The chunk that says how many dots a metre has, without which a word processor takes 96 to the inch. */
const density = (dpi: number): Buffer => {
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write("pHYs", 4, "latin1");
  for (const at of [8, 12]) chunk.writeUInt32BE(Math.round(dpi / 0.0254), at);
  chunk[16] = 1;
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return chunk;
};

/** Where the first chunk of a PNG ends: its size is always the same. */
const afterHeader = 33;

/**
 * The picture as wide as it says in centimetres. Drawn on another thread: this is most of the report's time.
 * @param print dots to the inch; a slide has half as many
 */
export const png = async (svg: string, print = 300): Promise<Buffer> => {
  const cm = Number(/^<svg[^>]* width="([\d.]+)cm"/.exec(svg)?.[1]);
  const dpi = cm > 16 ? print / 2 : print;
  const drawn = await renderAsync(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Source Sans 3" },
    fitTo: { mode: "width", value: Math.round((cm / 2.54) * dpi) },
  });
  const bytes = drawn.asPng();
  return Buffer.concat([bytes.subarray(0, afterHeader), density(dpi), bytes.subarray(afterHeader)]);
};
