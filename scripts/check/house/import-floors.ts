import { type Import, type Module, modules } from "../modules.ts";
import type { Breach, Rule } from "../rule.ts";
import { isTest } from "../sources.ts";

/** Floor of each domain: a domain imports only from lower floors. */
const floors: Record<string, number> = {
  reports: 5,
  // The feed names whom an event concerns, so it stands above everybody; the raw log is the platform's.
  events: 5,
  // How a member stands with all of these.
  affairs: 4,
  // What all of these were in each stretch of time.
  series: 5,
  // Copies what all of these hold of a member.
  portability: 5,
  rewards: 4,
  finance: 4,
  tiers: 4,
  liquid: 4,
  registration: 4,
  // Prepares what members sign, by what all of these know.
  intents: 4,
  // Asks screening before it lets somebody in.
  kyc: 3,
  staking: 3,
  slashing: 3,
  performance: 3,
  suspensions: 3,
  notifications: 3,
  validators: 2,
  governance: 2,
  security: 2,
  metadata: 2,
  screening: 2,
  privacy: 2,
  // Registrations begin with a code, and tell who was let in.
  referrals: 2,
  // Mails news to those who agree; whoever processes asks it.
  consents: 2,
  retention: 1,
  approvals: 1,
  audit: 1,
  identity: 1,
  // The door of security lets them in.
  "api-keys": 1,
  token: 1,
  // Totals read nobody: higher domains add to them through its service.
  network: 1,
  // Reads what was told of members, and nobody.
  webhooks: 1,
  // Keys and what they seal; everybody with personal data stands on it.
  vault: 0,
  blocks: 1,
  // Whole tables as they are; reads nobody.
  exports: 1,
};

const domainOf = (file: string) => /^indexer\/src\/domains\/([^/]+)\//.exec(file)?.[1];
const featureOf = (file: string) => /^web\/src\/features\/([^/]+)\//.exec(file)?.[1];
const isPlatform = (file: string) => file.startsWith("indexer/src/platform/");
const isShared = (file: string) => file.startsWith("web/src/shared/");
const wingOf = (file: string) => file.split("/")[0] ?? "";

function fromDomain(domain: string, target: string): string | undefined {
  const other = domainOf(target);
  if (other === domain || isPlatform(target) || wingOf(target) === "deployments") return undefined;
  if (other === undefined) return `a domain imports the platform and lower domains, not ${target}`;
  const [own, theirs] = [floors[domain] ?? 0, floors[other] ?? 0];
  if (theirs >= own) return `${domain} (floor ${own}) must not import ${other} (floor ${theirs}): imports go down`;
  if (!/\/service(\.ts|\/[^/]+\.ts)$/.test(target)) return `${other} is entered by its service.ts, not by ${target}`;
  return undefined;
}

function fromWeb(file: string, target: string): string | undefined {
  const [feature, other] = [featureOf(file), featureOf(target)];
  if (feature !== undefined && other !== undefined && feature !== other)
    return `feature ${feature} must not import feature ${other}`;
  if (isShared(file) && other !== undefined) return `web/shared names no feature, here ${other}`;
  if (
    feature !== undefined &&
    other === undefined &&
    !isShared(target) &&
    wingOf(target) === "web" &&
    !/\/(env|wagmi)\.ts$/.test(target)
  )
    return `a feature imports web/shared, not ${target}`;
  if (wingOf(target) !== "web" && wingOf(target) !== "deployments") return `the dApp must not import ${target}`;
  return undefined;
}

function objection(file: string, { target }: Import): string | undefined {
  if (target === undefined) return undefined;
  const wing = wingOf(file);
  if (wing === "deployments")
    return wingOf(target) === "deployments" ? undefined : `deployments imports nothing, here ${target}`;
  if (wing === "web") return fromWeb(file, target);
  if (wing !== "indexer") return undefined;
  // Its drills and the harness of its tests start real chains and databases, through the scripts that do so.
  const isOutside = /^indexer\/(scripts|test)\//.test(file);
  if (!["indexer", "deployments", ...(isOutside ? ["scripts"] : [])].includes(wingOf(target)))
    return `the indexer must not import ${target}`;
  const domain = domainOf(file);
  if (domain !== undefined) return fromDomain(domain, target);
  if (isPlatform(file) && domainOf(target) !== undefined) return `the platform knows no domain, here ${target}`;
  if (isPlatform(file) && /^indexer\/src\/[^/]+\.ts$/.test(target)) return `the platform must not import ${target}`;
  const entrance = file === "indexer/src/mirror.ts" ? "projections.ts" : "domain.ts";
  if (domainOf(target) !== undefined && !target.endsWith(`/${entrance}`))
    return `a domain is entered by its ${entrance}, not by ${target}`;
  return undefined;
}

function check(module: Module): Breach[] {
  return module.imports.flatMap((one) => {
    const message = objection(module.file, one);
    return message === undefined ? [] : [{ file: module.file, line: one.line, message }];
  });
}

const unplaced = (all: Module[]): Breach[] =>
  [...new Set(all.map(({ file }) => domainOf(file)))]
    .filter((domain): domain is string => domain !== undefined && floors[domain] === undefined)
    .map((domain) => ({
      file: `indexer/src/domains/${domain}`,
      message: "has no floor in scripts/check/house/import-floors.ts",
    }));

/** Imports only go down: platform < domains by floor < app; features never meet; wings meet in deployments. */
export const importFloors: Rule = {
  name: "imports go down",
  run: (root) => {
    const all = modules(root);
    return [...unplaced(all), ...all.filter(({ file }) => !isTest(file)).flatMap(check)];
  },
};
