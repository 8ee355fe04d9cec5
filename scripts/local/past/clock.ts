import type { Story } from "../acts.ts";

/** Time of the newest block, unix seconds. */
export async function newestTime({ provider }: Pick<Story, "provider">): Promise<number> {
  return (await provider.getBlock("latest"))?.timestamp ?? 0;
}

/** The next block is of `timestamp` (unix seconds), or right after the newest one if that is later. */
export async function turnTo(story: Pick<Story, "provider">, timestamp: number): Promise<void> {
  await story.provider.send("evm_setNextBlockTimestamp", [Math.max(timestamp, (await newestTime(story)) + 1)]);
  await story.provider.send("evm_mine", []);
}

/** `seconds` pass. */
export async function wait(story: Pick<Story, "provider">, seconds: number): Promise<void> {
  await turnTo(story, (await newestTime(story)) + seconds);
}
