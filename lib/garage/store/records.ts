import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import type { GarageCustomer, VehicleInHand } from "../records";

/** The customer who owns the vehicle of this registration (upper case, no spaces). */
export async function findOwner(orgId: string, registration: string): Promise<GarageCustomer | undefined> {
  const found = await prisma().vehicle.findFirst({
    where: { orgId, registration },
    select: { customer: { select: { id: true, name: true, phone: true } } },
  });
  return found?.customer;
}

/** Who owns the vehicles whose registration begins so (upper case, no spaces), by registration, so many at most. */
export async function findOwners(orgId: string, beginning: string, most: number): Promise<GarageCustomer[]> {
  const found = await prisma().vehicle.findMany({
    where: { orgId, registration: { gte: beginning, lt: `${beginning}\u{10ffff}` } },
    orderBy: { registration: "asc" },
    take: most,
    select: { customer: { select: { id: true, name: true, phone: true } } },
  });
  return found.map(({ customer }) => customer);
}

/** Customers whose number ends in any of these seven digits however it is written; who asks compares it in full. */
export async function findCustomersByDigits(
  orgId: string,
  lastDigits: readonly string[],
): Promise<GarageCustomer[]> {
  const { rows } = await pool().query<GarageCustomer>(
    `SELECT id, name, phone FROM customer
     WHERE org_id = $1 AND right(regexp_replace(phone, '\\D', '', 'g'), 7) = ANY ($2::text[])`,
    [orgId, lastDigits],
  );
  return rows;
}

/** Customers with a number in whose name all words of a text stand, the last of them as a beginning; so many at most. */
export async function findCustomersByName(
  orgId: string,
  text: string,
  most: number,
): Promise<GarageCustomer[]> {
  const { rows } = await pool().query<GarageCustomer>(
    `SELECT c.id, c.name, c.phone FROM customer AS c
     WHERE c.org_id = $1 AND c.phone IS NOT NULL AND customer_words(c.org_id, c.name) @@ (
       SELECT (quote_literal('org:' || $1::uuid) || string_agg(
         ' & ' || quote_literal(left(word, 64)) || CASE WHEN nth = cardinality(words) THEN ':*' ELSE '' END, ''))::tsquery
       FROM search_words($2) AS words, unnest(words) WITH ORDINALITY AS typed (word, nth))
     ORDER BY c.name, c.id LIMIT $3`,
    [orgId, text, most],
  );
  return rows;
}

/** Ten vehicles of a customer by registration, or the one of this registration, with the newest work order of each. */
export async function listVehicles(
  orgId: string,
  customerId: string,
  registration?: string,
): Promise<VehicleInHand[]> {
  type Row = Omit<VehicleInHand, "work"> & {
    title: string | null;
    status: string | null;
    readyAt: Date | null;
  };
  const { rows } = await pool().query<Row>(
    `SELECT v.registration, v.description, work.title, work.status, work.ready_at AS "readyAt"
     FROM vehicle AS v
     LEFT JOIN LATERAL (
       SELECT title, status, ready_at FROM work_order AS w
       WHERE w.org_id = v.org_id AND w.vehicle_id = v.id ORDER BY created_at DESC LIMIT 1
     ) AS work ON true
     WHERE v.org_id = $1 AND v.customer_id = $2 AND ($3::text IS NULL OR v.registration = $3)
     ORDER BY v.registration LIMIT 10`,
    [orgId, customerId, registration],
  );
  return rows.map(({ title, status, readyAt, ...vehicle }) => ({
    ...vehicle,
    work: title === null || status === null ? null : { title, status, readyAt },
  }));
}
