import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** Packages whose index re-exports everything. */
const barrels = ["viem", "viem/actions", "wagmi", "wagmi/actions"];

interface Home {
  file: string;
  name: string;
}

/** Where each export of a barrel is declared. */
function homesOf(barrel: string): Map<string, Home> {
  const index = fileURLToPath(import.meta.resolve(barrel));
  const homes = new Map<string, Home>();
  for (const [, list = "", from = ""] of readFileSync(index, "utf8").matchAll(
    /export\s*\{([^}]*)\}\s*from\s*['"](\.[^'"]+)['"]/g,
  )) {
    for (const part of list.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").split(",")) {
      const [name = "", shown = name] = part.trim().split(/\s+as\s+/);
      if (name !== "") homes.set(shown, { file: join(dirname(index), from), name });
    }
  }
  return homes;
}

interface Specifier {
  type: string;
  imported: { name?: string; value?: string };
  local: { name: string };
}

/**
 * Imports from the declaring file instead of the package's index. The bundler decides by module, not by export, what the
 * first load needs: through a shared index it would carry all that any screen uses.
 */
export function directImports(): Plugin {
  const known = new Map(barrels.map((barrel) => [barrel, homesOf(barrel)]));
  return {
    name: "direct-imports",
    apply: "build",
    enforce: "post",
    transform(code) {
      if (!/from\s*["'](?:viem|wagmi)/.test(code)) return null;
      let changed = code;
      for (const node of this.parse(code).body.toReversed()) {
        if (node.type !== "ImportDeclaration") continue;
        const homes = known.get(String(node.source.value));
        const specifiers = node.specifiers as unknown as Specifier[];
        if (!homes || specifiers.some(({ type }) => type !== "ImportSpecifier")) continue;
        const lines = specifiers.map(({ imported, local }) => {
          const name = imported.name ?? imported.value ?? "";
          const home = homes.get(name) ?? { file: String(node.source.value), name };
          return `import { ${home.name} as ${local.name} } from ${JSON.stringify(home.file)};`;
        });
        const { start, end } = node as unknown as { start: number; end: number };
        changed = changed.slice(0, start) + lines.join(" ") + changed.slice(end);
      }
      return { code: changed, map: null };
    },
  };
}
