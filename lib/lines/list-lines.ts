import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { lastCallAt } from "@/lib/calls/last-call";
import type { LineKey, OwnedLine } from "@/lib/garage/line";
import { linesOf } from "@/lib/garage/own-lines";
import { type LineTraffic, trafficOf } from "@/lib/inbox/line-traffic";
import { AppError } from "@/lib/shared/errors";
import { toE164 } from "@/lib/shared/phone-number";
import { detailsOf, type LineDetail } from "./core/line-details";
import { type LineProblem, problemsOf } from "./core/line-problems";
import { storedReading } from "./reading-shape";
import { listReadings, type StoredReading } from "./store/readings";
import { listLatestTests, type StoredTest } from "./store/tests";

export type LineDto = LineKey & {
  /** As people read it; null where nobody has said it yet. */
  readonly number: string | null;
  /** The provider's own id beside the number. */
  readonly providerId: string | null;
  /** Assigned: support has given it to the garage, which has not connected it. */
  readonly state: "assigned" | "connected";
  readonly connectedAt: string | null;
  /** The last signed delivery for it, to the minute. */
  readonly reachedAt: string | null;
  readonly lastInAt: string | null;
  readonly lastOutAt: string | null;
  /** What the provider says. */
  readonly details: readonly LineDetail[];
  readonly problems: readonly LineProblem[];
  /** When the provider last answered; null: never. */
  readonly checkedAt: string | null;
  /** Since when it has not answered; null where it does. */
  readonly failingSince: string | null;
  readonly lastTest: {
    readonly to: string;
    readonly at: string;
    readonly failure: string | null;
  } | null;
};

export type LinesDto = { readonly lines: readonly LineDto[] };

/** A garage's lines as they stood when their providers were last asked. Needs `settings.manage`. */
export async function listLines(ctx: Ctx, orgId: string): Promise<LinesDto> {
  requireMember(ctx.actor, orgId, "settings.manage");
  const system = asSystem(ctx, "lines");
  const [lines, readings, tests] = await Promise.all([
    linesOf(system, orgId),
    listReadings(orgId),
    listLatestTests(orgId),
  ]);
  return {
    lines: await Promise.all(
      lines.map(async (line) =>
        toDto(line, {
          reading: readings.find((one) => isSame(one, line)),
          test: tests.find((one) => isSame(one, line)),
          traffic: await trafficOn(system, line),
          isOnly: lines.filter(({ channel }) => channel === line.channel).length === 1,
        }),
      ),
    ),
  };
}

/** One of a garage's lines. Throws not_found where it is not theirs. Needs `settings.manage`. */
export async function getLine(ctx: Ctx, orgId: string, key: LineKey): Promise<LineDto> {
  const { lines } = await listLines(ctx, orgId);
  const line = lines.find((one) => isSame(one, key));
  if (!line) throw notTheirs();
  return line;
}

/** The line itself. Throws not_found where it is not the garage's. */
export async function ownLine(ctx: Ctx, orgId: string, key: LineKey): Promise<OwnedLine> {
  const lines = await linesOf(asSystem(ctx, "lines"), orgId);
  const line = lines.find((one) => isSame(one, key));
  if (!line) throw notTheirs();
  return line;
}

export const notTheirs = (): AppError =>
  new AppError("not_found", "Your garage has no such number any more. Reload the page.");

const isSame = (one: LineKey, other: LineKey): boolean =>
  one.channel === other.channel && one.identity === other.identity;

/** Calls do not say by which of a garage's numbers they came. */
async function trafficOn(system: Ctx, { orgId, channel, identity }: OwnedLine): Promise<LineTraffic> {
  if (channel === "voice") return { lastInAt: await lastCallAt(system, orgId), lastOutAt: null };
  return trafficOf(system, orgId, channel, identity);
}

type Known = {
  readonly reading: StoredReading | undefined;
  readonly test: StoredTest | undefined;
  readonly traffic: LineTraffic;
  /** The garage's one line of its channel. */
  readonly isOnly: boolean;
};

function toDto(line: OwnedLine, { reading: stored, test, traffic, isOnly }: Known): LineDto {
  const { channel, identity, connectedAt, reachedAt } = line;
  const reading = storedReading(stored?.reading);
  const connected = connectedAt !== null;
  // What came before deliveries were noted came by this line, unless calls had several to come by.
  const reached = reachedAt ?? (channel !== "voice" || isOnly ? traffic.lastInAt : null);
  return {
    channel,
    identity,
    providerId: line.providerId,
    number: line.number ?? (reading?.exists ? asE164(reading.number) : null),
    state: connected ? "connected" : "assigned",
    connectedAt: iso(connectedAt),
    reachedAt: iso(reached),
    lastInAt: iso(traffic.lastInAt),
    lastOutAt: iso(traffic.lastOutAt),
    details: detailsOf(reading),
    problems: problemsOf({
      ...{ channel, connected, reading },
      reached: reached !== null,
      failure: stored?.failure ?? null,
    }),
    checkedAt: iso(stored?.readAt ?? null),
    failingSince: iso(stored?.failingSince ?? null),
    lastTest: test ? { to: test.recipient, at: test.at.toISOString(), failure: test.failure } : null,
  };
}

/** A provider may write a number in groups. */
const asE164 = (number: string | null): string | null => toE164(number ?? undefined) ?? number;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
