// Light or dark: as the system says, unless chosen here. `data-theme` on the root always holds the
// resolved one, so the style sheet states each palette once; paper is always light.
import { useLayoutEffect, useState } from "react";

import { readStored, store } from "./stored";

export const kThemes = ["auto", "light", "dark"] as const;
export type Theme = (typeof kThemes)[number];

const kStorageKey = "meno.theme";

const isTheme = (value: unknown): value is Theme => kThemes.some((theme) => theme === value);

export function resolved(theme: Theme, systemDark: boolean, printing: boolean): "light" | "dark" {
  if (printing) return "light";
  if (theme !== "auto") return theme;
  return systemDark ? "dark" : "light";
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const stored = readStored(kStorageKey);
    return isTheme(stored) ? stored : "auto";
  });

  useLayoutEffect(() => {
    store(kStorageKey, theme);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const print = matchMedia("print");
    const apply = () => {
      document.documentElement.dataset.theme = resolved(theme, dark.matches, print.matches);
    };
    apply();
    dark.addEventListener("change", apply);
    print.addEventListener("change", apply);
    return () => {
      dark.removeEventListener("change", apply);
      print.removeEventListener("change", apply);
    };
  }, [theme]);

  return [theme, setTheme];
}
