import { afterAll } from "vitest";
import { appInstead, type SharedApp } from "./app";
import { cloneDatabase } from "./database";
import { startLane, type Undo, undoAll } from "./lane";

/**
 * Application, worker, providers and a database of the file's own, empty or with the demo's data, so that it may move the
 * clock or change what all garages share: `sharedApp` gives them from here on. Call it at the top of a file in tests/e2e,
 * before what asks for `sharedApp`.
 */
export async function startOwnApp(options: { seeded?: boolean } = {}): Promise<SharedApp> {
  const undo: Undo[] = [];
  afterAll(() => undoAll(undo));
  const { url } = await cloneDatabase(options);
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
