import { useState } from "react";

type Theme = "light" | "dark";
const STORED = "tburn.theme";

function current(): Theme {
  const stored = localStorage.getItem(STORED);
  if (stored === "light" || stored === "dark") return stored;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Shows the chosen theme, or the system's. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = current();
}

export function useTheme() {
  const [theme, set] = useState(current);
  return {
    theme,
    toggle: () => {
      const next = theme === "light" ? "dark" : "light";
      localStorage.setItem(STORED, next);
      applyTheme();
      set(next);
    },
  };
}
