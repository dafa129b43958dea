import type { Clock } from "./clock";
import type { Events } from "./events";

export type ThreadChannel = "whatsapp" | "sms" | "voice";
/** `waiting` only on this side; a customer's message is `received` once the application took it, and `lost` if it never did. */
export type Tick = "waiting" | "received" | "lost" | "accepted" | "sent" | "delivered" | "read" | "failed";

export interface ThreadMessage {
  id: string;
  channel: ThreadChannel;
  /** `network`: Twilio's own confirmation, or a note of the sandbox. */
  from: "customer" | "garage" | "network";
  at: string;
  text: string;
  /** A path of the sandbox. */
  picture?: string;
  /** Under a template: what the customer may tap. */
  buttons?: string[];
  tick: Tick;
  /** Why it failed. */
  problem?: string;
}

export interface Thread {
  line: string;
  customer: string;
  messages: ThreadMessage[];
  /** When "typing…" disappears by itself: 25 s after it was asked for. */
  typingUntil: string | null;
}

const TYPING_MS = 25_000;
const RANK: readonly Tick[] = [
  "waiting",
  "lost",
  "accepted",
  "received",
  "sent",
  "delivered",
  "read",
  "failed",
];

/** What a customer sees on the phone, one thread for each garage and customer. */
export function createThreads(clock: Clock, events: Events) {
  const threads = new Map<string, Thread>();
  const places = new Map<string, { thread: Thread; message: ThreadMessage }>();

  function of(line: string, customer: string): Thread {
    const key = `${line}|${customer}`;
    const thread = threads.get(key) ?? { line, customer, messages: [], typingUntil: null };
    threads.set(key, thread);
    return thread;
  }
  const changed = ({ line, customer }: Thread) =>
    events.publish({ type: "thread", data: { line, customer } });

  function add(
    line: string,
    customer: string,
    given: Omit<ThreadMessage, "at"> & { at?: string },
  ): ThreadMessage {
    const thread = of(line, customer);
    const message = { at: clock.now().toISOString(), ...given };
    thread.messages.push(message);
    if (message.from === "garage") thread.typingUntil = null;
    places.set(message.id, { thread, message });
    changed(thread);
    return message;
  }

  /** Moves a message on; never back. */
  function mark(id: string, tick: Tick, problem?: string): void {
    const place = places.get(id);
    if (!place || RANK.indexOf(tick) < RANK.indexOf(place.message.tick)) return;
    place.message.tick = tick;
    if (problem !== undefined) place.message.problem = problem;
    changed(place.thread);
  }

  function setTyping(id: string): void {
    const thread = places.get(id)?.thread;
    if (!thread) return;
    thread.typingUntil = new Date(clock.time() + TYPING_MS).toISOString();
    changed(thread);
  }

  const reset = () => {
    threads.clear();
    places.clear();
  };
  return {
    add,
    mark,
    setTyping,
    reset,
    of,
    has: (id: string) => places.has(id),
    list: (): readonly Thread[] => [...threads.values()],
  };
}

export type Threads = ReturnType<typeof createThreads>;
