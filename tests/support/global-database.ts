import type { TestProject } from "vitest/node";
import { acquireTestServer } from "./test-server";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, release } = await acquireTestServer();
  project.provide("databaseServer", adminUrl);
  return release;
}
