import { readFileSync } from "node:fs";
import { deployment as readDeployment } from "@tburn/deployments/read";
import { verifyAudit } from "../../domains/audit/domain.ts";
import { loadSanctions, sanctionsStatus } from "../../domains/screening/domain.ts";
import { appoint as appointFirst } from "../../domains/security/domain.ts";
import type { Env } from "../../env.ts";
import { trailOf } from "../../platform/access/audit/trail.ts";
import { acrossMembers } from "../../platform/access/scope.ts";
import { hunt } from "../../platform/crypto/plaintext/repository.ts";
import { openPool } from "../../platform/db/pool.ts";
import { FatalError } from "../../platform/errors.ts";
import { systemClock } from "../../platform/time/clock.ts";
import { PEOPLE_OFF, withKit } from "../people.ts";
import { actorsSchema, CAST, seedActors } from "../testing/actors.ts";
import { optionsOf } from "./command.ts";
import { withPool } from "./database.ts";

async function appoint(env: Env, [address = ""]: string[]): Promise<void> {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address))
    throw new FatalError("ADDRESS_INVALID", "name a wallet: 0x and 40 hex digits");
  const { people } = env;
  if (!people) throw new FatalError("SIGN_IN_OFF", PEOPLE_OFF);
  await withPool(env, async (pool) => {
    const memberId = await appointFirst(pool, trailOf(people.tokenSeed), address, systemClock());
    console.log(JSON.stringify({ memberId, role: "administrator" }));
  });
}

/** Where anchors are read, if they are asked for. @throws {FatalError} COMMAND_INVALID */
function chainToAsk(env: Env, args: string[]) {
  const options = { "from-chain": { type: "boolean" }, rpc: { type: "string" } } as const;
  const { "from-chain": fromChain, rpc } = optionsOf(args, options);
  if (!fromChain) {
    if (rpc !== undefined) throw new FatalError("COMMAND_INVALID", "--rpc names the node that --from-chain asks");
    return undefined;
  }
  if (rpc !== undefined && !URL.canParse(rpc)) throw new FatalError("COMMAND_INVALID", "--rpc must be an address");
  const urls = rpc === undefined ? env.rpcUrls : [rpc];
  return { urls, deployment: readDeployment(env.chainId, env.deploymentFile) };
}

async function verifyWholeTrail(env: Env, [what, ...args]: string[]): Promise<void> {
  if (what !== "verify") throw new FatalError("COMMAND_UNKNOWN", "say `audit verify`");
  const { people } = env;
  if (!people) throw new FatalError("SIGN_IN_OFF", PEOPLE_OFF);
  const chain = chainToAsk(env, args);
  const finding = await withPool(env, (pool) => verifyAudit(pool, people.tokenSeed, chain));
  console.log(JSON.stringify(finding, null, 2));
  if (!finding.ok) throw new FatalError("AUDIT_BROKEN", "the audit trail does not hold; see above what is wrong where");
}

async function seed(env: Env, [file]: string[]): Promise<void> {
  if (!env.test) throw new FatalError("TEST_ONLY", "actors are for APP_ENV=test alone");
  const wanted = file ? actorsSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : CAST;
  const made = await withPool(env, (pool) => withKit(env, pool, (kit) => seedActors(kit, wanted)));
  console.log(JSON.stringify(made, null, 2));
}

async function screen(env: Env, [what, ...args]: string[]): Promise<void> {
  if (what === "status") return console.log(JSON.stringify(await withPool(env, sanctionsStatus), null, 2));
  if (what !== "load") throw new FatalError("COMMAND_UNKNOWN", "say `screening load` or `screening status`");
  const loaded = await withPool(env, (pool) => withKit(env, pool, (kit) => loadSanctions(kit, args)));
  console.log(JSON.stringify(loaded, null, 2));
  if (loaded.outcome === "held") {
    throw new FatalError(
      "LIST_SHRUNK",
      "too many entries are gone; the list in force stays until two officers accept this",
    );
  }
}

async function huntPlaintext(env: Env): Promise<void> {
  if (!env.people) throw new FatalError("SIGN_IN_OFF", PEOPLE_OFF);
  // From the input, not from arguments: those stand in the shell's history and in the list of processes.
  const texts = readFileSync(0, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  if (texts.length === 0) throw new FatalError("NOTHING_TO_HUNT", "give texts on the input, one a line");
  const keyvault = openPool(env.people.keyvaultUrl, { max: 1 });
  try {
    const main = await withPool(env, (pool) => hunt(pool, texts));
    const keys = await acrossMembers(() => hunt(keyvault, texts));
    console.log(JSON.stringify({ texts: texts.length, main, keys }, null, 2));
    if (main.found.length + keys.found.length > 0)
      throw new FatalError("PLAINTEXT_FOUND", "a text stands in plain text");
  } finally {
    await keyvault.end();
  }
}

/** What an operator can ask for that concerns people, or the staff. */
export const aboutPeople = { appoint, actors: seed, hunt: huntPlaintext, audit: verifyWholeTrail, screening: screen };
