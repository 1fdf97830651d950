import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError, Unreachable } from "../api/client";
import type { AnswerRequest } from "../api/types";
import { replyTo } from "../testing/school";
import { Outbox } from "./outbox";

const answer = (event_id: string, answered_at = "2026-01-01T00:00:00.000Z"): AnswerRequest => ({
  event_id,
  course_id: "school-math",
  student_id: "s1",
  item_id: "2+3",
  response: "a",
  answered_at,
});

const keptKeys = () => Object.keys(localStorage).filter((key) => key.startsWith("meno.outbox "));

/** A server that can be cut off; it remembers every answer that arrived. */
function makeServer() {
  const server = {
    reachable: true,
    arrived: [] as string[],
    send: (sent: AnswerRequest) => {
      if (!server.reachable) return Promise.reject(new Unreachable("offline"));
      server.arrived.push(sent.event_id);
      return Promise.resolve(replyTo(sent, null));
    },
  };
  return server;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("Outbox", () => {
  it("writes the answer to the device before it sends it", async () => {
    let keptWhileSending: string[] = [];
    const outbox = new Outbox((sent) => {
      keptWhileSending = keptKeys();
      return Promise.resolve(replyTo(sent, null));
    });
    await outbox.submit(answer("e1"));
    expect(keptWhileSending).toEqual(["meno.outbox e1"]);
  });

  it("forgets an acknowledged answer and hands back the reply", async () => {
    const outbox = new Outbox(makeServer().send);
    const delivery = await outbox.submit(answer("e1"));
    expect(delivery).toMatchObject({ kind: "delivered", reply: { event_id: "e1", correct: true } });
    expect(keptKeys()).toEqual([]);
    expect(outbox.snapshot().pending).toEqual([]);
  });

  it("keeps an answer while the server is away and sends it under the same event id later", async () => {
    const server = makeServer();
    server.reachable = false;
    const outbox = new Outbox(server.send);
    expect(await outbox.submit(answer("e1"))).toEqual({ kind: "kept" });
    expect(keptKeys()).toEqual(["meno.outbox e1"]);

    server.reachable = true;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.arrived).toEqual(["e1"]);
    expect(keptKeys()).toEqual([]);
  });

  it("waits longer after each failure, but never more than a minute", async () => {
    const send = vi.fn(() => Promise.reject(new Unreachable("offline")));
    const outbox = new Outbox(send);
    await outbox.submit(answer("e1"));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(send).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(send).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(4_000 + 8_000 + 16_000 + 32_000 + 60_000);
    expect(send).toHaveBeenCalledTimes(7);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(8);
  });

  it("finds the answers of an earlier visit and sends them oldest first", async () => {
    const away = makeServer();
    away.reachable = false;
    const before = new Outbox(away.send);
    await before.submit(answer("z-first", "2026-01-01T00:00:00.000Z"));
    await before.submit(answer("a-second", "2026-01-01T00:01:00.000Z"));

    const server = makeServer();
    await new Outbox(server.send).flush();
    expect(server.arrived).toEqual(["z-first", "a-second"]);
  });

  it("does not overwrite what another tab has kept", async () => {
    const away = makeServer();
    away.reachable = false;
    const [one, other] = [new Outbox(away.send), new Outbox(away.send)];
    await one.submit(answer("from-one"));
    await other.submit(answer("from-other"));
    expect(keptKeys().sort()).toEqual(["meno.outbox from-one", "meno.outbox from-other"]);
  });

  it("gives up on an answer the server refuses, and tells the one who waits", async () => {
    const outbox = new Outbox(() => Promise.reject(new ApiError(400, "invalid_input", "no number")));
    expect(await outbox.submit(answer("e1"))).toEqual({ kind: "refused", status: 400, message: "no number" });
    expect(keptKeys()).toEqual([]);
    expect(outbox.snapshot().refusals).toEqual([]);
  });

  it("shows a refusal that nobody waits for any more", async () => {
    let error: Error = new Unreachable("offline");
    const outbox = new Outbox(() => Promise.reject(error));
    await outbox.submit(answer("e1"));
    error = new ApiError(409, "conflict", "another answer has this id");
    await outbox.flush();
    expect(outbox.snapshot().refusals.map((each) => each.message)).toEqual(["another answer has this id"]);
    outbox.dismissRefusals();
    expect(outbox.snapshot().refusals).toEqual([]);
  });

  it.each([500, 429, 408])("treats HTTP %i as passing, not as a refusal", async (status) => {
    const outbox = new Outbox(() => Promise.reject(new ApiError(status, "internal", "later")));
    expect(await outbox.submit(answer("e1"))).toEqual({ kind: "kept" });
    expect(keptKeys()).toEqual(["meno.outbox e1"]);
  });

  it("works, for this visit, when the device refuses to store", async () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const outbox = new Outbox(makeServer().send);
    expect(await outbox.submit(answer("e1"))).toMatchObject({ kind: "delivered" });
  });
});
