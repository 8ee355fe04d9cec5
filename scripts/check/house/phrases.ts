import type { Breach, Rule } from "../rule.ts";
import { files, isGenerated, lineOf, read } from "../sources.ts";

interface Phrase {
  pattern: RegExp;
  message: string;
  applies?: (file: string) => boolean;
}

const isCode = (file: string) => /\.(ts|tsx|mjs|sol)$/.test(file);
const isTestFile = (file: string) => /\.test\.tsx?$/.test(file) || /\.t\.sol$/.test(file);

const phrases: Phrase[] = [
  { pattern: /(?<![\w.:/])\/(?:home|root|Users|work|mnt|opt\/n\d+)\/[\w.-]+/g, message: "path of one machine" },
  {
    pattern: /https?:\/\/(?:localhost:4873|registry\.[\w.-]+|[\w.-]*(?:verdaccio|artifactory|nexus)[\w.-]*)/g,
    message: "address of a registry",
  },
  {
    pattern: /\b(?:describe|it|test|suite|context)\.(?:only|skip|todo|fails)\b|\b(?:xit|xdescribe|fit|fdescribe)\(/g,
    message: "focused or skipped test",
    applies: isTestFile,
  },
  { pattern: /\b(?:TODO|FIXME|XXX)\b/g, message: "unfinished work", applies: isCode },
  { pattern: /@ts-(?:ignore|nocheck|expect-error)/g, message: "silenced type error", applies: isCode },
  { pattern: /biome-ignore-all|eslint-disable/g, message: "silenced lint", applies: isCode },
];

const isText = (file: string) =>
  /\.(ts|tsx|mjs|js|json|sol|sql|md|css|html|graphql|ya?ml|toml)$|(^|\/)(run|\.npmrc)$/.test(file);

/** Words that must not be committed: machine paths, registries, focused tests, unfinished or silenced code. */
export const phraseRule: Rule = {
  name: "banned phrases",
  run: (root) =>
    files(root)
      .filter((file) => isText(file) && !isGenerated(file) && !file.startsWith("scripts/check/"))
      .flatMap((file): Breach[] => {
        const text = read(root, file);
        return phrases
          .filter(({ applies }) => applies?.(file) ?? true)
          .flatMap(({ pattern, message }) =>
            [...text.matchAll(pattern)].map((match) => ({
              file,
              line: lineOf(text, match.index),
              message: `${message}: ${match[0]}`,
            })),
          );
      }),
};
