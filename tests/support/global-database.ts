import type { TestProject } from "vitest/node";
import { bundleProcesses } from "@/scripts/lib/bundle.mjs";
import { acquireTestServer } from "./test-server";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await bundleProcesses();
  const { adminUrl, release } = await acquireTestServer();
  project.provide("databaseServer", adminUrl);
  return release;
}
