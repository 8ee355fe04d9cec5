import { useSyncExternalStore } from "react";

let isOpen = false;
const changed = new Set<() => void>();

function set(next: boolean): void {
  isOpen = next;
  for (const tell of changed) tell();
}

export const openWallets = () => set(true);
export const closeWallets = () => set(false);

/** Whether the list of wallets is shown; any screen may open it. */
export const useWalletsOpen = () =>
  useSyncExternalStore(
    (tell) => {
      changed.add(tell);
      return () => void changed.delete(tell);
    },
    () => isOpen,
  );
