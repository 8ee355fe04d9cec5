import { barrels } from "./house/barrels.ts";
import { environment } from "./house/environment.ts";
import { importCircles } from "./house/import-circles.ts";
import { importFloors } from "./house/import-floors.ts";
import { lockFile } from "./house/lock-file.ts";
import { names } from "./house/names.ts";
import { phraseRule } from "./house/phrases.ts";
import { sizes } from "./house/sizes.ts";
import { sql } from "./house/sql.ts";
import type { Rule } from "./rule.ts";
import { biome } from "./tools/biome.ts";
import { forgeLint } from "./tools/forge.ts";
import { gas } from "./tools/gas.ts";
import { generated } from "./tools/generated.ts";
import { migrations } from "./tools/migrations.ts";
import { shards } from "./tools/shards.ts";
import { solidityFormat, solidityLint } from "./tools/solidity.ts";
import { types } from "./tools/types.ts";
import { unused } from "./tools/unused.ts";

/** Rules that read files alone. */
export const houseRules: Rule[] = [
  importFloors,
  importCircles,
  environment,
  sql,
  sizes,
  names,
  barrels,
  phraseRule,
  lockFile,
];
/** Rules that a tool decides. */
export const toolRules: Rule[] = [
  biome,
  solidityFormat,
  solidityLint,
  forgeLint,
  migrations,
  shards,
  types,
  unused,
  generated,
  gas,
];
