import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { renderPage } from "../testing/render";
import { serveSchool } from "../testing/school";
import ClassPage from "./class_page";

/** A stream whose news the test tells. */
class FakeSource {
  static readonly CLOSED = 2;
  static last: FakeSource;
  readyState = 1;
  onopen: () => void = () => undefined;
  onerror: () => void = () => undefined;
  onmessage: () => void = () => undefined;
  close = vi.fn();
  constructor(readonly url: string) {
    FakeSource.last = this;
  }
}

describe("useLiveClass", () => {
  beforeEach(() => vi.stubGlobal("EventSource", FakeSource));
  afterEach(() => vi.unstubAllGlobals());

  async function open() {
    serveSchool([], () => new TypeError("no answers here"));
    const page = renderPage(<ClassPage courseId="school-math" />);
    await screen.findByRole("table");
    return page;
  }

  it("says that it is live while it is, and stops listening with the page", async () => {
    const page = await open();
    expect(FakeSource.last.url).toBe("/v1/courses/school-math/events");
    expect(document.querySelector(".updated-live")).toBeNull();
    act(() => FakeSource.last.onopen());
    expect(document.querySelector(".updated-live")?.textContent).toContain("live");
    act(() => FakeSource.last.onerror());
    expect(document.querySelector(".updated-live")).not.toBeNull();
    FakeSource.last.readyState = FakeSource.CLOSED;
    act(() => FakeSource.last.onerror());
    expect(document.querySelector(".updated-live")).toBeNull();
    page.unmount();
    expect(FakeSource.last.close).toHaveBeenCalled();
  });

  it("reads the class anew once for much news", async () => {
    await open();
    const reads = () => vi.mocked(fetch).mock.calls.filter(([path]) => (path as string).endsWith("/class")).length;
    const before = reads();
    act(() => {
      for (let k = 0; k < 20; k++) FakeSource.last.onmessage();
    });
    await vi.waitFor(() => expect(reads()).toBe(before + 1), { timeout: 5000 });
  });
});
