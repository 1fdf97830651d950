import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";

import { LanguageProvider, type Language } from "../text/language";

/** Renders `page` as the app would, in the given language, with a cache of its own. */
export function renderPage(page: ReactNode, language: Language = "en") {
  localStorage.setItem("meno.language", language);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={queries}>
      <LanguageProvider>{page}</LanguageProvider>
    </QueryClientProvider>,
  );
}
