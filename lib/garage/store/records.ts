import { pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";

export type GarageCustomer = { readonly id: string; readonly name: string; readonly phone: string | null };

export type GarageVehicle = {
  readonly id: string;
  readonly registration: string;
  readonly description: string;
  readonly customer: GarageCustomer;
};

const CUSTOMER = { id: true, name: true, phone: true } as const;

export async function findVehicle(orgId: string, registration: string): Promise<GarageVehicle | undefined> {
  const found = await prisma().vehicle.findFirst({
    where: { orgId, registration },
    select: { id: true, registration: true, description: true, customer: { select: CUSTOMER } },
  });
  return found ?? undefined;
}

/** Customers whose number ends in these digits, however it was written down; the caller of this compares in full. */
export async function findCustomersByDigits(orgId: string, lastDigits: string): Promise<GarageCustomer[]> {
  const { rows } = await pool().query<GarageCustomer>(
    `SELECT id, name, phone FROM customer
     WHERE org_id = $1 AND right(regexp_replace(phone, '\\D', '', 'g'), length($2)) = $2 ORDER BY id LIMIT 20`,
    [orgId, lastDigits],
  );
  return rows;
}

export async function listVehicles(orgId: string, customerId: string) {
  return prisma().vehicle.findMany({
    where: { orgId, customerId },
    select: { id: true, registration: true, description: true },
    orderBy: { registration: "asc" },
    take: 10,
  });
}

/** The newest work order of each of these vehicles. */
export async function listLatestWorkOrders(orgId: string, vehicleIds: readonly string[]) {
  return prisma().workOrder.findMany({
    where: { orgId, vehicleId: { in: [...vehicleIds] } },
    select: { vehicleId: true, title: true, status: true, readyAt: true },
    orderBy: [{ vehicleId: "asc" }, { createdAt: "desc" }],
    distinct: ["vehicleId"],
  });
}

export async function findNextAppointment(orgId: string, customerId: string, after: Date) {
  return prisma().appointment.findFirst({
    where: { orgId, customerId, startsAt: { gte: after } },
    select: { service: true, startsAt: true },
    orderBy: { startsAt: "asc" },
  });
}

export type BookedAppointment = {
  readonly customerName: string;
  readonly service: string;
  readonly startsAt: Date;
};

export async function findAppointment(
  orgId: string,
  sourceKey: string,
): Promise<BookedAppointment | undefined> {
  const found = await prisma().appointment.findFirst({
    where: { orgId, sourceKey },
    select: { customerName: true, service: true, startsAt: true },
  });
  return found ?? undefined;
}

export type NewAppointment = BookedAppointment & {
  readonly orgId: string;
  readonly id: string;
  readonly customerId: string | null;
  readonly phone: string | null;
  readonly registration: string | null;
  readonly sourceKey: string;
};

/** A second booking from the same source is dropped. */
export async function insertAppointment(appointment: NewAppointment): Promise<void> {
  await prisma().appointment.createMany({ data: [appointment], skipDuplicates: true });
}
