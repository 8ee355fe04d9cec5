// Proves the house rules. `npm run check -- <words>` runs only the rules whose name contains one of the words.
import { join } from "node:path";
import { buildContracts } from "../local/upkeep/build.ts";
import { type Breach, place } from "./rule.ts";
import { houseRules, toolRules } from "./rules.ts";

const root = join(import.meta.dirname, "../..");
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const rules = [...houseRules, ...toolRules].filter(
  ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
);

// Types and generated files are compared with what the compiler says.
await buildContracts();

const all: { rule: string; breaches: Breach[] }[] = [];
for (const { name, run } of rules) {
  const started = performance.now();
  const breaches = await run(root);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(
    `${breaches.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(26)} ${seconds} s  ${breaches.length === 0 ? "" : `${breaches.length} breaches`}`,
  );
  all.push({ rule: name, breaches });
}

const broken = all.filter(({ breaches }) => breaches.length > 0);
for (const { rule, breaches } of broken) {
  console.log(`\n${rule}`);
  for (const breach of breaches) console.log(`  ${place(breach)}  ${breach.message}`);
}
console.log(`\ncheck: ${all.length - broken.length} passed, ${broken.length} failed`);
process.exit(broken.length > 0 || all.length === 0 ? 1 : 0);
