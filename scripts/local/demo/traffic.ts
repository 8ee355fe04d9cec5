import { act, type Story } from "../acts.ts";

const PAUSE_MS = 6_000;

/** A little life on the local chain: an act of a random delegator every few seconds. */
export function startTraffic(story: Story) {
  let stopped = false;
  let wake = () => {};

  async function loop(): Promise<void> {
    while (!stopped) {
      // A local chain that is being stopped, moved in time or reorganised refuses now and then.
      await act(story).catch(() => undefined);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, PAUSE_MS);
      });
    }
  }

  const done = loop();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await done;
    },
  };
}
