import { warmPool } from "@/lib/db/warm-up";
import { warmDirectory } from "@/lib/garage/directory";
import { env } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";
import { followChanges } from "./follow-changes";

const server = processWide("server", () => ({ started: false }));

/** What a server process needs besides its requests: checked settings, the account listener, known phone numbers. */
export async function startServer(): Promise<void> {
  refuseBadSettings();
  if (server.started) return;
  server.started = true;
  followChanges();
  await Promise.all([warmPool(), warmDirectory()]).catch((error: unknown) =>
    logger().error({ err: error }, "the database could not be reached at start"),
  );
}

/** A server that cannot read its settings must not look alive: it says which ones and ends. */
function refuseBadSettings(): void {
  try {
    env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : "The settings could not be read."}\n`);
    process.exit(1);
  }
}
