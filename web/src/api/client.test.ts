import { describe, expect, it, vi } from "vitest";

import { refusal } from "../testing/school";
import { api, ApiError, Unreachable } from "./client";

const serve = (reply: () => Promise<Response>) => vi.stubGlobal("fetch", vi.fn(reply));

describe("api", () => {
  it("turns a refusal into the server's own words", async () => {
    serve(() => Promise.resolve(refusal(404, "no course 'x'")));
    const error = await api.skills("x").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 404, message: "no course 'x'" });
  });

  it.each([502, 503, 504])("takes HTTP %i as out of reach, so that answers are kept", async (status) => {
    serve(() => Promise.resolve(new Response("<html>", { status })));
    await expect(api.courses()).rejects.toBeInstanceOf(Unreachable);
  });

  it("takes a lost connection and a reply that is no JSON as out of reach", async () => {
    serve(() => Promise.reject(new TypeError("failed to fetch")));
    await expect(api.courses()).rejects.toBeInstanceOf(Unreachable);
    serve(() => Promise.resolve(new Response("<html>Log in to the school network</html>")));
    await expect(api.courses()).rejects.toBeInstanceOf(Unreachable);
  });

  it("gives up after twelve seconds", async () => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", (_: string, options: RequestInit) => {
      return new Promise((_resolve, reject) => {
        options.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      });
    });
    const outcome = expect(api.courses()).rejects.toBeInstanceOf(Unreachable);
    await vi.advanceTimersByTimeAsync(12_000);
    await outcome;
    vi.useRealTimers();
  });

  it("escapes ids in addresses", async () => {
    const fetched = vi.fn(() => Promise.resolve(new Response('{"skills":[]}')));
    vi.stubGlobal("fetch", fetched);
    await api.skills("a/b ?");
    expect(fetched).toHaveBeenCalledWith("/v1/courses/a%2Fb%20%3F/skills", expect.anything());
  });

  it("reads a listing page after page", async () => {
    const fetched = vi.fn((path: string) =>
      Promise.resolve(
        new Response(
          JSON.stringify(
            path.includes("cursor=")
              ? { items: [{ id: "b" }], next: null }
              : { items: [{ id: "a" }], next: "x/y" },
          ),
        ),
      ),
    );
    vi.stubGlobal("fetch", fetched);
    const items = await api.items("maths", "add");
    expect(items.map((item) => item.id)).toEqual(["a", "b"]);
    expect(fetched.mock.calls.map(([path]) => path)).toEqual([
      "/v1/courses/maths/items?skill=add",
      "/v1/courses/maths/items?skill=add&cursor=x%2Fy",
    ]);
  });
});
