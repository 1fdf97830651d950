// Answers on their way to the server. Each is written to the device before it is sent and forgotten only
// when the server has acknowledged or refused it, so a closed lid or a lost network costs nothing; the
// event id makes sending twice harmless. Oldest first, one at a time, so that the server sees the order.
import { ApiError } from "../api/client";
import type { AnswerReply, AnswerRequest } from "../api/types";
import { forget, readStoredJson, store, storedKeys } from "../shell/stored";

// One entry per answer: two tabs may keep answers at once without overwriting each other's.
const kPrefix = "meno.outbox ";
const kFirstDelayMs = 2_000;
const kLongestDelayMs = 60_000;

export type Delivery =
  | { kind: "delivered"; reply: AnswerReply }
  | { kind: "refused"; status: number; message: string }
  | { kind: "kept" };

export interface Refusal {
  answer: AnswerRequest;
  message: string;
}

export interface OutboxState {
  pending: readonly AnswerRequest[];
  refusals: readonly Refusal[];
  sending: boolean;
}

type Settled = (answer: AnswerRequest, delivery: Delivery) => void;

const isAnswer = (value: unknown): value is AnswerRequest => {
  const answer = value as Partial<AnswerRequest> | null;
  return typeof answer?.event_id === "string" && typeof answer.item_id === "string";
};

const timeOf = (answer: AnswerRequest) => answer.answered_at ?? "";

/** What an earlier visit left behind, oldest first. */
function keptAnswers(): AnswerRequest[] {
  return storedKeys(kPrefix)
    .map((key) => readStoredJson<AnswerRequest | null>(key, isAnswer, null))
    .filter((answer) => answer !== null)
    .sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
}

/** 408, 425, 429 and the server's own faults pass; every other refusal is final. */
const isFinal = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.status < 500 && ![408, 425, 429].includes(error.status);

export class Outbox {
  private state: OutboxState = {
    pending: keptAnswers(),
    refusals: [],
    sending: false,
  };
  private readonly listeners = new Set<() => void>();
  private readonly settled = new Set<Settled>();
  private readonly awaited = new Set<string>();
  private draining: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private delayMs = kFirstDelayMs;

  constructor(private readonly send: (answer: AnswerRequest) => Promise<AnswerReply>) {}

  readonly snapshot = (): OutboxState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Called for each answer that was acknowledged or refused, also those of an earlier visit. */
  onSettled(listener: Settled): () => void {
    this.settled.add(listener);
    return () => this.settled.delete(listener);
  }

  /** Keeps `answer`, tries to send it (after older ones), and says what came of it. */
  async submit(answer: AnswerRequest): Promise<Delivery> {
    let outcome: Delivery = { kind: "kept" };
    const stop = this.onSettled((settled, delivery) => {
      if (settled.event_id === answer.event_id) outcome = delivery;
    });
    this.awaited.add(answer.event_id);
    store(kPrefix + answer.event_id, JSON.stringify(answer));
    this.change({ pending: [...this.state.pending, answer] });
    await this.flush();
    this.awaited.delete(answer.event_id);
    stop();
    return outcome;
  }

  /** Sends what is kept, oldest first, until all is settled or the server cannot be reached. */
  flush(): Promise<void> {
    this.draining ??= this.drain();
    return this.draining;
  }

  /** Takes note of `refusals` so that they are shown no more. */
  dismissRefusals(): void {
    this.change({ refusals: [] });
  }

  private async drain(): Promise<void> {
    clearTimeout(this.timer);
    this.change({ sending: true });
    let answer = this.state.pending[0];
    while (answer !== undefined) {
      const delivery = await this.attempt(answer);
      if (delivery.kind === "kept") {
        this.tryLater();
        break;
      }
      this.settle(answer, delivery);
      answer = this.state.pending[0];
    }
    this.draining = null;
    this.change({ sending: false });
  }

  private async attempt(answer: AnswerRequest): Promise<Delivery> {
    try {
      const reply = await this.send(answer);
      this.delayMs = kFirstDelayMs;
      return { kind: "delivered", reply };
    } catch (error) {
      if (!isFinal(error)) return { kind: "kept" };
      return { kind: "refused", status: error.status, message: error.message };
    }
  }

  private settle(answer: AnswerRequest, delivery: Delivery): void {
    forget(kPrefix + answer.event_id);
    this.change({ pending: this.state.pending.filter((each) => each.event_id !== answer.event_id) });
    // A refusal that no caller waits for any more must not vanish unseen.
    if (delivery.kind === "refused" && !this.awaited.has(answer.event_id)) {
      const refusal = { answer, message: delivery.message };
      this.change({ refusals: [...this.state.refusals, refusal] });
    }
    for (const listener of [...this.settled]) listener(answer, delivery);
  }

  private tryLater(): void {
    this.timer = setTimeout(() => void this.flush(), this.delayMs);
    this.delayMs = Math.min(2 * this.delayMs, kLongestDelayMs);
  }

  private change(part: Partial<OutboxState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
