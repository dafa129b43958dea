import type { Ctx } from "@/lib/auth/context";
import { type BookingOutcome, bookAppointment } from "@/lib/garage/book-appointment";
import { findOwnCustomer } from "@/lib/garage/find-own-customer";
import { type GarageHours, garageOpensNext, isGarageOpen, sayGarageHours } from "@/lib/garage/garage-hours";
import type { NextAppointment } from "@/lib/garage/records";
import { readLondonTime, sayLondonTime } from "@/lib/shared/london-time";
import { toE164 } from "@/lib/shared/phone-number";
import { bookAppointmentInput } from "./definitions";
import { refused, type ToolCaller, type ToolResult, told } from "./tool-result";

const FURTHEST_MS = 366 * 86_400_000;
const DEFAULT_SERVICE = "Appointment";

/**
 * Books for the caller: once for the same service and vehicle in a call, however often it is asked for; another time moves
 * it, and the answer names whatever else this call has booked.
 */
export async function bookForCaller(
  ctx: Ctx,
  caller: ToolCaller,
  toolCallId: string,
  args: unknown,
): Promise<ToolResult> {
  const { orgId, callId, callerNumber } = caller;
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
  const outcome = await bookAppointment(ctx, {
    orgId,
    source: `voice:${callId}`,
    requestId: toolCallId,
    customerId: customer?.id ?? null,
    customerName: name,
    phone: toE164(phone) ?? callerNumber ?? null,
    registration: registration ?? null,
    service: service ?? DEFAULT_SERVICE,
    startsAt,
  });
  return say(outcome);
}

function say(outcome: BookingOutcome): ToolResult {
  if (outcome.kind === "too-many")
    return refused("Too much has been booked on this call. Offer a call back for the rest.");
  const { appointment, movedFrom, others } = outcome;
  const { service, startsAt, customerName } = appointment;
  const what =
    movedFrom === undefined
      ? `Booked: ${when({ service, startsAt })}`
      : `Moved: ${service} from ${sayLondonTime(movedFrom)} to ${sayLondonTime(startsAt)}`;
  const also = others.length > 0 ? ` Also booked on this call: ${others.map(when).join("; ")}.` : "";
  return told(`${what}, in the name of ${customerName}.${also}`);
}

const when = ({ service, startsAt }: NextAppointment): string => `${service} on ${sayLondonTime(startsAt)}`;

/** Why an appointment cannot start then, in words for the caller. */
function sanity(startsAt: Date, now: Date, hours: GarageHours): string | undefined {
  if (startsAt <= now) return "That time has already passed. Ask for a day and time in the future.";
  if (startsAt.getTime() - now.getTime() > FURTHEST_MS)
    return "That is more than a year away. Ask for an earlier day.";
  if (isGarageOpen(hours, startsAt)) return undefined;
  const open = sayGarageHours(hours, now, "Monday to Saturday, 8 to 6");
  const next = garageOpensNext(hours, startsAt);
  return [
    `The garage is closed on ${sayLondonTime(startsAt)}. Its hours: ${open}.`,
    ...(next ? [`It next opens on ${sayLondonTime(next)}.`] : []),
    "Ask for another time.",
  ].join(" ");
}
