/** A picture as PNG, with the font that the package ships: the machine's own fonts never show. */
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { type RenderedImage, renderAsync } from "@resvg/resvg-js";

const font = (path: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${path}`));

const fontFiles = [font("400Regular/SourceSans3_400Regular.ttf"), font("600SemiBold/SourceSans3_600SemiBold.ttf")];

const whole = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, i * 4);
  return bytes;
};

const chunk = (name: string, ...parts: readonly Uint8Array[]): Buffer => {
  const named = Buffer.concat([Buffer.from(name, "latin1"), ...parts]);
  return Buffer.concat([whole(named.length - 4), named, whole(crc32(named))]);
};

/**
 * Writes eight bits of red, green, blue and opacity per dot, each row as it is. zlib makes as small a file of it as the drawing
 * library does, in less than half the time. How many dots a metre has is said too: a word processor would take 96 to the inch.
 */
const encode = ({ width, height, pixels }: RenderedImage, dpi: number): Buffer => {
  const row = width * 4;
  const rows = Buffer.alloc(height * (row + 1));
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const perMetre = Math.round(dpi / 0.0254);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", whole(width, height), Buffer.from([8, 6, 0, 0, 0])),
    chunk("pHYs", whole(perMetre, perMetre), Buffer.from([1])),
    chunk("IDAT", deflateSync(rows, { level: 3 })),
    chunk("IEND"),
  ]);
};

/**
 * The picture as wide as it says in centimetres, on white.
 * @param dpi dots to the inch, of a slide half as many
 */
export const png = async (svg: string, dpi = 300): Promise<Buffer> => {
  const cm = Number(/^<svg[^>]* width="([\d.]+)cm"/.exec(svg)?.[1]);
  const dots = cm > 16 ? dpi / 2 : dpi;
  const drawn = await renderAsync(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Source Sans 3" },
    fitTo: { mode: "width", value: Math.round((cm / 2.54) * dots) },
    background: "white",
  });
  return encode(drawn, dots);
};
