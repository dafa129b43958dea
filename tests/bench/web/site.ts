import { env } from "@/lib/shared/env";
import { startApp } from "@/tests/support/app-process";
import { sessionCookie } from "@/tests/support/session-cookie";
import { type Obedient, startObedient } from "../caller-process";
import { OWNER, type Size } from "./garage";
import type { GarageCommands } from "./garage-process";
import type { LoadCommands } from "./load-process";
import { expectDashboard, type Served } from "./page-time";

/** A database with the heavy garage, the built application on it, and its owner signed in. */
export type Site = Served & { readonly garage: Obedient<GarageCommands> };

/** What to stop at the end, last started first. */
export type Undo = (() => unknown)[];

export async function openSite(databaseUrl: string, size: Size, undo: Undo): Promise<Site> {
  const garage = startObedient<GarageCommands>("web/garage-process.ts", databaseUrl);
  undo.push(garage.stop);
  await garage.ask("open", size);
  const app = await startApp({ databaseUrl });
  undo.push(app.stop);
  const site = { garage, url: app.url, cookie: await sessionCookie(app.url, OWNER) };
  await expectDashboard(site);
  return site;
}

export function startLoad(undo: Undo): Obedient<LoadCommands> {
  const generator = startObedient<LoadCommands>("web/load-process.ts", env().DATABASE_URL);
  undo.push(generator.stop);
  return generator;
}
