import type { Database } from "../db/open.ts";
export const writeReport = async (
  _db: Database,
  _folder: string,
  _about: { today: string; exempel: boolean },
): Promise<void> => {};
