// npm run release: keeps bytecode, ABI and storage layout of every contract under the version of package.json, so that
// later versions can rehearse the upgrade from it. A version that exists is refused.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildContracts } from "../../local/upkeep/build.ts";
import { examine, moved } from "./layouts.ts";
import { contractOf, keep, releases } from "./release.ts";

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../../package.json"), "utf8")) as {
  version: string;
};
await buildContracts();
const examined = examine();
const last = releases().at(-1);
for (const [name, { layout, complaint }] of Object.entries(examined)) {
  if (complaint !== "") throw new Error(complaint);
  const before = last === undefined ? undefined : contractOf(last, name).layout;
  const report = before === undefined ? "" : moved(before, layout);
  if (report !== "") throw new Error(`${name} cannot follow ${last}: ${report}`);
}
keep(version, Object.fromEntries(Object.entries(examined).map(([name, { layout }]) => [name, layout])));
console.log(`kept ${Object.keys(examined).length} proxied contracts and what they need as ${version}`);
