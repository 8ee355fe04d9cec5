import type { Browser, BrowserContext, Page } from "playwright-core";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, inject } from "vitest";
import { Chain } from "./chain.ts";
import { launch } from "./chromium.ts";
import { Wallet } from "./wallet.ts";

/** A person in front of a browser: a page, and a wallet of their own that nothing of ours has written to. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  wallet: Wallet;
}

export interface VisitOptions {
  language?: "ko" | "en";
  theme?: "light" | "dark";
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
}

/**
 * One browser for a file of journeys.
 * @returns what opens pages on the product under test.
 */
export function browser() {
  const product = inject("product");
  const chain = new Chain(product.rpcUrl);
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await launch();
  });
  afterAll(() => chromium.close());

  async function visit(options: VisitOptions = {}): Promise<Visitor> {
    const { language = "en", theme = "light" } = options;
    const context = await chromium.newContext({
      locale: language === "ko" ? "ko-KR" : "en-US",
      colorScheme: theme,
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    const wallet = new Wallet(privateKeyToAccount(generatePrivateKey()), product.rpcUrl);
    await wallet.enter(page);
    return { context, page, wallet };
  }

  /** Gives a wallet 10,000 TBURN and gas. */
  const fund = (address: string) => post(`${product.demoUrl}/faucet`, { address });

  return { product, chain, visit, fund };
}
