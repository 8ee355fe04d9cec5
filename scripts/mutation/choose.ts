import { createHash } from "node:crypto";
import type { Options } from "./options.ts";
import type { Mutant } from "./weaving/weave.ts";

/** Least that a sample takes of a file that has so many. */
const LEAST = 6;

/** What matters most comes first, for a run that is stopped early. */
const sections = ["staking", "slashing", "libraries", "governance", "liquid", "tiers", "suspensions", "performance"];

const place = ({ site }: Mutant) => {
  const at = sections.indexOf(site.file.split("/")[1] ?? "");
  return at < 0 ? sections.length : at;
};

const rank = (seed: string, { key }: Mutant) => createHash("sha256").update(`${seed} ${key}`).digest("hex");

/** The mutants that `options` ask for. A larger sample of a seed holds the smaller ones. */
export function chosen(
  all: Mutant[],
  { files, only, sample, seed }: Pick<Options, "files" | "only" | "sample" | "seed">,
) {
  if (only !== undefined) return all.filter(({ id }) => id === only);
  const wanted = files.length > 0 ? all.filter(({ site }) => files.includes(site.file)) : all;
  const taken = [...Map.groupBy(wanted, ({ site }) => site.file).values()].flatMap((own) => {
    if (sample >= wanted.length) return own;
    const share = Math.max(LEAST, Math.round((own.length / wanted.length) * sample));
    const ranked = own.map((mutant) => ({ mutant, rank: rank(seed, mutant) }));
    return ranked
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .slice(0, share)
      .map(({ mutant }) => mutant);
  });
  return taken.sort((a, b) => place(a) - place(b) || a.id - b.id);
}
