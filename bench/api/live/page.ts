import type { Browser, Page } from "playwright-core";
import { launch } from "../../../test/journeys/harness/chromium.ts";

interface Watching {
  wanted: string;
  seenAt: number | undefined;
}

declare global {
  var benchWatch: Watching;
}

/** The dApp in a browser, on the page that lists what happened to a member. */
export class DappPage {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  /** @param address The member's wallet. */
  static async open(url: string, address: string): Promise<DappPage> {
    const browser = await launch();
    const page = await browser.newPage();
    await page.goto(`${url}/activity?of=${address}`);
    await page.waitForSelector('main a[href^="/blocks/"]', { timeout: 60_000 });
    await page.evaluate(() => {
      globalThis.benchWatch = { wanted: "", seenAt: undefined };
      const look = () => {
        const { wanted, seenAt } = globalThis.benchWatch;
        if (wanted === "" || seenAt !== undefined || !document.querySelector(wanted)) return;
        globalThis.benchWatch.seenAt = performance.timeOrigin + performance.now();
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    return new DappPage(browser, page);
  }

  /** Waits for a row of this block from now on. */
  async expect(number: number): Promise<void> {
    await this.#page.evaluate((block) => {
      globalThis.benchWatch = { wanted: `main a[href="/blocks/${block}"]`, seenAt: undefined };
    }, number);
  }

  /** When the row stood in the page. @returns undefined if it has not within so many milliseconds */
  async seen(withinMs: number): Promise<number | undefined> {
    try {
      const found = await this.#page.waitForFunction(() => globalThis.benchWatch.seenAt, undefined, {
        timeout: withinMs,
        polling: 20,
      });
      return await found.jsonValue();
    } catch {
      return undefined;
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
