import { createHash, createHmac } from "node:crypto";

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of temporary credentials alone. */
  sessionToken?: string | undefined;
}

interface Request {
  method: "GET" | "POST";
  /** Without a query. */
  url: URL;
  /** To be signed beside `host` and `x-amz-date`; names in lower case. */
  headers: Record<string, string>;
  body: string;
}

interface Scope {
  region: string;
  service: string;
  now: Date;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const mac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * Headers that sign a request as AWS Signature Version 4 has it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signed(request: Request, credentials: AwsCredentials, { region, service, now }: Scope) {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const headers: Record<string, string> = {
    ...request.headers,
    ...{ host: request.url.host, "x-amz-date": time },
    ...(sessionToken ? { "x-amz-security-token": sessionToken } : {}),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, " ")}\n`).join("");
  const list = names.join(";");
  const canonical = [request.method, request.url.pathname, "", lines, list, sha256(request.body)].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [region, service, "aws4_request"].reduce(mac, mac(`AWS4${secretAccessKey}`, day));
  const { host: _, ...sent } = headers;
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${mac(key, text).toString("hex")}`;
  return { ...sent, authorization };
}
