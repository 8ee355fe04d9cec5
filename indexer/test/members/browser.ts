import type { Hex, PrivateKeyAccount } from "viem";
import { createSiweMessage, type SiweMessage } from "viem/siwe";

import { ServedDocument } from "./document.ts";

/** The origin by which test browsers know the API. */
export const ORIGIN = "http://members.test";

interface Pair {
  memberId: string;
  accessToken: string;
}

const documents = new Map<string, Promise<ServedDocument>>();

/** One browser: keeps its cookies, as a page of `ORIGIN` would. */
export class TestBrowser {
  readonly #api: { url: string };
  readonly #chainId: number;
  readonly cookies: Map<string, string>;

  /** @param api Where it listens. */
  constructor(api: { url: string }, chainId: number, cookies = new Map<string, string>()) {
    this.#api = api;
    this.#chainId = chainId;
    this.cookies = cookies;
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(`${this.#api.url}${path}`, {
      method,
      headers: { cookie, ...json, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    await this.#compare(method, path, response);
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Every answer to every test is one that the API's own document tells. */
  async #compare(method: string, path: string, response: Response): Promise<void> {
    const { url } = this.#api;
    if (!documents.has(url)) documents.set(url, ServedDocument.of(url));
    const document = await documents.get(url);
    const type = response.headers.get("content-type") ?? "";
    document?.compare(method, path, response.status, type, await response.clone().text());
  }

  /** A message as the dApp writes it, with `changed` fields. */
  async message(address: Hex, changed: Partial<SiweMessage> = {}): Promise<string> {
    const response = await this.send("POST", "/api/v1/auth/siwe/nonce");
    const { nonce, statements } = (await response.json()) as { nonce: string; statements: string[] };
    const issuedAt = changed.issuedAt ?? new Date();
    return createSiweMessage({
      domain: new URL(ORIGIN).host,
      uri: ORIGIN,
      version: "1",
      chainId: this.#chainId,
      address,
      nonce,
      statement: statements[0],
      issuedAt,
      expirationTime: new Date(issuedAt.getTime() + 300_000),
      ...changed,
    });
  }

  verify(message: string, signature: Hex): Promise<Response> {
    return this.send("POST", "/api/v1/auth/siwe/verify", { message, signature });
  }

  /** Signs in and returns what the page gets. @param issuedAt By the server's clock, where a test moves it. */
  async signIn(account: PrivateKeyAccount, issuedAt = new Date()): Promise<Pair> {
    const message = await this.message(account.address, { issuedAt });
    const response = await this.verify(message, await account.signMessage({ message }));
    if (response.status !== 200) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
    return (await response.json()) as Pair;
  }

  refresh(): Promise<Response> {
    return this.send("POST", "/api/v1/auth/token/refresh");
  }

  /** Asks with a token. */
  as(token: string, method: string, path: string): Promise<Response> {
    return this.send(method, path, undefined, { authorization: `Bearer ${token}` });
  }

  /** Another browser with this one's cookies: somebody copied them. */
  stolen(names: string[]): TestBrowser {
    return new TestBrowser(
      this.#api,
      this.#chainId,
      new Map([...this.cookies].filter(([name]) => names.includes(name))),
    );
  }
}

/** Status and stable code of a refusal. */
export async function refusal(response: Response): Promise<[number, string]> {
  const { code } = (await response.json()) as { code: string };
  return [response.status, code];
}
