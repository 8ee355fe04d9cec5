import type { Deployer } from "../deployer.ts";

/** Where roots of the audit trail are anchored. */
export async function auditAnchor(d: Deployer): Promise<void> {
  await d.contract("AuditAnchor", [d.address("AccessManager")]);
}
