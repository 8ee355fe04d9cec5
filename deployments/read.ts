import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Deployment, DeploymentInvalid, parseDeployment } from "./index.ts";

/** Path of a chain's record in this folder. */
export const deploymentPath = (chainId: number) => join(import.meta.dirname, `${chainId}.json`);

/**
 * Reads the record of `chainId`, or of another file.
 * @throws {DeploymentInvalid} if there is none, if it is malformed, or if it belongs to another chain.
 */
export function deployment(chainId: number, path = deploymentPath(chainId)): Deployment {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new DeploymentInvalid(`no deployment record for chain ${chainId} (deployments/${chainId}.json)`);
  }
  const record = parseDeployment(JSON.parse(text));
  if (record.chainId !== chainId) {
    throw new DeploymentInvalid(`the record is of chain ${record.chainId}, not of chain ${chainId}`);
  }
  return record;
}
