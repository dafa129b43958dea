import { afterAll } from "vitest";
import { appInstead, type SharedApp } from "./app";
import { cloneDatabase } from "./database";
import { startLane, type Undo, undoAll } from "./lane";

/**
 * Application, worker, providers and an empty database of the file's own, so that it may move the clock: `sharedApp` gives
 * them from here on. Call it at the top of a file in tests/e2e, before what asks for `sharedApp`.
 */
export async function startOwnApp(): Promise<SharedApp> {
  const undo: Undo[] = [];
  afterAll(() => undoAll(undo));
  const { url } = await cloneDatabase();
  try {
    const app = await startLane(url, undo);
    process.env.APP_URL = app.url;
    appInstead(app);
    return app;
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}
