import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";

/** A call as the log and the ledger hold it. */
export type GivenCall = {
  readonly at: Date;
  readonly answer?: "full" | "credit-exhaustion" | "trial-cap" | "fallback";
  readonly level?: 0 | 1 | 2;
  readonly seconds?: number | null;
  readonly status?: "ringing" | "in-progress" | "forwarding" | "ended";
  readonly endedReason?: string;
  readonly callerNumber?: string | null;
  readonly callerName?: string;
  readonly summary?: string;
  readonly transcript?: string;
  /** Rung back or not; absent: nobody asked for it. */
  readonly callBack?: { readonly phone?: string | null; readonly name?: string; readonly reason?: string };
};

type SavedCall = { readonly id: string; readonly providerCallId: string; readonly callBackId: string };

/** Writes calls into the log, as they would stand there after their reports. */
export async function saveCallRows(orgId: string, calls: readonly GivenCall[]): Promise<SavedCall[]> {
  const given = calls.map((call) => ({ call, id: newId(), ref: newId(), callBackId: newId() }));
  await prisma().voiceCall.createMany({
    data: given.map(({ call, id, ref }) => ({
      ...{ orgId, id, providerCallId: ref, status: call.status ?? "ended" },
      ...{ createdAt: call.at, startedAt: call.at, reportedAt: call.at },
      durationSeconds: call.seconds === undefined ? 60 : call.seconds,
      callerNumber: call.callerNumber === undefined ? "+447700900123" : call.callerNumber,
      callerName: call.callerName ?? null,
      endedReason: call.endedReason ?? "customer-ended-call",
      summary: call.summary ?? null,
      transcript: call.transcript ?? null,
    })),
  });
  await prisma().interaction.createMany({
    data: given.map(({ call: { at, answer = "full", level = 0 }, ref }) => {
      const isDegraded = answer === "credit-exhaustion" || answer === "trial-cap";
      return {
        ...{ orgId, channel: "voice" as const, providerRef: ref, startedAt: at },
        mode: isDegraded ? ("degraded" as const) : ("full" as const),
        level: isDegraded ? 3 : level,
        reason: isDegraded ? answer : null,
        billable: answer === "full",
        isFallback: answer === "fallback",
      };
    }),
  });
  await prisma().callBack.createMany({
    data: given.flatMap(({ call: { at, callBack }, ref, callBackId }) =>
      callBack
        ? [
            {
              orgId,
              id: callBackId,
              providerCallId: ref,
              source: "structured_data",
              createdAt: at,
              ...callBack,
            },
          ]
        : [],
    ),
  });
  return given.map(({ id, ref, callBackId }) => ({ id, providerCallId: ref, callBackId }));
}
