import { addDays } from "date-fns";
import { prisma } from "@/lib/db/prisma";
import { londonMoment } from "@/lib/shared/london-time";
import { demoId } from "./names";
import type { OrganisationProfile } from "./profile";

/** Ten customers, of whom each garage has six: name, registration, car. */
const PEOPLE = [
  ["Janet Whitfield", "YK18 FHD", "Ford Fiesta 1.0 EcoBoost, 2018, blue"],
  ["Mohammed Khan", "YJ66 RTO", "Volkswagen Golf 1.6 TDI, 2016, grey"],
  ["Claire Bannister", "NX20 LVE", "Vauxhall Corsa 1.2, 2020, white"],
  ["Peter Oldroyd", "FD13 KWM", "Land Rover Freelander 2, 2013, green"],
  ["Aisha Begum", "YE71 ZPN", "Toyota Yaris Hybrid, 2021, red"],
  ["David Llewellyn", "CV65 HXA", "Nissan Qashqai 1.5 dCi, 2015, black"],
  ["Sophie Marsden", "NL19 UGB", "Mini Cooper 1.5, 2019, yellow"],
  ["Kevin Thackray", "YF12 OSE", "Ford Transit Custom, 2012, white"],
  ["Agnieszka Nowak", "MT17 DWC", "Skoda Octavia 1.4 TSI, 2017, silver"],
  ["Brian Ogilvie", "SN70 EYP", "Kia Sportage 1.6, 2020, blue"],
] as const;

const PER_GARAGE = 6;

/** By customer: in how many days from the demo's day the MOT is due. Soon, past, far, and not known. */
const MOT_DUE_IN_DAYS = [12, -9, 201, 88, null, 340] as const;

/** By customer: what the workshop has in hand, and the day by which it is ready, counted from the demo's day. */
const JOBS = [
  { title: "Front brake discs and pads", status: "in_progress", ready: { day: 0, hour: 16 } },
  { title: "Clutch replacement", status: "waiting_parts", ready: null },
  { title: "MOT and interim service", status: "ready", ready: { day: -1, hour: 15 } },
  { title: "Annual full service", status: "booked", ready: null },
  { title: "Two front tyres and alignment", status: "collected", ready: { day: -4, hour: 11 } },
] as const;

/** By customer, counted from the last: what is booked. */
const BOOKINGS = [
  { service: "MOT", day: 1, hour: 9 },
  { service: "Full service", day: 2, hour: 8 },
  { service: "Diagnostic check: engine warning light", day: 4, hour: 14 },
] as const;

export type DemoCustomer = {
  readonly id: string;
  readonly name: string;
  /** E.164, from the range which Ofcom keeps for drama: it rings nowhere. */
  readonly phone: string;
  readonly email: string;
  readonly registration: string;
  readonly description: string;
};

export function customersOf({ slug, n }: OrganisationProfile): DemoCustomer[] {
  return Array.from({ length: PER_GARAGE }, (_, index) => {
    const [name, registration, description] = PEOPLE[(n * 3 + index) % PEOPLE.length] ?? PEOPLE[0];
    return {
      id: demoId(`customer:${slug}:${index}`),
      name,
      phone: `+447700900${String((n * 10 + index) % 1_000).padStart(3, "0")}`,
      email: `${name.toLowerCase().replace(" ", ".")}@example.com`,
      registration: registration.replace(" ", ""),
      description,
    };
  });
}

/** Customers with their vehicles, the workshop's jobs and the next appointments; what is there already stays. */
export async function saveRecords(profile: OrganisationProfile, day: string): Promise<void> {
  const { id: orgId, slug } = profile;
  const customers = customersOf(profile);
  const createdAt = londonMoment(day, -60, 10);
  const vehicleId = (index: number) => demoId(`vehicle:${slug}:${index}`);
  await prisma().customer.createMany({
    data: customers.map(({ id, name, phone, email }) => ({ orgId, id, name, phone, email, createdAt })),
    skipDuplicates: true,
  });
  await prisma().vehicle.createMany({
    data: customers.map(({ id, registration, description }, index) => ({
      orgId,
      id: vehicleId(index),
      customerId: id,
      registration,
      description,
      motDue: motDueOf(index, day),
    })),
    skipDuplicates: true,
  });
  await prisma().workOrder.createMany({
    data: JOBS.map(({ title, status, ready }, index) => ({
      orgId,
      id: demoId(`work-order:${slug}:${index}`),
      vehicleId: vehicleId(index),
      title,
      status,
      readyAt: ready && londonMoment(day, ready.day, ready.hour),
      createdAt: londonMoment(day, -5 + index, 8, 30),
    })),
    skipDuplicates: true,
  });
  await prisma().appointment.createMany({ data: bookings(profile, customers, day), skipDuplicates: true });
}

function motDueOf(index: number, day: string): Date | null {
  const days = MOT_DUE_IN_DAYS[index % MOT_DUE_IN_DAYS.length] ?? null;
  return days === null ? null : addDays(new Date(day), days);
}

function bookings({ id: orgId, slug }: OrganisationProfile, customers: readonly DemoCustomer[], day: string) {
  return BOOKINGS.flatMap(({ service, day: offset, hour }, index) => {
    const customer = customers[customers.length - 1 - index];
    if (!customer) return [];
    const booking = {
      orgId,
      id: demoId(`appointment:${slug}:${index}`),
      customerId: customer.id,
      customerName: customer.name,
      phone: customer.phone,
      registration: customer.registration,
      service,
      startsAt: londonMoment(day, offset, hour),
      source: `seed:${index + 1}`,
      createdAt: londonMoment(day, -2, 12),
    };
    return [booking];
  });
}
