/** Runs before each file of tests, also where files share a worker and what they import. */
import { afterAll } from "vitest";
import { removeFolders } from "./folders.ts";

afterAll(removeFolders);
