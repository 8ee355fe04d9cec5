import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type PrivateKeyAccount, toHex } from "viem";
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, inject, onTestFailed } from "vitest";
import { LOCAL_MNEMONIC } from "../../../scripts/local/chain.ts";
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

/** Account number `index` of the local chain, such as one that holds a role; see `scripts/local/past/wallets.ts`. */
export const localAccount = (index: number): PrivateKeyAccount => {
  const { privateKey } = mnemonicToAccount(LOCAL_MNEMONIC, { addressIndex: index }).getHdKey();
  return privateKeyToAccount(toHex(privateKey ?? new Uint8Array()));
};

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
  const database = new pg.Client({ connectionString: product.databaseUrl });
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await launch();
    await database.connect();
  });
  afterAll(async () => {
    await chromium.close();
    await database.end();
  });

  /** @param account Whose wallet it is; a stranger's if it is not said. */
  async function visit(options: VisitOptions = {}, account?: PrivateKeyAccount): Promise<Visitor> {
    const { language = "en", theme = "light" } = options;
    // All of them sit at one machine; to the limit on tries to sign in each comes from an address of its own.
    await database.query("truncate app.rate_limits");
    const context = await chromium.newContext({
      locale: language === "ko" ? "ko-KR" : "en-US",
      colorScheme: theme,
      viewport: { width: 1280, height: 900 },
    });
    // The dApp is Korean for whoever has not chosen; the choice stands before the first page opens.
    await context.addInitScript((locale) => localStorage.setItem("tburn.locale", locale), language);
    const page = await context.newPage();
    const wallet = new Wallet(account ?? privateKeyToAccount(generatePrivateKey()), product.rpcUrl);
    await wallet.enter(page);
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    onTestFailed(async ({ task }) => {
      const path = join(tmpdir(), `journey-${task.id}.png`);
      await page.screenshot({ path, fullPage: true }).catch(() => undefined);
      const asked = wallet.asked.filter((method) => !/^eth_(call|get|block)/.test(method)).slice(-12);
      console.log(`${task.name}\n  ${page.url()}\n  seen: ${path}\n  asked of the wallet: ${asked.join(" ")}`);
      console.log(`  ${complaints.slice(-5).join("\n  ")}`);
    });
    return { context, page, wallet };
  }

  /** Gives a wallet 10,000 TBURN and gas. */
  const fund = (address: string) => post(`${product.demoUrl}/faucet`, { address });

  return { product, chain, visit, fund };
}
