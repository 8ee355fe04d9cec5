// Writes indexer/openapi.json, the document of the REST API. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSchema } from "graphql-yoga";
import { operations, typeDefs } from "../src/app.ts";
import { openapi } from "../src/platform/http/openapi/document.ts";

const path = join(import.meta.dirname, "../openapi.json");
const printed = `${JSON.stringify(openapi(operations(createSchema({ typeDefs }))), null, 2)}\n`;
if (!process.argv.includes("--check")) writeFileSync(path, printed);
else if (readFileSync(path, "utf8") !== printed) {
  console.error("stale: indexer/openapi.json; run npm run build");
  process.exit(1);
}
