import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { gateNow } from "@/lib/credits/gate-now";
import { isFrozen } from "@/lib/credits/is-frozen";
import { count, type Limit } from "@/lib/db/limiter";
import { checkPhone } from "@/lib/garage/check-garage";
import { findLine } from "@/lib/garage/directory";
import { isAnyLine } from "@/lib/garage/is-any-line";
import { isSpecialNumber } from "@/lib/garage/is-special-number";
import { isUkNumber } from "@/lib/garage/uk-number";
import { type PhoneStanding, voiceLinesOf } from "@/lib/garage/voice-lines";
import { AppError, isAppError, tooOften } from "@/lib/shared/errors";
import { toE164 } from "@/lib/shared/phone-number";
import { testAssistant } from "./assistant";
import type { OutgoingCalls } from "./call";
import { findTestCall, insertTestCall, keepFailed, keepTaken, latestTestCall } from "./store/test-calls";

export type TestCallInput = {
  readonly orgId: string;
  /** The wish's own id: asked for twice, it rings once. */
  readonly id: string;
  /** The telephone to ring, as it was typed. */
  readonly number: string;
  /** One of the garage's lines as the provider names it; undefined: its first. */
  readonly line?: string | undefined;
};

export type TestCallDto = {
  readonly id: string;
  /** E.164. */
  readonly number: string;
  readonly status: "asked" | "ringing" | "in-progress" | "ended" | "failed";
  readonly at: string;
  /** Of a finished one. */
  readonly durationSeconds: number | null;
};

/** What a customer who rings now would hear; a test call always plays the whole assistant. */
export type CustomersHear = "assistant" | "message-taker";

export type TestCallsDto = {
  readonly latest: TestCallDto | null;
  readonly customersHear: CustomersHear;
  /** The phone line to ring from: it has to be connected. */
  readonly line: PhoneStanding;
};

export type StartedTestCall = { readonly call: TestCallDto; readonly customersHear: CustomersHear };

/** Each costs us, and rings somebody. */
const LIMIT: Limit = { name: "test-call", times: 6, seconds: 3_600 };
const LINE_BUDGET_MS = 2_000;

/**
 * Rings a member's own telephone with the garage's assistant as it is stored now, whatever its credits: it bills nothing, and
 * its tools do nothing. Needs `settings.manage`. Throws invalid_input (`number`), rate_limited after six an hour of a garage,
 * forbidden where support has stopped its AI, conflict without a line, and unavailable where the provider did not take it.
 */
export async function startTestCall(
  ctx: Ctx,
  input: TestCallInput,
  provider: OutgoingCalls,
): Promise<StartedTestCall> {
  const { orgId, id } = input;
  const { userId } = requireMember(ctx.actor, orgId, "settings.manage");
  const number = readNumber(input.number);
  const known = await findTestCall(orgId, id);
  if (!known) {
    if (await isFrozen(asSystem(ctx, "calls"), orgId))
      throw new AppError("forbidden", "Test calls are stopped just now. Please contact Torqueflow support.");
    const line = await lineToRingFrom(orgId, input.line);
    if (line.ownNumbers.has(number))
      refuse("This is one of your garage’s own lines: give another telephone.");
    if (await isAnyLine(number)) refuse("This number can’t be rung for a test: give your own telephone.");
    const seconds = await count(LIMIT, orgId);
    if (seconds > 0) throw tooOften(seconds);
    const isFirst = await insertTestCall({ orgId, id, userId, number, line: line.id, at: ctx.now() });
    if (isFirst) await ring(ctx, { orgId, id, number, lineId: line.id }, provider);
  }
  const stored = await findTestCall(orgId, id);
  if (!stored) throw new Error("a test call is gone that was just kept");
  return { call: toDto(stored), customersHear: await customersHearNow(ctx, orgId) };
}

/** The latest test call of a garage's, what its customers would hear now, and how it stands with a line. Needs `settings.manage`. */
export async function getTestCalls(ctx: Ctx, orgId: string): Promise<TestCallsDto> {
  requireMember(ctx.actor, orgId, "settings.manage");
  const [latest, customersHear, { standing }] = await Promise.all([
    latestTestCall(orgId),
    customersHearNow(ctx, orgId),
    voiceLinesOf(orgId),
  ]);
  return { latest: latest ? toDto(latest) : null, customersHear, line: standing };
}

type Ringing = {
  readonly orgId: string;
  readonly id: string;
  readonly number: string;
  readonly lineId: string;
};

async function ring(
  ctx: Ctx,
  { orgId, id, number, lineId }: Ringing,
  provider: OutgoingCalls,
): Promise<void> {
  try {
    const lookup = await findLine([lineId], LINE_BUDGET_MS);
    if (lookup.kind !== "found")
      throw new AppError("unavailable", "Your phone line cannot be read just now.");
    const assistant = testAssistant(lookup.line, id, ctx.now());
    await keepTaken(orgId, id, await provider.call({ lineId, number, assistant }));
  } catch (error) {
    await keepFailed(orgId, id, isAppError(error) ? error.code : "internal", ctx.now());
    throw error;
  }
}

async function customersHearNow(ctx: Ctx, orgId: string): Promise<CustomersHear> {
  const gate = await gateNow(asSystem(ctx, "calls"), orgId);
  return gate.kind === "allow" ? "assistant" : "message-taker";
}

async function lineToRingFrom(orgId: string, wanted: string | undefined) {
  const { standing, ids, ownNumbers } = await voiceLinesOf(orgId);
  const id = wanted === undefined ? ids[0] : ids.find((one) => one === wanted);
  if (standing === "assigned")
    throw new AppError("conflict", "Your phone line is not connected yet: connect it under Channels.");
  if (id === undefined)
    throw new AppError("conflict", "Your garage has no phone line yet: ask support to set one up.");
  return { id, ownNumbers };
}

function readNumber(typed: string): string {
  const problem = checkPhone(typed);
  const number = toE164(typed.trim());
  if (problem !== undefined || number === undefined) refuse(problem ?? "Enter your own telephone number.");
  if (isSpecialNumber(number))
    refuse("Premium-rate and special numbers can’t be rung: give your own telephone.");
  if (!isUkNumber(number)) refuse("Jersey, Guernsey and the Isle of Man can’t be rung: give a UK telephone.");
  return number;
}

function refuse(message: string): never {
  throw new AppError("invalid_input", message, { field: "number" });
}

const toDto = ({
  id,
  number,
  status,
  createdAt,
  durationSeconds,
}: NonNullable<Awaited<ReturnType<typeof findTestCall>>>): TestCallDto => ({
  id,
  number,
  status,
  at: createdAt.toISOString(),
  durationSeconds,
});
