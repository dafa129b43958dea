import { env } from "@/lib/shared/env";
import { startApp, startWorker } from "@/tests/support/app-process";
import { sessionCookie } from "@/tests/support/session-cookie";
import { type Obedient, startObedient } from "../caller-process";
import { OWNER, type Size } from "./garage";
import type { GarageCommands } from "./garage-process";
import type { LoadCommands } from "./load-process";
import { expectDashboard, type Served } from "./page-time";
import type { TopUpCommands } from "./top-up-process";

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

/** Garages with auto top-up on a database, their local Stripe, and a worker: opened once, when they are first asked for. */
export function topUpsOn(databaseUrl: string, undo: Undo): () => Promise<Obedient<TopUpCommands>> {
  const open = async (): Promise<Obedient<TopUpCommands>> => {
    const garages = startObedient<TopUpCommands>("web/top-up-process.ts", databaseUrl);
    undo.push(garages.stop);
    const worker = await startWorker({ databaseUrl, env: await garages.ask("open", {}) });
    undo.push(worker.stop);
    return garages;
  };
  let opened: ReturnType<typeof open> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}
