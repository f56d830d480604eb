/** A zip archive whose bytes follow from its parts alone: every entry has the same date. */
import { crc32, deflateRawSync } from "node:zlib";

/** 1 January 1980, the first day that a zip archive knows. */
const date = 0x21;

const numbers = (...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer => {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
};

/** @param parts path inside the archive to its text */
export const zip = (parts: ReadonlyMap<string, string>): Buffer => {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of parts) {
    const name = Buffer.from(path, "utf8");
    const plain = Buffer.from(text, "utf8");
    const packed = deflateRawSync(plain, { level: 9 });
    // version 2.0, UTF-8 names, deflated, time, date, checksum, sizes, name, no extra field
    const head = numbers(
      [20, 2],
      [0x800, 2],
      [8, 2],
      [0, 2],
      [date, 2],
      [crc32(plain), 4],
      [packed.length, 4],
      [plain.length, 4],
      [name.length, 2],
      [0, 2],
    );
    const local = Buffer.concat([numbers([0x04034b50, 4]), head, name, packed]);
    bodies.push(local);
    directory.push(numbers([0x02014b50, 4], [20, 2]), head, numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [parts.size, 2],
    [parts.size, 2],
    [index.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...bodies, index, end]);
};
