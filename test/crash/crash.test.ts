import { describe, expect, test } from "vitest";
import { crash } from "./crash.ts";

describe("killed at any moment", () => {
  test("the last report or the new one stands whole, and the next run gives the bytes of one never killed", async () => {
    // A first run, one over an earlier and one that forgets a person: each before it is committed and after.
    const { wrong, stages } = await crash(6, 1, { chosen: ["write", "move"] });
    expect(wrong).toEqual([]);
    expect(stages["while it wrote"]).toBe(3);
    expect(stages["while its files moved in"]).toBe(3);
  }, 1_800_000);
});
