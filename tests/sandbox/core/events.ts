/** What the page hears of while it is open. */
export type SandboxEvent =
  | { type: "log"; data: unknown }
  | { type: "thread"; data: { line: string; customer: string } }
  | { type: "call"; data: { id: string } }
  | { type: "mail"; data: { count: number } }
  | { type: "state"; data: unknown };

export interface Events {
  publish: (event: SandboxEvent) => void;
  /** Returns how to stop listening. */
  subscribe: (listener: (event: SandboxEvent) => void) => () => void;
}

export function createEvents(): Events {
  const listeners = new Set<(event: SandboxEvent) => void>();
  return {
    publish: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
