import { pool } from "@/lib/db/pool";
import type { CustomerRecord, WorkOrder } from "../records";

/** As PostgreSQL writes it into JSON. */
type InJson<T> = { readonly [K in keyof T]: T[K] extends Date | null ? string | null : T[K] };
type Vehicle = CustomerRecord["vehicles"][number];

type Row = Omit<CustomerRecord, "vehicles" | "nextAppointment"> & {
  readonly vehicles: readonly (Omit<Vehicle, "openWorkOrders"> & {
    readonly openWorkOrders: readonly InJson<WorkOrder>[];
  })[];
  readonly nextAppointment: {
    readonly startsAt: string;
    readonly service: string;
    readonly registration: string | null;
  } | null;
};

const OPEN_WORK = `SELECT coalesce(json_agg(json_build_object('title', w.title, 'status', w.status, 'readyAt', w.ready_at)
    ORDER BY w.created_at DESC, w.id), '[]')
  FROM (SELECT * FROM work_order AS o WHERE o.org_id = v.org_id AND o.vehicle_id = v.id AND o.status <> 'collected'
        ORDER BY o.created_at DESC, o.id LIMIT 5) AS w`;

const VEHICLES = `SELECT coalesce(json_agg(json_build_object('registration', v.registration, 'description', v.description,
    'motDue', v.mot_due, 'openWorkOrders', (${OPEN_WORK})) ORDER BY v.registration), '[]')
  FROM (SELECT * FROM vehicle AS o WHERE o.org_id = c.org_id AND o.customer_id = c.id ORDER BY o.registration LIMIT 10) AS v`;

const NEXT = `SELECT json_build_object('startsAt', a.starts_at, 'service', a.service, 'registration', a.registration)
  FROM appointment AS a WHERE a.org_id = c.org_id AND a.customer_id = c.id AND a.starts_at >= $3 ORDER BY a.starts_at LIMIT 1`;

/**
 * The records of customers whose number ends in any of these seven digits however it is written, as they are at `now`; who asks
 * compares it in full.
 */
export async function findRecordsByDigits(
  orgId: string,
  lastDigits: readonly string[],
  now: Date,
): Promise<CustomerRecord[]> {
  const { rows } = await pool().query<Row>(
    `SELECT c.id, c.name, c.phone, c.email, (${VEHICLES}) AS vehicles, (${NEXT}) AS "nextAppointment"
     FROM customer AS c WHERE c.org_id = $1 AND right(regexp_replace(c.phone, '\\D', '', 'g'), 7) = ANY ($2::text[])`,
    [orgId, lastDigits, now],
  );
  return rows.map(toRecord);
}

const toRecord = ({ vehicles, nextAppointment, ...customer }: Row): CustomerRecord => ({
  ...customer,
  vehicles: vehicles.map(({ openWorkOrders, ...vehicle }) => ({
    ...vehicle,
    openWorkOrders: openWorkOrders.map(({ readyAt, ...work }) => ({
      ...work,
      readyAt: readyAt === null ? null : new Date(readyAt),
    })),
  })),
  nextAppointment: nextAppointment && {
    ...nextAppointment,
    startsAt: new Date(nextAppointment.startsAt),
  },
});
