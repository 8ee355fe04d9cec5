import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "../../../src/platform/http/body.ts";

type Asked = Record<string, unknown> & { KeyId?: string };
type Context = Record<string, string>;

class Refusal extends Error {}

/** Keys by their ids; those that are called `wrap-…` and `index-…` exist. */
class Keys {
  readonly #held = new Map<string, Buffer>();

  of(id: unknown): Buffer {
    if (!/^(wrap|index)-\d+$/.test(String(id))) throw new Refusal("NotFoundException");
    const key = this.#held.get(String(id)) ?? randomBytes(32);
    this.#held.set(String(id), key);
    return key;
  }
}

const aad = (context: Context) => Buffer.from(JSON.stringify(Object.entries(context).sort()));

function encrypt(keys: Keys, id: unknown, plain: Buffer, context: Context): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keys.of(id), iv, { authTagLength: 16 });
  cipher.setAAD(aad(context));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

function decrypt(keys: Keys, id: unknown, text: string, context: Context): Buffer {
  const bytes = Buffer.from(text, "base64");
  const decipher = createDecipheriv("aes-256-gcm", keys.of(id), bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(aad(context));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch {
    throw new Refusal("InvalidCiphertextException");
  }
}

const actions: Record<string, (keys: Keys, a: Asked) => object> = {
  Encrypt: (keys, a) => ({
    CiphertextBlob: encrypt(keys, a.KeyId, Buffer.from(String(a.Plaintext), "base64"), a.EncryptionContext as Context),
  }),
  Decrypt: (keys, a) => ({
    Plaintext: decrypt(keys, a.KeyId, String(a.CiphertextBlob), a.EncryptionContext as Context).toString("base64"),
  }),
  ReEncrypt: (keys, a) => {
    const plain = decrypt(keys, a.SourceKeyId, String(a.CiphertextBlob), a.SourceEncryptionContext as Context);
    return { CiphertextBlob: encrypt(keys, a.DestinationKeyId, plain, a.DestinationEncryptionContext as Context) };
  },
  GenerateMac: (keys, a) => ({
    Mac: createHmac("sha256", keys.of(a.KeyId))
      .update(Buffer.from(String(a.Message), "base64"))
      .digest("base64"),
  }),
};

/** Recomputes a request's signature from what came, as the documentation of Signature Version 4 says it. */
function isSigned(request: IncomingMessage, body: string, secret: string, region: string): boolean {
  const said =
    /Credential=\S+?\/(\d{8})\/([\w-]+)\/kms\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w{64})$/.exec(
      request.headers.authorization ?? "",
    );
  if (!said || said[2] !== region) return false;
  const [, day = "", , list = "", signature] = said;
  if (!["content-type", "host", "x-amz-date", "x-amz-target"].every((name) => list.split(";").includes(name)))
    return false;
  const token = request.headers["x-amz-security-token"];
  if (token !== undefined && !list.split(";").includes("x-amz-security-token")) return false;
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const lines = list.split(";").map((name) => `${name}:${String(request.headers[name])}`);
  const canonical = ["POST", "/", "", ...lines, "", list, hash(body)].join("\n");
  const date = String(request.headers["x-amz-date"]);
  const text = `AWS4-HMAC-SHA256\n${date}\n${day}/${region}/kms/aws4_request\n${hash(canonical)}`;
  let key: Buffer | string = `AWS4${secret}`;
  for (const part of [day, region, "kms", "aws4_request"]) key = createHmac("sha256", key).update(part).digest();
  return date.startsWith(day) && createHmac("sha256", key).update(text).digest("hex") === signature;
}

/** Speaks the protocol of KMS as its documentation describes it. It is not AWS: its keys live in this process. */
export async function startKms__Fake({ secretAccessKey }: { secretAccessKey: string }, region: string) {
  const keys = new Keys();
  let trouble: "down" | "throttling" | undefined;

  async function reply(request: IncomingMessage): Promise<[number, object]> {
    if (trouble === "down") return [503, {}];
    if (trouble === "throttling") return [400, { __type: "ThrottlingException" }];
    const body = (await readBody(request, 65_536)) ?? "";
    if (!isSigned(request, body, secretAccessKey, region)) return [400, { __type: "InvalidSignatureException" }];
    const action = actions[String(request.headers["x-amz-target"]).replace("TrentService.", "")];
    try {
      return action ? [200, action(keys, JSON.parse(body) as Asked)] : [400, { __type: "UnknownOperationException" }];
    } catch (error) {
      return [400, { __type: `com.amazonaws.kms#${(error as Error).message}` }];
    }
  }

  const server = createServer((request, response) => {
    void reply(request).then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setTrouble: (now: typeof trouble) => {
      trouble = now;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
