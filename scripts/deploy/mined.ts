import type { ethers } from "ethers";

const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Waits for the receipt of `sent`, asking for it directly: a listener for new blocks misses a transaction that an
 * automining node has mined before the listener stood.
 * @throws if the transaction reverted.
 */
export async function mined(sent: ethers.TransactionResponse): Promise<ethers.TransactionReceipt> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const receipt = await sent.provider.getTransactionReceipt(sent.hash);
    if (receipt?.status === 1) return receipt;
    if (receipt) throw new Error(`transaction ${sent.hash} reverted`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
