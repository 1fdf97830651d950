// Which language the app speaks: remembered on this device, first guessed from the browser, switched
// at any time without a reload.
import { createContext, useContext, useLayoutEffect, useMemo, useState, type ReactNode } from "react";

import type { Text } from "../api/types";
import { readStored, store } from "../shell/stored";
import { en, type Catalogue } from "./en";
import { zhCN } from "./zh_cn";

export const kLanguages = ["zh-CN", "en"] as const;
export type Language = (typeof kLanguages)[number];

export const kCatalogues: Record<Language, Catalogue> = { en, "zh-CN": zhCN };

const kStorageKey = "meno.language";

export const isLanguage = (value: unknown): value is Language =>
  kLanguages.some((language) => language === value);

export function firstLanguage(browserLanguages: readonly string[]): Language {
  const stored = readStored(kStorageKey);
  if (isLanguage(stored)) return stored;
  return browserLanguages[0]?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

interface Speech {
  language: Language;
  setLanguage: (language: Language) => void;
  /** The app's own sentences. */
  t: Catalogue;
  /** A bilingual text from the server, in the current language. */
  say: (text: Text) => string;
}

const SpeechContext = createContext<Speech | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => firstLanguage(navigator.languages));

  useLayoutEffect(() => {
    document.documentElement.lang = language;
    store(kStorageKey, language);
  }, [language]);

  const speech = useMemo<Speech>(
    () => ({ language, setLanguage, t: kCatalogues[language], say: (text) => text[language] }),
    [language],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === null) throw new Error("useSpeech needs a LanguageProvider above it");
  return speech;
}
