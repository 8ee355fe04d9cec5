import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { PersonaProvider } from "./persona.ts";
import type { KycProvider } from "./provider.ts";
import { SandboxProvider } from "./sandbox.ts";
import { SumsubProvider } from "./sumsub.ts";

/** Who verifies here. @throws {Problem} 503 KYC_OFF where nobody does */
export function providerOf(kit: Pick<Kit, "verification" | "pool" | "jobs" | "clock" | "tokenSeed">): KycProvider {
  const { provider } = kit.verification;
  if (!provider) throw new Problem(503, "KYC_OFF", "nobody verifies identity here: KYC_PROVIDER is not set");
  if (provider.name === "sumsub") return new SumsubProvider(provider, kit.clock);
  return provider.name === "persona" ? new PersonaProvider(provider) : new SandboxProvider(kit);
}
