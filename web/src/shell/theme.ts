import { useSyncExternalStore } from "react";

type Theme = "light" | "dark";
const STORED = "tburn.theme";
const changed = new Set<() => void>();

function current(): Theme {
  const stored = localStorage.getItem(STORED);
  if (stored === "light" || stored === "dark") return stored;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Shows the chosen theme, or the system's. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = current();
}

function toggle(): void {
  localStorage.setItem(STORED, current() === "light" ? "dark" : "light");
  applyTheme();
  for (const tell of changed) tell();
}

const subscribe = (tell: () => void) => {
  changed.add(tell);
  return () => void changed.delete(tell);
};

/** The theme in use, the same for every switch on the page. */
export const useTheme = () => ({ theme: useSyncExternalStore(subscribe, current), toggle });
