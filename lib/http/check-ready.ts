import { AppError } from "@/lib/shared/errors";
import { within } from "@/lib/shared/within";
import { pingDatabase } from "./store/ping-database";

const PING_BUDGET_MS = 1_000;

/** Throws unavailable unless the database answers within a second. */
export async function checkReady(): Promise<void> {
  const ping = await within(PING_BUDGET_MS, pingDatabase);
  if (ping.kind !== "done")
    throw new AppError("unavailable", "The database does not answer.", { cause: ping.error });
}
