import { type Ctx, requireSystem } from "@/lib/auth/context";
import { bookingKeyOf, findBooked } from "./core/find-booked";
import type { BookedAppointment } from "./records";
import { listBooked, saveAppointment } from "./store/appointments";

export type Booking = {
  readonly orgId: string;
  /** What it is booked in, such as `voice:<call id>`: the same service and vehicle are one appointment there. */
  readonly source: string;
  /** The request's own id: delivered again, it changes nothing. */
  readonly requestId: string;
  readonly customerId: string | null;
  readonly customerName: string;
  readonly phone: string | null;
  readonly registration: string | null;
  readonly service: string;
  readonly startsAt: Date;
};

export type BookingOutcome =
  | {
      readonly kind: "booked";
      readonly appointment: BookedAppointment;
      /** When it was to start before; undefined where its time has not changed. */
      readonly movedFrom: Date | undefined;
      /** What else was booked in the same source. */
      readonly others: readonly BookedAppointment[];
    }
  /** The source has booked as many as it may. */
  | { readonly kind: "too-many" };

/** A family has no more cars than this, so a call books no more appointments. */
const MAX_BOOKED = 5;

/**
 * Books an appointment: once in a source for the same service and vehicle. Asked for again it is the same appointment, and
 * another time moves it.
 * For the system only.
 */
export async function bookAppointment(ctx: Ctx, booking: Booking): Promise<BookingOutcome> {
  requireSystem(ctx.actor);
  const { orgId, source, requestId } = booking;
  const before = await listBooked(orgId, source);
  const repeated = before.find(({ requestIds }) => requestIds.includes(requestId));
  const same = repeated ?? findBooked(before, booking);
  if (!same && before.length >= MAX_BOOKED) return { kind: "too-many" };
  const bookingKey = same?.bookingKey ?? bookingKeyOf(booking);
  if (!repeated) await saveAppointment({ ...booking, id: ctx.newId(), bookingKey });
  const after = await listBooked(orgId, source);
  const appointment = after.find((one) => one.bookingKey === bookingKey);
  if (!appointment) throw new Error("an appointment is gone that was just booked");
  const moved = same !== undefined && same.startsAt.getTime() !== appointment.startsAt.getTime();
  return {
    kind: "booked",
    appointment,
    movedFrom: moved ? same.startsAt : undefined,
    others: after.filter((one) => one !== appointment),
  };
}
