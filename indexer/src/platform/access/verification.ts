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
