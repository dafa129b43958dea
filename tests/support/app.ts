import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import { processWide } from "@/lib/shared/process-wide";

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

export type Lanes = SharedApp[] | { failure: string };

declare module "vitest" {
  interface ProvidedContext {
    /** Where the applications stand once they have started: that goes on while other tests run. */
    lanesFile: string;
  }
}

const own = processWide<{ app?: SharedApp }>("test-app", () => ({}));
let lanes: Lanes = { failure: "Nobody has waited for it." };

export async function untilLanesStarted(): Promise<void> {
  const file = inject("lanesFile");
  while (!existsSync(file)) await sleep(100);
  lanes = JSON.parse(readFileSync(file, "utf8"));
}

/** A file that moves the clock, or changes what all garages share, has an application of its own; see `startOwnApp`. */
export function appInstead(app: SharedApp): void {
  own().app = app;
}

export function sharedApp(): SharedApp {
  const { app } = own();
  if (app) return app;
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
