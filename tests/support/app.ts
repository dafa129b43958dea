import { inject } from "vitest";

/** The application which serves all files of tests/http, on the demo's data, with its worker. */
export interface SharedApp {
  url: string;
  databaseUrl: string;
  env: Record<string, string>;
  /** The local providers that the application and its worker use; see `createClient`. */
  sandboxUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    app: SharedApp | { failure: string };
  }
}

export function sharedApp(): SharedApp {
  const app = inject("app");
  if ("failure" in app) throw new Error(`The application could not be started.\n${app.failure}`);
  return app;
}

/** `fetch` against the shared application; redirects are returned, not followed. */
export function request(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, sharedApp().url), { redirect: "manual", ...init });
}
