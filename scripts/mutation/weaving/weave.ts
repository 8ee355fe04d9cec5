import type { Span } from "./ast.ts";
import type { Change } from "./operators.ts";
import type { Site } from "./sites.ts";

/** A change with its number, by which a run switches it on. */
export interface Mutant extends Change {
  id: number;
  /** What it is called as long as the code around it stays: place, change and count. */
  key: string;
  site: Site;
  line: number;
}

/** Name of the library in `Mutant.sol`, and the path under which sources import it. */
export const LIBRARY = "mutation/Mutant.sol";

/** First mutant of each mutant's place, by which woven code asks for all of them. */
export function placesOf(mutants: Mutant[]): Map<number, number> {
  const first = new Map<Site, number>();
  for (const { site, id } of mutants) if (!first.has(site)) first.set(site, id);
  return new Map(mutants.map(({ site, id }) => [id, first.get(site) ?? id]));
}

const flat = (code: string) => code.replace(/\s+/g, " ").trim();

/** Numbers the changes of `sites`, leaving out those that `isLeftOut` names. */
export function numbered(sites: Site[], read: (file: string) => Buffer, isLeftOut: (key: string) => boolean): Mutant[] {
  const counts = new Map<string, number>();
  const all = sites.flatMap((site) =>
    site.changes.map((change) => {
      const source = read(site.file);
      const was = flat(source.subarray(change.start, change.end).toString());
      const line = source.subarray(0, change.start).toString().split("\n").length;
      const name = `${site.file} ${site.place}: ${was} → ${flat(change.with) || "nothing"}`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return { ...change, site, line, key: count > 1 ? `${name} (${count})` : name };
    }),
  );
  return all.filter(({ key }) => !isLeftOut(key)).map((mutant, i) => ({ ...mutant, id: i + 1 }));
}

/** `span` of the source with `change` made in it. */
export function changed(source: Buffer, span: Span, change: Change): string {
  const before = source.subarray(span.start, change.start).toString();
  return before + change.with + source.subarray(change.end, span.end).toString();
}

/** Around each changed version, so that the compiler's complaints can be traced to a mutant. */
const marked = ({ id }: Mutant, code: string) => `/*mutant ${id}*/${code}/*end*/`;

/** Number of the mutant whose code stands at `offset` bytes of a woven source, if any does. */
export function mutantAt(code: string, offset: number): number | undefined {
  const before = Buffer.from(code).subarray(0, offset).toString();
  const found = [...before.matchAll(/\/\*(?:mutant (\d+)|end)\*\//g)].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

const bounds = (mutants: Mutant[]) => `${mutants[0]?.id}, ${mutants.at(-1)?.id}`;

/** One of several statements, each in a block of its own. */
function choice(original: string, mutants: Mutant[], version: (mutant: Mutant) => string): string {
  const last = mutants.length - 1;
  const chain = mutants.map((mutant, i) =>
    i === last ? `{ ${version(mutant)} }` : `if (Mutant.on(${mutant.id})) { ${version(mutant)} } else `,
  );
  return `{ if (Mutant.within(${bounds(mutants)})) { ${chain.join("")} } else { ${original} } }`;
}

function condition(original: string, mutants: Mutant[], version: (mutant: Mutant) => string): string {
  const last = mutants.length - 1;
  const chain = mutants.map((mutant, i) =>
    i === last ? `(${version(mutant)})` : `Mutant.on(${mutant.id}) ? (${version(mutant)}) : `,
  );
  return `Mutant.within(${bounds(mutants)}) ? (${chain.join("")}) : (${original})`;
}

/** Name of the modifier that can be switched off. */
const switchable = (name: string) => `${name}Unless`;

function woven(source: Buffer, site: Site, mutants: Mutant[]): string {
  const original = source.subarray(site.start, site.end).toString();
  const whole = (mutant: Mutant) => marked(mutant, changed(source, site, mutant));
  if (site.form === "modifier") return `${switchable(original)}(${mutants[0]?.id})`;
  if (site.form === "condition") return condition(original, mutants, whole);
  if (!site.declares) return choice(original, mutants, whole);
  const { variables, target, value } = site.declares;
  const assigned = (code: string) => `${target} = ${code};`;
  const versions = choice(assigned(source.subarray(value.start, value.end).toString()), mutants, (mutant) =>
    assigned(marked(mutant, changed(source, value, mutant))),
  );
  return `${variables.map((variable) => `${variable}; `).join("")}${versions}`;
}

/** A modifier of ours beside its original, with a number under which its checks are left out. */
function modifiersOf(code: string): string {
  return code.replace(
    /^( *)modifier (\w+)\(\) \{\n([\s\S]*?)\n( *)_;\n\1\}/gm,
    (whole, indent, name, checks) =>
      `${whole}\n${indent}modifier ${switchable(name)}(uint256 id) { if (!Mutant.at(id)) { ${checks} } _; }`,
  );
}

/** The access manager's modifier, in each contract that begins a line of heirs. */
function restrictedIn(code: string): string {
  const check = "if (!Mutant.at(id)) _checkCanCall(_msgSender(), _msgData()); _;";
  return code.replace(
    /^((?:abstract )?contract \w+ is [^{]*\b(?:AccessManaged|AccessManagedUpgradeable)\b[^{]*\{)/gm,
    `$1 modifier restrictedUnless(uint256 id) { ${check} }`,
  );
}

/** A source with all its mutants woven in; without any of them on, it does what it did. */
export function weave(source: Buffer, mutants: Mutant[]): string {
  const bySite = Map.groupBy(mutants, ({ site }) => site);
  const sites = [...bySite].sort(([a], [b]) => a.start - b.start);
  let code = "";
  let end = 0;
  for (const [site, own] of sites) {
    code += source.subarray(end, site.start).toString() + woven(source, site, own);
    end = site.end;
  }
  code += source.subarray(end).toString();
  const imported = code.replace(/^pragma solidity [^;]+;/m, `$&\nimport {Mutant} from "${LIBRARY}";`);
  return restrictedIn(modifiersOf(imported));
}
