import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "../../../src/platform/http/body.ts";

interface Asked {
  plaintext?: string;
  ciphertext?: string;
  associated_data?: string;
  input?: string;
  key_version?: number;
}

type Keys = Record<string, Buffer[]>;

function encrypt(keys: Keys, name: string, plain: Buffer, data: string): string {
  const version = keys[name]?.length ?? 0;
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keys[name]?.[version - 1] ?? "", iv, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(data, "base64"));
  const body = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `vault:v${version}:${body.toString("base64")}`;
}

function decrypt(keys: Keys, name: string, ciphertext: string, data: string): Buffer {
  const [, version = "", text = ""] = ciphertext.split(":");
  const bytes = Buffer.from(text, "base64");
  const key = keys[name]?.[Number(version.slice(1)) - 1] ?? "";
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(data, "base64"));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}

function answer(keys: Keys, verb: string, name: string, asked: Asked): object {
  const data = asked.associated_data ?? "";
  if (verb === "keys") return { latest_version: keys[name]?.length };
  if (verb === "encrypt")
    return { ciphertext: encrypt(keys, name, Buffer.from(asked.plaintext ?? "", "base64"), data) };
  if (verb === "decrypt") return { plaintext: decrypt(keys, name, asked.ciphertext ?? "", data).toString("base64") };
  if (verb === "rewrap")
    return { ciphertext: encrypt(keys, name, decrypt(keys, name, asked.ciphertext ?? "", data), data) };
  const version = asked.key_version ?? 1;
  const mac = createHmac("sha256", keys[name]?.[version - 1] ?? "").update(Buffer.from(asked.input ?? "", "base64"));
  return { hmac: `vault:v${version}:${mac.digest("base64")}` };
}

/** Speaks the transit engine's protocol as its documentation describes it. It is not Vault: its keys live in this process. */
export async function startTransit__Fake(token: string) {
  const keys: Keys = { members: [randomBytes(32)], index: [randomBytes(32)] };
  let isDown = false;

  async function reply(request: IncomingMessage): Promise<[number, object]> {
    if (isDown) return [503, { errors: ["sealed"] }];
    if (request.headers["x-vault-token"] !== token) return [403, { errors: ["permission denied"] }];
    const [, , , verb = "", name = ""] = (request.url ?? "").split("/");
    const body = request.method === "POST" ? await readBody(request, 65_536) : "{}";
    try {
      return [200, { data: answer(keys, verb, name, JSON.parse(body ?? "{}") as Asked) }];
    } catch {
      return [400, { errors: ["cipher: message authentication failed"] }];
    }
  }

  const server = createServer((request, response) => {
    void reply(request).then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rotate: (name: "members" | "index") => void keys[name]?.push(randomBytes(32)),
    setDown: (down: boolean) => {
      isDown = down;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
