import { equivalents, survivors } from "./reasons.ts";
import type { Result } from "./results.ts";
import type { Mutant } from "./weaving/weave.ts";

interface Score {
  killed: number;
  survived: Mutant[];
  equivalent: Mutant[];
}

/** Results of `mutants` that have one; a mutant said to be equivalent that was killed counts as killed. */
export function scoreOf(mutants: Mutant[], known: Map<string, Result>): Score {
  const score: Score = { killed: 0, survived: [], equivalent: [] };
  for (const mutant of mutants) {
    const result = known.get(mutant.key);
    if (!result) continue;
    if (result.killed) score.killed++;
    else if (equivalents[mutant.key]) score.equivalent.push(mutant);
    else score.survived.push(mutant);
  }
  return score;
}

const percent = ({ killed, survived }: Score) => {
  const all = killed + survived.length;
  return all === 0 ? "–" : `${((killed / all) * 100).toFixed(1)} %`;
};

function table(title: string, groups: Map<string, Mutant[]>, known: Map<string, Result>): string[] {
  const rows = [...groups].map(([name, mutants]) => {
    const score = scoreOf(mutants, known);
    return `| ${name} | ${score.killed} | ${score.survived.length} | ${score.equivalent.length} | ${percent(score)} |`;
  });
  return [
    `| ${title} | killed | survived | equivalent | killed of the rest |`,
    "| --- | --: | --: | --: | --: |",
    ...rows,
  ];
}

const code = (text: string) => `\`${text.replace(/`/g, "'")}\``;

function told(mutant: Mutant): string {
  const change = mutant.key.slice(mutant.key.indexOf(": ") + 2);
  return `${mutant.site.file.replace("contracts/", "")}:${mutant.line} ${code(change)}`;
}

/** The report of docs/security/mutation.md. */
export function report(command: string, all: Mutant[], mutants: Mutant[], known: Map<string, Result>): string {
  const score = scoreOf(mutants, known);
  const ran = mutants.filter(({ key }) => known.has(key)).length;
  const reasons = Map.groupBy(score.equivalent, ({ key }) => equivalents[key] ?? "");
  return `${[
    "# Mutation of the contracts",
    "",
    "Each mutant is one small change of a contract. A mutant that no test notices is a promise that no test makes.",
    `Written by ${code(command)}; \`npm run mutate -- --help\` tells the rest.`,
    "",
    `**${percent(score)}** killed: ${score.killed} of ${ran - score.equivalent.length} mutants, beside`,
    `${score.equivalent.length} that are equivalent. The contracts have ${all.length} mutants; ${ran} were run.`,
    "",
    "Not asked: Solidity tests, tests of gas and storage layouts, and deployments that were interrupted. Tests were",
    "written for what survived of this sample; `--seed` with another number asks about mutants that nobody looked at.",
    "Not mutated: assembly, `nonReentrant`, `initializer`, steps of loops, declarations of constants (their uses are).",
    "",
    ...table(
      "section",
      Map.groupBy(mutants, ({ site }) => site.file.split("/")[1] ?? ""),
      known,
    ),
    "",
    ...table(
      "operator",
      Map.groupBy(mutants, ({ operator }) => operator),
      known,
    ),
    "",
    "## Survivors",
    "",
    ...(score.survived.length > 0
      ? score.survived.map((one) => `- ${told(one)}: ${survivors[one.key] ?? "not looked at yet."}`)
      : ["None."]),
    "",
    "## Equivalent",
    "",
    ...[...reasons].flatMap(([reason, own]) => [`- ${reason}`, ...own.map((mutant) => `  - ${told(mutant)}`)]),
  ].join("\n")}\n`;
}
