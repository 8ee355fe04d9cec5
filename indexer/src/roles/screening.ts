import { deployment as readDeployment } from "@tburn/deployments/read";
import type { Pool } from "pg";
import { loadSanctions } from "../domains/screening/domain.ts";
import type { Env } from "../env.ts";
import { nodeOf } from "../platform/crypto/wallet/node.ts";
import { FatalError } from "../platform/errors.ts";
import { openLog } from "../platform/telemetry/log.ts";
import { openKit } from "./people.ts";

/** Loads a sanctions list from the command line, with the services that a worker has. */
export async function loadList(env: Env, pool: Pool, args: string[]) {
  const deployment = readDeployment(env.chainId, env.deploymentFile);
  const opened = await openKit(env, deployment, pool, nodeOf(env.rpcUrls, env.chainId), openLog("silent"));
  if (!opened) throw new FatalError("SIGN_IN_OFF", "services for people are off");
  try {
    return await loadSanctions(opened.kit, args);
  } finally {
    await opened.close();
  }
}
