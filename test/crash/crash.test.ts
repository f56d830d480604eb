import { describe, expect, test } from "vitest";
import { crash } from "./crash.ts";

describe("killed at any moment", () => {
  test("the last report or the new one stands whole, and the next run gives the bytes of one never killed", async () => {
    // With this seed each kind of run meets a kill while its files move in.
    const { wrong, stages } = await crash(9, 22);
    expect(wrong).toEqual([]);
    expect(stages["while it wrote"]).toBeGreaterThan(0);
    expect(stages["while its files moved in"]).toBeGreaterThan(0);
  }, 1_800_000);
});
