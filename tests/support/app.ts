import { inject } from "vitest";

/**
 * An application on the demo's data, with its worker. There is one for each of the processes that run tests/http and
 * tests/e2e: the files of a process use it one after the other.
 */
export interface SharedApp {
  url: string;
  databaseUrl: string;
  env: Record<string, string>;
  /** The local providers that the application and its worker use; see `createClient`. */
  sandboxUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    lanes: SharedApp[] | { failure: string };
  }
}

let own: SharedApp | undefined;

/** A file that moves the clock, or changes what all garages share, has an application of its own; see `startOwnApp`. */
export function appInstead(app: SharedApp): void {
  own = app;
}

export function sharedApp(): SharedApp {
  if (own) return own;
  const lanes = inject("lanes");
  if ("failure" in lanes) throw new Error(`The application could not be started.\n${lanes.failure}`);
  // Of the processes which run at the same time, each has a number of its own, from 1.
  const lane = lanes[Number(process.env.VITEST_POOL_ID) - 1];
  if (!lane) throw new Error(`There is no application for process ${process.env.VITEST_POOL_ID}.`);
  return lane;
}

/** `fetch` against the shared application; redirects are returned, not followed. */
export function request(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, sharedApp().url), { redirect: "manual", ...init });
}
