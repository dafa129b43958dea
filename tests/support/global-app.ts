import type { TestProject } from "vitest/node";
import { ensureBuild, holdBuild } from "@/scripts/lib/build.mjs";
import { loadTestEnvironment } from "@/scripts/lib/environment.mjs";
import { createLog } from "@/scripts/lib/log.mjs";
import type { SharedApp } from "./app";
import { createTestDatabase } from "./database";
import { startLane, type Undo, undoAll } from "./lane";
import { acquireTestServer } from "./test-server";

async function startAll(project: TestProject, undo: Undo[]): Promise<void> {
  const { adminUrl, release } = await acquireTestServer();
  undo.push(release);
  project.provide("databaseServer", adminUrl);
  await ensureBuild(loadTestEnvironment(), createLog());
  undo.push(holdBuild("`npm test`"));
  const lanes: SharedApp[] = [];
  while (lanes.length < project.config.maxWorkers) {
    const { url } = await createTestDatabase({ seeded: true, serverUrl: adminUrl });
    lanes.push(await startLane(url, undo));
  }
  project.provide("lanes", lanes);
}

/** A failed start is told by each test file, so that the other projects still run and count. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const undo: Undo[] = [];
  try {
    await startAll(project, undo);
  } catch (error) {
    project.provide("lanes", { failure: String(error) });
  }
  return () => undoAll(undo);
}
