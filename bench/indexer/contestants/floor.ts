import { join } from "node:path";
import pg from "pg";
import type { Contestant, Ground } from "./contestant.ts";

const program = join(import.meta.dirname, "../floor/main.ts");

/** Makes an empty database. @returns its address */
export async function emptyDatabase({ serverUrl, databaseName }: Ground): Promise<string> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${databaseName}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = `/${databaseName}`;
  return url.href;
}

/** What a program can do at best that does nothing but fetch, decode and write. */
export const floor: Contestant = {
  name: "floor",
  says: "by hand: fetch, decode, COPY; raw logs; no proof, no undo, no restart",
  prepare: async (ground) => {
    const { rpcUrl, record, head } = ground.chain;
    const addresses = ["TBurnToken", "MemberRegistry", "ValidatorRegistry", "StakingCore", "RewardVault"] as const;
    return {
      file: process.execPath,
      args: [
        program,
        JSON.stringify({
          rpcUrl,
          databaseUrl: await emptyDatabase(ground),
          first: record.startBlock,
          head,
          addresses: addresses.map((name) => record.contracts[name].address.toLowerCase()),
        }),
      ],
      cwd: ground.folder,
      env: {},
    };
  },
  table: (name) => name,
};
