/** A zip archive whose bytes follow from its parts alone: every entry has the same date. */
import { crc32, deflateRawSync } from "node:zlib";

/** 1 January 1980, the first day that a zip archive knows. */
const date = 0x21;

const fields =
  (bytes: 2 | 4) =>
  (...values: readonly number[]): Buffer => {
    const buffer = Buffer.alloc(values.length * bytes);
    for (const [i, value] of values.entries()) buffer.writeUIntLE(value, i * bytes, bytes);
    return buffer;
  };
const short = fields(2);
const long = fields(4);

/** @param parts path inside the archive to its text or bytes */
export const zip = (parts: ReadonlyMap<string, string | Uint8Array>): Buffer => {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of parts) {
    const name = Buffer.from(path, "utf8");
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain, { level: 9 });
    const head = Buffer.concat([
      // version 2.0, UTF-8 names, deflated, time, date
      short(20, 0x800, 8, 0, date),
      long(crc32(plain), packed.length, plain.length),
      // the name's length, no extra field
      short(name.length, 0),
    ]);
    const local = Buffer.concat([long(0x04034b50), head, name, packed]);
    bodies.push(local);
    directory.push(long(0x02014b50), short(20), head, short(0, 0, 0), long(0, offset), name);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = [long(0x06054b50), short(0, 0, parts.size, parts.size), long(index.length, offset), short(0)];
  return Buffer.concat([...bodies, index, ...end]);
};
