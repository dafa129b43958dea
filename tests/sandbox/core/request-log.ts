import type { Clock } from "./clock";
import type { Events } from "./events";
import type { ProviderName } from "./providers";

/** `in`: the application asked a provider. `out`: a provider delivered to the application. */
export type Direction = "in" | "out";

export interface LogEntry {
  id: number;
  at: string;
  direction: Direction;
  provider: ProviderName;
  method: string;
  /** With the query. */
  path: string;
  /** What kind of thing it is, such as `send` or `status:delivered`. */
  type: string;
  headers: Record<string, string>;
  body: unknown;
  /** Null until it was answered; stays null where no answer came. */
  status: number | null;
  reply: unknown;
  ms: number | null;
  note: string | null;
}

export interface LogFilter {
  provider?: string | undefined;
  direction?: string | undefined;
  method?: string | undefined;
  /** A part of the path. */
  path?: string | undefined;
  type?: string | undefined;
  status?: number | undefined;
  /** Only entries with a higher id. */
  after?: number | undefined;
  /** A part of the body or reply, as JSON. */
  contains?: string | undefined;
}

export interface OpenEntry {
  entry: LogEntry;
  close: (outcome: { status?: number | null; reply?: unknown; note?: string }) => void;
  setType: (type: string) => void;
}

const MAX_ENTRIES = 20_000;

type Opening = Pick<LogEntry, "direction" | "provider" | "method" | "path" | "type" | "headers" | "body">;

/** Everything said in either direction, in the order in which it began. An entry is there before it is answered. */
export function createRequestLog(clock: Clock, events: Events) {
  let entries: LogEntry[] = [];
  let lastId = 0;

  function open(opening: Opening): OpenEntry {
    lastId += 1;
    const started = performance.now();
    const entry: LogEntry = {
      id: lastId,
      at: clock.now().toISOString(),
      ...opening,
      status: null,
      reply: null,
      ms: null,
      note: null,
    };
    entries.push(entry);
    if (entries.length > MAX_ENTRIES) entries = entries.slice(-MAX_ENTRIES / 2);
    events.publish({ type: "log", data: entry });
    return {
      entry,
      setType: (type) => {
        entry.type = type;
      },
      close: ({ status = null, reply = null, note }) => {
        Object.assign(entry, { status, reply, ms: Math.round(performance.now() - started) });
        if (note !== undefined) entry.note = note;
        events.publish({ type: "log", data: entry });
      },
    };
  }

  const list = (filter: LogFilter = {}): LogEntry[] => entries.filter((entry) => fits(entry, filter));
  const clear = () => {
    entries = [];
  };
  return { open, list, clear, get: (id: number) => entries.find((entry) => entry.id === id) };
}

export type RequestLog = ReturnType<typeof createRequestLog>;

function fits(entry: LogEntry, filter: LogFilter): boolean {
  const { provider, direction, method, path, type, status, after, contains } = filter;
  return (
    (provider === undefined || entry.provider === provider) &&
    (direction === undefined || entry.direction === direction) &&
    (method === undefined || entry.method === method) &&
    (path === undefined || entry.path.includes(path)) &&
    (type === undefined || entry.type === type) &&
    (status === undefined || entry.status === status) &&
    (after === undefined || entry.id > after) &&
    (contains === undefined || JSON.stringify([entry.body, entry.reply]).includes(contains))
  );
}
