import { asSystem, type Ctx } from "@/lib/auth/context";
import type { OwnedLine } from "@/lib/garage/line";
import { nameLine } from "@/lib/garage/own-lines";
import type { LineAnswer } from "./core/reading";
import type { LineProviders } from "./provider";
import { listReadings, saveAnswer } from "./store/readings";

/** Asks how a line stands and keeps the answer, unless one was asked for within `freshMs`. */
export async function askLine(
  ctx: Ctx,
  providers: LineProviders,
  line: OwnedLine,
  freshMs: number,
): Promise<void> {
  const { orgId, channel, identity } = line;
  const readings = await listReadings(orgId);
  const known = readings.find((one) => one.channel === channel && one.identity === identity);
  // A clock that was put back makes nothing fresh for ever.
  const ageMs = known ? ctx.now().getTime() - known.askedAt.getTime() : Number.POSITIVE_INFINITY;
  if (ageMs >= 0 && ageMs < freshMs) return;
  const askedAt = ctx.now();
  await keepAnswer(ctx, line, askedAt, await providers[channel].read(line));
}

/** Keeps what a provider said of a line, and what it calls it where support has not said so. */
export async function keepAnswer(
  ctx: Ctx,
  line: OwnedLine,
  askedAt: Date,
  answer: LineAnswer,
): Promise<void> {
  const kept = answer.kind === "read" ? { reading: answer.reading } : { failure: answer.kind };
  await saveAnswer(line.orgId, line, askedAt, kept);
  const id = answer.kind === "read" ? answer.providerId : undefined;
  if (id === undefined || line.providerId !== null || id === line.identity) return;
  await nameLine(asSystem(ctx, "lines"), line, id);
}
