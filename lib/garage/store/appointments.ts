import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import type { BookedAppointment, NextAppointment } from "../records";

const BOOKED = `customer_name AS "customerName", service, starts_at AS "startsAt", registration,
  request_ids AS "requestIds", wish AS "bookingKey"`;

/** What was booked in one source, in the order of booking. */
export async function listBooked(orgId: string, source: string): Promise<BookedAppointment[]> {
  const { rows } = await pool().query<BookedAppointment>(
    `SELECT ${BOOKED} FROM appointment WHERE org_id = $1 AND source = $2 ORDER BY created_at, id`,
    [orgId, source],
  );
  return rows;
}

export type AppointmentFacts = {
  readonly orgId: string;
  readonly id: string;
  readonly source: string;
  /** Column `wish`. */
  readonly bookingKey: string;
  readonly requestId: string;
  readonly customerId: string | null;
  readonly customerName: string;
  readonly phone: string | null;
  readonly registration: string | null;
  readonly service: string;
  readonly startsAt: Date;
};

/** Books under a key, or moves and completes what was booked under it; a request that has done so changes nothing. */
export async function saveAppointment(facts: AppointmentFacts): Promise<void> {
  await pool().query(
    `INSERT INTO appointment AS a (org_id, id, source, wish, request_ids, customer_id, customer_name, phone,
                                   registration, service, starts_at)
     VALUES ($1, $2, $3, $4, ARRAY[$5], $6, $7, $8, $9, $10, $11)
     ON CONFLICT (org_id, source, wish) DO UPDATE SET
       request_ids = a.request_ids || excluded.request_ids,
       customer_id = coalesce(excluded.customer_id, a.customer_id),
       customer_name = excluded.customer_name,
       phone = coalesce(excluded.phone, a.phone),
       registration = coalesce(excluded.registration, a.registration),
       starts_at = excluded.starts_at
     WHERE NOT a.request_ids @> excluded.request_ids`,
    [
      facts.orgId,
      facts.id,
      facts.source,
      facts.bookingKey,
      facts.requestId,
      facts.customerId,
      facts.customerName,
      facts.phone,
      facts.registration,
      facts.service,
      facts.startsAt,
    ],
  );
}

/** The customer's first appointment that starts at this moment or later. */
export async function findNextAppointment(
  orgId: string,
  customerId: string,
  from: Date,
): Promise<NextAppointment | undefined> {
  const found = await prisma().appointment.findFirst({
    where: { orgId, customerId, startsAt: { gte: from } },
    select: { service: true, startsAt: true },
    orderBy: { startsAt: "asc" },
  });
  return found ?? undefined;
}
