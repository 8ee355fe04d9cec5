/** A commercial provider of identity verification, as its documentation has it. */
export interface CommercialProvider {
  name: "sumsub" | "persona";
  /** Where its API is. */
  url: string;
  token: string;
  /** Signs requests; Sumsub alone. */
  secret: string;
  webhookSecret: string;
  /** Its names of what is asked for, for levels 1 to 3. */
  flows: string[];
}

interface SandboxSettings {
  name: "sandbox";
  /** Where it sends its webhooks: this service itself. */
  url: string;
}

/** How members' identity is verified here. */
export interface Verification {
  /** Absent where nobody is verified. */
  provider: CommercialProvider | SandboxSettings | undefined;
  /** Signs attestations; without it they wait. */
  attesterKey: `0x${string}` | undefined;
  /** Folder of sealed documents, shared by all processes. */
  documentsDir: string | undefined;
}

const providerUrls = { sumsub: "https://api.sumsub.com", persona: "https://api.withpersona.com" };

/** What the environment says of verification. */
interface VerificationVariables {
  HOST: string;
  PORT: number;
  KYC_PROVIDER?: "sandbox" | keyof typeof providerUrls | undefined;
  KYC_PROVIDER_URL?: string | undefined;
  KYC_PROVIDER_TOKEN?: string | undefined;
  KYC_PROVIDER_SECRET?: string | undefined;
  KYC_WEBHOOK_SECRET?: string | undefined;
  KYC_FLOWS: string[];
  KYC_ATTESTER_KEY?: Verification["attesterKey"];
  DOCUMENTS_DIR?: string | undefined;
}

/** Who verifies, by the environment. */
export function verificationOf(e: VerificationVariables): Verification {
  const name = e.KYC_PROVIDER;
  const base = { attesterKey: e.KYC_ATTESTER_KEY, documentsDir: e.DOCUMENTS_DIR };
  if (name === undefined) return { ...base, provider: undefined };
  if (name === "sandbox") return { ...base, provider: { name, url: `http://${e.HOST}:${e.PORT}` } };
  const provider = {
    ...{ name, url: e.KYC_PROVIDER_URL ?? providerUrls[name], token: e.KYC_PROVIDER_TOKEN ?? "" },
    ...{ secret: e.KYC_PROVIDER_SECRET ?? "", webhookSecret: e.KYC_WEBHOOK_SECRET ?? "", flows: e.KYC_FLOWS },
  };
  return { ...base, provider };
}
