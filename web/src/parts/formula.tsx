// One formula set by KaTeX. It is built as DOM nodes, not as an HTML string: a strict
// Content-Security-Policy drops style attributes in markup but allows styles set by script.
import "katex/dist/katex.min.css";

import katex from "katex";
import { useLayoutEffect, useRef } from "react";

export default function Formula({ tex, display }: { tex: string; display: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (place.current === null) return;
    katex.render(tex, place.current, { displayMode: display, throwOnError: false, strict: "ignore" });
  }, [tex, display]);
  return <span ref={place} className="formula" />;
}
