// Takes the pictures in docs/screens of the product as `npm start` shows it: `node scripts/screens/capture.ts [name …]`.
// Korean pictures need a Korean font on this machine (Debian: fonts-noto-cjk); without one they show boxes.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launch } from "../../test/journeys/harness/chromium.ts";
import { resetProduct, startProduct } from "../local/product.ts";

const root = join(import.meta.dirname, "../..");
const target = join(root, "docs/screens");
const MAX_BYTES = 250_000;
const DAYS = 42;
const PATIENCE_MS = 120_000;
const WIDE = { width: 1280, height: 1000 };
const PHONE = { width: 390, height: 844 };

interface Picture {
  name: string;
  path: string;
  language: "ko" | "en";
  theme: "light" | "dark";
  size?: { width: number; height: number };
  /** Whether the demo delegator's wallet is connected. */
  isConnected?: boolean;
  /** What the visitor does, or waits for, before the picture is taken. */
  before?: (page: Page) => Promise<unknown>;
}

/** Block heights that the chart of the indexer's lag waits for. */
const LAG_SAMPLES = 12;
const pictures: Picture[] = [
  { name: "validator", path: "/validators/1", language: "en", theme: "light" },
  {
    name: "stake",
    path: "/stake",
    language: "ko",
    theme: "light",
    isConnected: true,
    before: (page) => page.getByTestId("unbonding-row").first().waitFor(),
  },
  {
    name: "delegate",
    path: "/stake/delegate/2",
    language: "ko",
    theme: "dark",
    isConnected: true,
    before: async (page) => {
      await page.getByTestId("amount-input").fill("2500");
      await page.getByTestId("network-fee").waitFor();
    },
  },
  {
    name: "status",
    path: "/status",
    language: "en",
    theme: "light",
    before: (page) =>
      page.waitForFunction((least) => (document.querySelector("polyline")?.points.length ?? 0) >= least, LAG_SAMPLES),
  },
  {
    name: "network",
    path: "/network",
    language: "en",
    theme: "dark",
    // The history was told in minutes; after twenty blocks in real time the interval is the chain's own.
    before: (page) => page.getByText(/^\d\.\d s$/).waitFor({ timeout: PATIENCE_MS }),
  },
  {
    name: "phone-unbonding",
    path: "/stake/unbonding",
    language: "ko",
    theme: "light",
    size: PHONE,
    isConnected: true,
    before: (page) => page.getByTestId("unbonding-row").first().waitFor(),
  },
];

const fileOf = ({ name, language, theme }: Picture) => `${name}-${language}-${theme}.png`;

async function open(browser: Browser, { language, theme, size }: Picture): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: language === "ko" ? "ko-KR" : "en-US",
    colorScheme: theme,
    reducedMotion: "reduce",
    viewport: size ?? WIDE,
  });
  await context.addInitScript((locale) => localStorage.setItem("tburn.locale", locale), language);
  return context;
}

async function connect(page: Page): Promise<void> {
  await page.getByTestId("wallet-open").first().click();
  await page.getByTestId("wallet-option-demo").click();
  await page.getByTestId("wallet-account").waitFor();
}

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
  const context = await open(browser, picture);
  try {
    const page = await context.newPage();
    await page.goto(url + picture.path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    if (picture.isConnected) await connect(page);
    await picture.before?.(page);
    await page.locator("main .animate-pulse").first().waitFor({ state: "detached" });
    await page.evaluate(() => document.fonts.ready);
    const png = await page.screenshot();
    if (png.length > MAX_BYTES) throw new Error(`${fileOf(picture)} has ${png.length} bytes, at most ${MAX_BYTES}`);
    writeFileSync(join(target, fileOf(picture)), png);
    console.log(`${fileOf(picture)}  ${Math.round(png.length / 1000)} kB`);
  } finally {
    await context.close();
  }
}

/** Starts the whole product with a history of its own, which is gone afterwards. */
async function photograph(wanted: Picture[]): Promise<void> {
  // Not below a private folder: the database runs as a user of its own.
  const dir = mkdtempSync(join(root, ".local-screens-"));
  try {
    const product = await startProduct({
      dir,
      days: DAYS,
      traffic: true,
      nodes: false,
      ports: { api: 26_000, chain: 26_100, postgres: 26_200, demo: 26_010, reporter: 26_20 },
      step: async (name, work) => {
        console.log(`screens: ${name}`);
        return work(() => undefined);
      },
      say: console.log,
    });
    try {
      const browser = await launch();
      try {
        for (const picture of wanted) await take(browser, product.url, picture);
      } finally {
        await browser.close();
      }
    } finally {
      await product.stop();
    }
  } finally {
    resetProduct(dir);
  }
}

const names = process.argv.slice(2);
mkdirSync(target, { recursive: true });
await photograph(pictures.filter(({ name }) => names.length === 0 || names.includes(name)));
process.exit(0);
