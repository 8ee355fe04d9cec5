// Writes indexer/schema.graphql, the resulting API. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lexicographicSortSchema, printSchema } from "graphql";
import { createSchema } from "graphql-yoga";
import { typeDefs } from "../src/app.ts";

const path = join(import.meta.dirname, "../schema.graphql");
const printed = `${printSchema(lexicographicSortSchema(createSchema({ typeDefs })))}\n`;
if (!process.argv.includes("--check")) writeFileSync(path, printed);
else if (readFileSync(path, "utf8") !== printed) {
  console.error("stale: indexer/schema.graphql; run npm run build");
  process.exit(1);
}
