// npm run bench -- <name>
const benches: Record<string, () => Promise<unknown>> = {
  members: () => import("./members/main.ts"),
  indexer: () => import("./indexer/main.ts"),
  api: () => import("./api/main.ts"),
  live: () => import("./api/live/main.ts"),
  scale: () => import("./api/scale/main.ts"),
  enumeration: () => import("./enumeration/main.ts"),
  soak: () => import("./soak/main.ts"),
  walls: () => import("./members/walls.ts"),
};

const [name = ""] = process.argv.splice(2, 1);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) await bench();
else {
  console.log(`npm run bench -- <${Object.keys(benches).join(" | ")}> [--help]`);
  process.exit(name === "--help" || name === "-h" ? 0 : 1);
}
