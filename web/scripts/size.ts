// Measures the first load of the built dApp (gzip) against its budgets. Prints JSON; ends with 1 above a budget.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}

const KB = 1024;
/** First load; its styles; first load with the heaviest screen that signs; what one screen has for itself. */
const budgets = { js: 190, css: 20, connected: 260, own: 60 };
const folder = join(import.meta.dirname, "../dist", process.argv[2] ?? "production");
const chunks: Record<string, Chunk> = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8"));
const kilobytes = (file: string) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / KB;
const rounded = (value: number) => Math.round(value * 10) / 10;

function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const one of chunks[name]?.imports ?? []) withImports(one, seen);
  return seen;
}

const entry = Object.keys(chunks).find((name) => chunks[name]?.isEntry);
if (!entry) throw new Error("the build has no entry");
const first = withImports(entry);
const sum = (names: Iterable<string>) =>
  [...names].reduce((total, name) => total + kilobytes(chunks[name]?.file ?? ""), 0);

const korean = Object.keys(chunks).find((name) => name.endsWith("shared/i18n/ko.ts")) ?? "";
const pages = Object.keys(chunks).filter((name) => /features\/.*Page\.tsx$/.test(name));
const beyondFirst = new Map(pages.map((name) => [name, [...withImports(name)].filter((one) => !first.has(one))]));
const uses = (one: string) => pages.filter((page) => beyondFirst.get(page)?.includes(one)).length;
const routes = pages.map((name) => {
  const needed = beyondFirst.get(name) ?? [];
  const own = rounded(sum(needed.filter((one) => uses(one) === 1)));
  return { name: name.replace(/^.*\/(\w+)\.tsx$/, "$1"), own, all: rounded(sum(needed)) };
});
const css = [...first].flatMap((name) => chunks[name]?.css ?? []);
const js = rounded(sum(first) + kilobytes(chunks[korean]?.file ?? ""));
const measured = {
  js,
  connected: rounded(js + Math.max(...routes.map(({ all }) => all))),
  css: rounded(css.reduce((total, file) => total + kilobytes(file), 0)),
  routes,
};

/** Marks that only the local build may contain. */
const marks = ["tburn-demo-account", "demo-key", "local consensus key"];
const traces =
  process.argv[2] === "local"
    ? []
    : readdirSync(join(folder, "assets"))
        .filter((file) => file.endsWith(".js"))
        .filter((file) => marks.some((mark) => readFileSync(join(folder, "assets", file), "utf8").includes(mark)));

const isWithin =
  measured.js <= budgets.js &&
  measured.css <= budgets.css &&
  measured.connected <= budgets.connected &&
  routes.every(({ own }) => own <= budgets.own);
console.log(JSON.stringify({ budgets, measured, demoTraces: traces }, null, 2));
process.exit(isWithin && traces.length === 0 ? 0 : 1);
