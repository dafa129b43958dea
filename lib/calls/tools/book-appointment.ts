import type { Ctx } from "@/lib/auth/context";
import { isOpen, readOpeningHours } from "@/lib/garage/core/opening-hours";
import { findOwnCustomer } from "@/lib/garage/find-own-customer";
import { type BookedAppointment, findAppointment, insertAppointment } from "@/lib/garage/store/records";
import { londonClock, readLondonTime, sayLondonTime } from "@/lib/shared/london-time";
import { toE164 } from "@/lib/shared/phone-number";
import { bookAppointmentInput } from "./definitions";
import { refused, type ToolCaller, type ToolResult, told } from "./tool-result";

const FURTHEST_MS = 366 * 86_400_000;
const DEFAULT_SERVICE = "Appointment";

/** Books once for a tool call's id: delivered again, it gives the first answer. */
export async function bookAppointment(
  ctx: Ctx,
  caller: ToolCaller,
  toolCallId: string,
  args: unknown,
): Promise<ToolResult> {
  const { orgId, callId, callerNumber } = caller;
  const sourceKey = `voice:${callId}:${toolCallId}`;
  const before = await findAppointment(orgId, sourceKey);
  if (before) return confirm(before);
  const input = bookAppointmentInput.safeParse(args);
  if (!input.success)
    return refused("The booking needs the caller's name and a day and time. Ask for what is missing.");
  const { name, service, registration, phone } = input.data;
  const startsAt = readLondonTime(input.data.startsAt);
  if (!startsAt)
    return refused(
      "The day and time could not be understood. Ask again and give both, such as 2026-11-24T10:30.",
    );
  const problem = sanity(startsAt, ctx.now(), caller.hours);
  if (problem) return refused(problem);
  const surname = name.split(/\s+/).at(-1);
  const customer = await findOwnCustomer(ctx, orgId, { callerNumber, registration, surname });
  await insertAppointment({
    orgId,
    id: ctx.newId(),
    customerId: customer?.id ?? null,
    customerName: name,
    phone: toE164(phone) ?? callerNumber ?? null,
    registration: registration ?? null,
    service: service ?? DEFAULT_SERVICE,
    startsAt,
    sourceKey,
  });
  const booked = await findAppointment(orgId, sourceKey);
  return booked ? confirm(booked) : refused("The booking could not be made. Offer a call back.");
}

const confirm = ({ customerName, service, startsAt }: BookedAppointment): ToolResult =>
  told(`Booked: ${service} on ${sayLondonTime(startsAt)}, in the name of ${customerName}.`);

/** Why an appointment cannot start then, in words for the caller. */
function sanity(startsAt: Date, now: Date, hours: string | undefined): string | undefined {
  if (startsAt <= now) return "That time has already passed. Ask for a day and time in the future.";
  if (startsAt.getTime() - now.getTime() > FURTHEST_MS)
    return "That is more than a year away. Ask for an earlier day.";
  const { day, minute } = londonClock(startsAt);
  if (isOpen(readOpeningHours(hours), day, minute)) return undefined;
  return `The garage is closed on ${sayLondonTime(startsAt)}. ${hours ? `It is open ${hours}.` : "It is open Monday to Saturday, 8 to 6."} Ask for another time.`;
}
