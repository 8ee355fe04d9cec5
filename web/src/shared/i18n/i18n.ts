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

const late = { ko: () => import("./ko/later.ts"), en: () => import("./en/later.ts") };
/** Grows as words come in, so that what shows them is drawn again. */
let wordCount = 0;
let laterWords: Promise<void> = Promise.resolve();

/** Resolves when the words that are not said at first are there; a failure to fetch them leaves their keys. */
export const allWords = (): Promise<void> => laterWords;

async function loadLater(locale: Locale): Promise<void> {
  const { later } = await late[locale]();
  wordCount += Object.keys(later).length;
  i18n.load(locale, compile(later));
}

/** Loads the words of `locale` and shows them; remembers the choice. */
export async function activate(locale: Locale): Promise<void> {
  const { words } = await catalogs[locale]();
  i18n.load(locale, compile(words));
  const rest = loadLater(locale).catch(() => undefined);
  // Whoever changes the language looks at a screen that may say them all.
  if (i18n.locale !== "") await rest;
  i18n.activate(locale);
  document.documentElement.lang = locale;
  localStorage.setItem(STORED, locale);
  laterWords = rest;
}

/** Korean unless the reader once chose otherwise. */
export const storedLocale = (): Locale => (localStorage.getItem(STORED) === "en" ? "en" : "ko");

const subscribe = (changed: () => void) => i18n.on("change", changed);
const current = () => i18n.locale as Locale;
const known = () => wordCount;

export const useLocale = (): Locale => useSyncExternalStore(subscribe, current);

/** The words of the language in use. */
export function useT(): Translate {
  const locale = useLocale();
  const words = useSyncExternalStore(subscribe, known);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new language, or more words of it, must give a new function
  return useCallback<Translate>((key, values) => i18n._(key, values), [locale, words]);
}
