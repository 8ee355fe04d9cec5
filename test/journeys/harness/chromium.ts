import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { env } from "./env.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];
const usual = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

function installed(): string | undefined {
  const inPath = env.path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...inPath, ...usual].find((file) => existsSync(file));
}

function installByApt(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log("journeys: installing Debian's chromium");
  spawnSync("apt-get", ["update"], { stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: "ignore" });
  return installed();
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/**
 * Starts a browser: CHROMIUM_PATH, else an installed Chromium or Chrome, else Debian's, else the one in npm.
 * @throws if none of them starts.
 */
export async function launch(): Promise<Browser> {
  const executablePath = env.chromiumPath ?? installed() ?? installByApt();
  const headless = !env.headed;
  if (executablePath !== undefined) return chromium.launch({ executablePath, headless, args: flags });
  const packed = (await import("@sparticuz/chromium")).default;
  const binary = await packed.executablePath();
  const libraries = [join(binary, "../al2023/lib"), env.libraryPath].filter((path) => path !== "").join(delimiter);
  return chromium.launch({
    executablePath: binary,
    headless,
    args: [...flags, ...packed.args],
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  });
}
