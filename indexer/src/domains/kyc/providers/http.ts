import type { z } from "zod";
import { ProviderUnavailable } from "./provider.ts";

const PATIENCE_MS = 10_000;

interface Request {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/**
 * Asks a provider and reads its answer as `schema` has it; fields that we do not know are no error.
 * @returns undefined for the one status that the caller expects as a refusal
 * @throws {ProviderUnavailable} naming no more than the status: an answer may hold personal data
 */
export async function askProvider<T>(
  provider: string,
  { method, url, headers, body }: Request,
  schema: z.ZodType<T>,
  expected?: number,
): Promise<T | undefined> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
    body: body ?? null,
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => {
    throw new ProviderUnavailable(provider, "it does not answer");
  });
  if (response.status === expected) return undefined;
  if (!response.ok) throw new ProviderUnavailable(provider, `it answers with status ${response.status}`);
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw new ProviderUnavailable(provider, "its answer is not as documented");
  return parsed.data;
}
