import { followClock } from "@/lib/db/database-clock";
import { warmPool } from "@/lib/db/warm-up";
import { warmDirectory } from "@/lib/garage/directory";
import { settingsOrEnd } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";
import { followChanges } from "./follow-changes";

const server = processWide("server", () => ({ started: false }));

/** What a server process needs besides its requests: checked settings, the listener, the clock, known phone numbers. */
export async function startServer(): Promise<void> {
  settingsOrEnd();
  const state = server();
  if (state.started) return;
  state.started = true;
  followChanges();
  await Promise.all([followClock(), warmPool(), warmDirectory()]).catch((error: unknown) =>
    logger().error({ err: error }, "the database could not be reached at start"),
  );
}
