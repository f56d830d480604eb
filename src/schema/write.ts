/** Writes what is generated from the declarations and kept in the repository: `npm run schema`. */
import { writeFileSync } from "node:fs";
import { pipelineJsonSchema } from "./pipeline.ts";

export const schemaFile = new URL("../../pipelines/pipeline.schema.json", import.meta.url);

/** The text `pipelines/pipeline.schema.json` is to have. */
export const schemaText = (): string => `${JSON.stringify(pipelineJsonSchema(), null, 2)}\n`;

if (import.meta.main) writeFileSync(schemaFile, schemaText());
