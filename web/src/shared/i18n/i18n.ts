import { setupI18n } from "@lingui/core";
import { useCallback, useSyncExternalStore } from "react";
import { compile } from "./compile.ts";
import type { Key } from "./ko.ts";

export type Locale = "ko" | "en";
type Values = Record<string, string | number>;
export type Translate = (key: Key, values?: Values) => string;

const STORED = "tburn.locale";
const i18n = setupI18n();
const catalogs = { ko: () => import("./ko.ts"), en: () => import("./en.ts") };

/** Loads the words of `locale` and shows them; remembers the choice. */
export async function activate(locale: Locale): Promise<void> {
  const { words } = await catalogs[locale]();
  i18n.load(locale, compile(words));
  i18n.activate(locale);
  document.documentElement.lang = locale;
  localStorage.setItem(STORED, locale);
}

/** Korean unless the reader once chose otherwise. */
export const storedLocale = (): Locale => (localStorage.getItem(STORED) === "en" ? "en" : "ko");

const subscribe = (changed: () => void) => i18n.on("change", changed);
const current = () => i18n.locale as Locale;

export const useLocale = (): Locale => useSyncExternalStore(subscribe, current);

/** The words of the language in use. */
export function useT(): Translate {
  const locale = useLocale();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new language must give a new function
  return useCallback<Translate>((key, values) => i18n._(key, values), [locale]);
}
