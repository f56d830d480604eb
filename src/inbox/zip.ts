/** A workbook's package, opened with limits: what is inside is never trusted to be as large as it says, nor where it says. */
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { foreignKind } from "./dialect.ts";
import { FileError } from "./table.ts";

/** The longest part, and all parts, unpacked; and how far a long part may be packed: bombs are packed a thousandfold. */
const limits = { part: 400e6, whole: 600e6, entries: 10_000, ratio: 200, ratioFrom: 20e6 };

const damaged = (error: unknown): FileError => {
  if (error instanceof FileError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/relative path|absolute path|invalid characters in fileName/.test(text)) {
    return new FileError("otillaten_fil", "en sökväg ut ur filen");
  }
  if (/too many bytes|not enough bytes/.test(text)) return new FileError("otillaten_fil", "delar med fel längd");
  return new FileError("skadad_fil", "zipfilens innehåll stämmer inte");
};

const open = (bytes: Buffer): Promise<{ zip: ZipFile; entries: Entry[] }> =>
  new Promise((done, fail) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return fail(error ?? new Error("no package"));
      const entries: Entry[] = [];
      zip.on("error", fail);
      zip.on("end", () => done({ zip, entries }));
      zip.on("entry", (entry: Entry) => {
        entries.push(entry);
        if (entries.length > limits.entries) return fail(new FileError("otillaten_fil", "för många delar"));
        zip.readEntry();
      });
      zip.readEntry();
    });
  });

const checked = (entries: readonly Entry[]): void => {
  let whole = 0;
  const seen = new Set<string>();
  for (const entry of entries) {
    if (entry.isEncrypted()) throw new FileError("losenordsskyddad");
    if (seen.has(entry.fileName)) throw new FileError("otillaten_fil", "två delar med samma namn");
    seen.add(entry.fileName);
    whole += entry.uncompressedSize;
    const packed = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    const bomb = entry.uncompressedSize > limits.ratioFrom && packed > limits.ratio;
    if (bomb || entry.uncompressedSize > limits.part || whole > limits.whole) {
      throw new FileError("otillaten_fil", "den packas upp till en orimlig storlek");
    }
  }
};

/** @throws FileError when it is no package, is protected or damaged, or would unpack to an unreasonable size */
export const openPackage = async (bytes: Uint8Array) => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < 4) throw new FileError("fel_filtyp", "för kort");
  if (all.readUInt32BE(0) === 0xd0cf11e0) {
    const encrypted = all.includes(Buffer.from("EncryptedPackage", "utf16le"));
    throw encrypted ? new FileError("losenordsskyddad") : new FileError("aldre_format", ".xls");
  }
  if (all.readUInt16BE(0) !== 0x504b) throw new FileError("fel_filtyp", foreignKind(bytes) ?? "en textfil");
  const { zip, entries } = await open(all).catch((error: unknown) => {
    throw damaged(error);
  });
  checked(entries);
  const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
  /** A part's bytes as they are unpacked. @throws FileError when it is longer or other than the package says */
  async function* stream(name: string): AsyncGenerator<Buffer> {
    const entry = byName.get(name);
    if (!entry) throw new FileError("skadad_fil", `delen ${name} fattas`);
    const source = await new Promise<NodeJS.ReadableStream>((done, fail) => {
      zip.openReadStream(entry, (error, readable) => (error || !readable ? fail(error) : done(readable)));
    }).catch((error: unknown) => {
      throw damaged(error);
    });
    let length = 0;
    let sum = 0;
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > limits.part) throw new FileError("otillaten_fil", "den packas upp till en orimlig storlek");
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (error) {
      throw damaged(error);
    }
    if (sum !== entry.crc32) throw new FileError("skadad_fil", `kontrollsumman för ${name} stämmer inte`);
  }
  return { names: [...byName.keys()], stream, read: (name: string): Promise<Buffer> => buffer(stream(name)) };
};

export type Package = Awaited<ReturnType<typeof openPackage>>;
