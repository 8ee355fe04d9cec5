import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const source = join(import.meta.dirname, "../../src");

/** Files that call addresses by `fetch`, each with whose they are: no member's is among them. */
const fetching: Record<string, string> = {
  "domains/kyc/jobs.ts": "our own, of the sandbox's webhooks",
  "domains/kyc/providers/http.ts": "a provider's, from the environment or the code",
  "platform/chain/rpc.ts": "nodes of the chain, from the environment or the command line",
  "platform/crypto/keys/aws-kms.ts": "a key service's, from the environment",
  "platform/crypto/keys/vault-transit.ts": "a key service's, from the environment",
};

const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);
const having = (form: RegExp) => files.filter((file) => form.test(readFileSync(join(source, file), "utf8"))).sort();

describe("the ways out of this service", () => {
  it("are sockets that the guard alone opens", () => {
    const opening =
      /import \{[^}]*\b(connect|request|createConnection|get|lookup|resolve\w*|Socket as)\b[^}]*\} from "node:(net|tls|https?|http2|dgram|dns(\/promises)?)"/;
    expect(having(opening)).toEqual(["platform/http/egress/guard.ts"]);
  });

  it("are otherwise addresses that whoever runs it has named", () => {
    expect(having(/[^.#\w]fetch\((?!ref)/)).toEqual(Object.keys(fetching).sort());
  });
});
