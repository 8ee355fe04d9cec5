import type { Page } from "playwright-core";

/** What an answer of the wallet looks like on its way into the page. */
export interface WalletAnswer {
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

interface PageWindow extends Window {
  journeyWallet: (method: string, params: unknown) => Promise<WalletAnswer>;
  journeyEmit: (event: string, value: unknown) => void;
}

/** Runs inside the page: an EIP-1193 provider that asks the test process, announced by EIP-6963. */
function inject(about: { name: string; icon: string }): void {
  const page = window as unknown as PageWindow;
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  const on = (event: string, listener: (value: unknown) => void) => {
    listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    return provider;
  };
  const removeListener = (event: string, listener: (value: unknown) => void) => {
    listeners.get(event)?.delete(listener);
    return provider;
  };
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    const answer = await page.journeyWallet(method, params ?? []);
    if (answer.error === undefined) return answer.result;
    throw Object.assign(new Error(answer.error.message), answer.error);
  };
  const provider = { request, on, removeListener };
  page.journeyEmit = (event, value) => {
    for (const listener of listeners.get(event) ?? []) listener(value);
  };
  const info = Object.freeze({ uuid: "3b5f3f0e-6f4c-4d0c-9d5e-0b7a5f0c7e11", rdns: "example.journey", ...about });
  const announce = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
}

/** Puts a wallet into each document that `page` opens; `answer` runs in the test process. */
export async function injectWallet(
  page: Page,
  answer: (method: string, params: unknown[]) => Promise<WalletAnswer>,
): Promise<void> {
  await page.exposeFunction("journeyWallet", (method: string, params: unknown[]) => answer(method, params));
  const icon =
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><rect width='1' height='1'/></svg>";
  await page.addInitScript(inject, { name: "Journey Wallet", icon });
}

/** Lets the wallet in the page say that something changed (`accountsChanged`, `chainChanged`). */
export async function emit(page: Page, event: string, value: unknown): Promise<void> {
  await page.evaluate(
    ([name, content]) => (window as unknown as PageWindow).journeyEmit(name as string, content),
    [event, value],
  );
}
