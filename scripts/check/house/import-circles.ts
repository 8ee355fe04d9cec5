import { modules } from "../modules.ts";
import type { Breach, Rule } from "../rule.ts";

/** No module imports itself through others at run time; `import type` is erased and does not count. */
export const importCircles: Rule = {
  name: "no runtime import circle",
  run: (root) => {
    const edges = new Map(
      modules(root).map(({ file, imports }) => [
        file,
        imports
          .filter((one) => !one.typeOnly && one.target !== undefined && one.target !== file)
          .map((one) => one.target as string),
      ]),
    );
    const breaches: Breach[] = [];
    const done = new Set<string>();
    const path: string[] = [];
    const visit = (file: string) => {
      const start = path.indexOf(file);
      if (start >= 0) breaches.push({ file, message: `imports itself: ${[...path.slice(start), file].join(" → ")}` });
      if (start >= 0 || done.has(file)) return;
      path.push(file);
      for (const target of edges.get(file) ?? []) visit(target);
      path.pop();
      done.add(file);
    };
    for (const file of edges.keys()) visit(file);
    return breaches;
  },
};
