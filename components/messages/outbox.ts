import { ApiError } from "@/components/layout/api";

/** What the composer hands over for the customer: text, attachments that the server has already, or both. */
export type NewReply = { readonly body: string; readonly media: readonly string[] };

/** A reply, or a note for the team. */
export type Written = NewReply & {
  readonly kind: "reply" | "note";
  /** The latest message that its author saw: a colleague's later reply refuses it. */
  readonly seen: string | null;
};

/** Something written that the server does not have yet. Its key stays the same, so that retries send it once. */
export type Outgoing = Written & {
  readonly key: string;
  /** When it was written, or sent again. */
  readonly atMs: number;
  /** The author saw that a colleague has replied, and sends it all the same. */
  readonly anyway: boolean;
  readonly state: OutgoingState;
};

export type OutgoingState =
  | { readonly kind: "sending" }
  /** For the connection, or for a server that is busy: tried again without anybody's doing. */
  | { readonly kind: "waiting" }
  /** A colleague replied in between; the message names them. */
  | { readonly kind: "answered"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string };

export type Boxes = Readonly<Record<string, readonly Outgoing[]>>;

export type OutboxPorts = {
  readonly load: () => Boxes;
  readonly save: (boxes: Boxes) => void;
  /** Rejects with an ApiError where the server refused it or could not be reached. */
  readonly send: (conversationId: string, written: Outgoing) => Promise<unknown>;
  /** Shows what the server has, before the outbox lets go of its own copy. */
  readonly sent: (conversationId: string) => Promise<unknown>;
  /** Runs a conversation's turn when no other is under way, in this tab or another one. */
  readonly alone: (conversationId: string, turn: () => Promise<void>) => Promise<unknown>;
  readonly later: (again: () => void, waitMs: number) => void;
  readonly newKey: () => string;
  readonly nowMs: () => number;
};

export type Outbox = ReturnType<typeof createOutbox>;

const NONE: readonly Outgoing[] = [];
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;
/** What was written so long ago is not sent without its author: "in five minutes" has passed. */
const STALE_MS = 3_600_000;
const STALE = "It waited for more than an hour. Read it again before you send it.";
const COULD_NOT = "This message could not be sent.";

/** No answer, signed out, too many at once, or a server that is busy: the same request may succeed later. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiError && (!error.isFinal || error.status === 401);

function afterRefusal(error: unknown): OutgoingState {
  if (isPassing(error)) return { kind: "waiting" };
  if (!(error instanceof ApiError)) return { kind: "failed", message: COULD_NOT };
  return { kind: error.code === "answered_meanwhile" ? "answered" : "failed", message: error.message };
}

const isPending = ({ state }: Outgoing): boolean => state.kind === "sending" || state.kind === "waiting";

/**
 * What was written and is not on the server, per conversation. It survives a reload, sends one after the other in the
 * order of writing, waits for the connection, and loses nothing: only its author deletes what was refused.
 */
export function createOutbox(ports: OutboxPorts) {
  const listeners = new Set<() => void>();
  let boxes = ports.load();
  let failures = 0;
  let waits = false;

  const boxOf = (id: string): readonly Outgoing[] => boxes[id] ?? NONE;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const change = (id: string, next: (box: readonly Outgoing[]) => readonly Outgoing[]) => {
    boxes = ports.load();
    const { [id]: _, ...others } = boxes;
    const box = next(boxOf(id));
    boxes = box.length === 0 ? others : { ...others, [id]: box };
    ports.save(boxes);
    tell();
  };
  const update = (id: string, key: string, part: Partial<Outgoing>) =>
    change(id, (box) => box.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const remove = (id: string, key: string) => change(id, (box) => box.filter((one) => one.key !== key));

  /** Sends a conversation's own until one has to wait: what was written later stays behind it. */
  const turn = async (id: string): Promise<void> => {
    boxes = ports.load();
    for (let next = boxOf(id).find(isPending); next; next = boxOf(id).find(isPending)) {
      const { key } = next;
      if (ports.nowMs() - next.atMs > STALE_MS) {
        update(id, key, { state: { kind: "failed", message: STALE } });
        continue;
      }
      try {
        await ports.send(id, next);
      } catch (error) {
        const state = afterRefusal(error);
        update(id, key, { state });
        if (state.kind !== "waiting") continue;
        tryLater();
        return;
      }
      failures = 0;
      await ports.sent(id).catch(() => undefined);
      remove(id, key);
    }
  };
  const run = (id: string) => void ports.alone(id, () => turn(id));
  const tryLater = () => {
    if (waits) return;
    waits = true;
    ports.later(
      () => {
        waits = false;
        wake();
      },
      Math.min(FIRST_WAIT_MS * 2 ** failures++, LONGEST_WAIT_MS),
    );
  };
  /** Tries everything that waits: after a reload, and when the connection is back. */
  const wake = () => {
    for (const [id, box] of Object.entries(boxes)) if (box.some(isPending)) run(id);
  };

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    boxOf,
    wake,
    /** Resolves once nothing of a conversation is under way: whether all of it has arrived. */
    settled: async (id: string): Promise<boolean> => {
      await new Promise<void>((resolve) => {
        const look = () => {
          if (boxOf(id).some(isPending)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      });
      return boxOf(id).length === 0;
    },
    /** Another tab of this member has changed what is kept. */
    reload: () => {
      boxes = ports.load();
      tell();
    },
    add: (id: string, written: Written) => {
      const state = { kind: "sending" } as const;
      change(id, (box) => [
        ...box,
        { ...written, key: ports.newKey(), atMs: ports.nowMs(), anyway: false, state },
      ]);
      run(id);
    },
    /** Sends it again; `anyway` also where a colleague has replied. */
    retry: (id: string, key: string, anyway = false) => {
      update(id, key, { state: { kind: "sending" }, atMs: ports.nowMs(), ...(anyway && { anyway }) });
      run(id);
    },
    /** Takes it out: thrown away, or turned into a draft again. */
    discard: remove,
  };
}

/** What a browser kept, as far as it has the shape of an outbox. */
export function readBoxes(kept: unknown): Boxes {
  if (typeof kept !== "object" || kept === null) return {};
  const boxes = Object.entries(kept).map(([id, box]) => [
    id,
    Array.isArray(box) ? box.filter(isOutgoing) : [],
  ]);
  return Object.fromEntries(boxes.filter(([, box]) => box?.length !== 0));
}

const isOutgoing = (one: unknown): one is Outgoing =>
  typeof one === "object" &&
  one !== null &&
  "key" in one &&
  typeof one.key === "string" &&
  "kind" in one &&
  (one.kind === "reply" || one.kind === "note") &&
  "body" in one &&
  typeof one.body === "string" &&
  "media" in one &&
  Array.isArray(one.media) &&
  "atMs" in one &&
  typeof one.atMs === "number" &&
  "state" in one &&
  typeof one.state === "object";
