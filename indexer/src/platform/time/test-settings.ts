/** Settings that belong to tests, as the environment gives them. */
export interface TestSettings {
  APP_ENV: "production" | "development" | "test";
  NODE_ENV?: string | undefined;
  CONTROL_TOKEN?: string | undefined;
  WALLET_RPC_URL?: string | undefined;
  EGRESS_TEST_ORIGINS?: string[] | undefined;
  KYC_PROVIDER?: string | undefined;
  PHONE_CODES: string;
}

/** What must not be together: a service for people neither obeys tests nor believes a sandbox. */
export function testProblems(e: TestSettings): [name: string, message: string][] {
  const problems: [string, string][] = [];
  if (e.APP_ENV === "test") {
    if (e.NODE_ENV === "production") problems.push(["APP_ENV", "must not be test where NODE_ENV is production"]);
    if (!e.CONTROL_TOKEN) problems.push(["CONTROL_TOKEN", "is missing: APP_ENV=test needs it"]);
    return problems;
  }
  for (const name of ["CONTROL_TOKEN", "WALLET_RPC_URL", "EGRESS_TEST_ORIGINS"] as const) {
    if (e[name]) problems.push([name, "is for APP_ENV=test alone"]);
  }
  if (e.APP_ENV === "development") return problems;
  const because = "simulates; say APP_ENV=development where nobody's data are real";
  if (e.KYC_PROVIDER === "sandbox") problems.push(["KYC_PROVIDER", `sandbox ${because}`]);
  if (e.PHONE_CODES === "sandbox") problems.push(["PHONE_CODES", `sandbox ${because}`]);
  return problems;
}
