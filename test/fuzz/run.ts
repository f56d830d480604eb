/** `npm run fuzz`: 10 000 mutated files. `node test/fuzz/run.ts COUNT SEED` for others. */
import { fuzz } from "./fuzz.ts";

const [count = "10000", seed = "1"] = process.argv.slice(2);
const { files, refused, records, slowest } = await fuzz(Number(count), Number(seed));
process.stdout.write(`${files} files, ${refused} refused, ${records} records accounted for, slowest ${slowest} ms\n`);
