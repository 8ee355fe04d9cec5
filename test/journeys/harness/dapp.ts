import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Visitor } from "./visitor.ts";

const PATIENCE_MS = 45_000;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe objects to on the page as it stands, in short. */
export async function objections(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (root: Document) => Promise<AxeResults> } };
    return axe.run(document);
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

/** The dApp as the person in front of it meets it. */
export class Dapp {
  readonly page: Page;
  private readonly url: string;

  constructor({ page }: Visitor, url: string) {
    this.page = page;
    this.url = url;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await this.page.getByRole("heading", { level: 1 }).waitFor();
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId).first();
  }

  async connect(): Promise<void> {
    await this.at("wallet-open").click();
    await this.at("wallet-option-example.journey").click();
    await this.at("wallet-account").waitFor();
  }

  /** Does what the button offers while `condition` stands in the way, until it no longer does. */
  async remedy(condition: string): Promise<void> {
    const gate = this.at(`gate-${condition}`);
    await gate.getByTestId("primary-action").click();
    await gate.waitFor({ state: "detached" });
  }

  async write(amount: string): Promise<void> {
    await this.at("amount-input").fill(amount);
  }

  /** From a stranger's wallet with tokens to a member with Basic KYC, on the page that asks for it. */
  async join(): Promise<void> {
    await this.remedy("not-member");
    await this.remedy("kyc");
  }

  /** Waits until an action stands at one of `states`; looks into the tray for it. */
  async reaches(action: string, ...states: string[]): Promise<void> {
    await this.at("tray-open").click();
    const wanted = states.map((state) => `[data-testid=tray-item][data-action=${action}][data-state=${state}]`);
    await this.page.locator(wanted.join(", ")).first().waitFor();
    await this.page.keyboard.press("Escape");
    await this.page.locator("dialog[open]").waitFor({ state: "detached" });
  }

  /** Waits until `locator` shows `text`. */
  async shows(locator: Locator, text: string | RegExp): Promise<void> {
    const read = async () => ((await locator.textContent()) ?? "").replace(/\s+/g, " ");
    const match = typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text);
    await expect.poll(read, { timeout: PATIENCE_MS }).toEqual(match);
  }
}
