/** Whoever waits is told how far it has come. */
import { expect, test } from "vitest";
import { paceText, watchStatements } from "../../src/db/pace.ts";
import { furnished } from "../database.ts";

test("rows a second, and the time that is left at that speed", () => {
  expect(paceText(200, 1000, 2)).toBe("200 of 1000 rows, 100 rows a second, 8 s left");
});

test("a statement says so once it has taken its time, and a short one says nothing", async () => {
  const db = await furnished();
  const said: string[] = [];
  const stop = await watchStatements(db, (text) => said.push(text), 20);
  await db.run("create table korta as from range(10)");
  expect(said).toEqual([]);
  await db.run("create table rader as from range(1000000)");
  for (let times = 0; said.length === 0 && times < 10; times++)
    await db.run("select max(md5(cast(range as varchar))) from rader");
  stop();
  db.close();
  expect(said[0]).toMatch(/^\d+ of \d+ rows, \d+ rows a second, \d+ s left$/);
}, 30_000);
