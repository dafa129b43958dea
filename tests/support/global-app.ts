import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { ensureBuild, holdBuild } from "@/scripts/lib/build.mjs";
import { dataDir, loadTestEnvironment } from "@/scripts/lib/environment.mjs";
import { createLog } from "@/scripts/lib/log.mjs";
import type { Lanes, SharedApp } from "./app";
import { createTestDatabase } from "./database";
import { startLane, type Undo, undoAll } from "./lane";
import { acquireTestServer } from "./test-server";

async function startLanes(count: number, serverUrl: string, undo: Undo[]): Promise<SharedApp[]> {
  await ensureBuild(loadTestEnvironment(), createLog());
  undo.push(holdBuild("`npm test`"));
  const lanes: SharedApp[] = [];
  while (lanes.length < count) {
    const { url } = await createTestDatabase({ seeded: true, serverUrl });
    lanes.push(await startLane(url, undo));
  }
  return lanes;
}

/** Whoever waits for the file finds the whole of it. */
function tell(file: string, lanes: Lanes): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.draft`, JSON.stringify(lanes));
  renameSync(`${file}.draft`, file);
}

/**
 * Builds and starts the applications while the tests that need none run: `setup-app` waits for them. A failed start is
 * told by each test file, so that the other projects still run and count.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const undo: Undo[] = [];
  const file = path.join(dataDir, `lanes-${process.pid}.json`);
  project.provide("lanesFile", file);
  const fail = (error: unknown) => tell(file, { failure: String(error) });
  let started = Promise.resolve();
  try {
    const { adminUrl, release } = await acquireTestServer();
    undo.push(release);
    project.provide("databaseServer", adminUrl);
    started = startLanes(project.config.maxWorkers, adminUrl, undo).then((lanes) => tell(file, lanes), fail);
  } catch (error) {
    fail(error);
  }
  return async () => {
    await started;
    await undoAll(undo);
    rmSync(file, { force: true });
  };
}
