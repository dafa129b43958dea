import { prisma } from "@/lib/db/prisma";
import { inTransaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/queue/enqueue";
import { londonDay, londonMoment, plusDays } from "@/lib/shared/london-time";
import type { DemoOrganisation } from "../organisations";
import { storiesOf } from "./stories-of";
import { timeOf } from "./story";
import { contactRow, conversationRow, eventRows, idIn, messageRows, readRows, type Told } from "./story-rows";

const PHONES_FROM = 300;
const PHONES_PER_GARAGE = 40;

/** The conversations that show each state of the inbox, with what the garage knows of who writes. Safe to run again. */
export async function saveStories(org: DemoOrganisation, moment: Date): Promise<void> {
  const all = storiesOf(org, moment).map((story, nth): Told => {
    const number = PHONES_FROM + (org.n - 1) * PHONES_PER_GARAGE + nth;
    return { org, story, moment, phone: `+447700900${number}` };
  });
  if (all.length === 0) return;
  await saveStoryRecords(all);
  const skipDuplicates = true;
  const conversations = all.map(conversationRow);
  await prisma().contact.createMany({ data: all.map(contactRow), skipDuplicates });
  await prisma().consentRecord.createMany({ data: all.flatMap(consentRows), skipDuplicates });
  await prisma().conversation.createMany({ data: conversations, skipDuplicates });
  await prisma().message.createMany({ data: all.flatMap(messageRows), skipDuplicates });
  await prisma().conversationEvent.createMany({ data: all.flatMap(eventRows), skipDuplicates });
  await prisma().conversationRead.createMany({ data: all.flatMap(readRows), skipDuplicates });
  await inTransaction(async (tx) => {
    for (const { id, snoozedUntil } of conversations)
      if (snoozedUntil)
        await enqueue(
          tx,
          "wake-conversation",
          { orgId: org.id, conversationId: id },
          { runAt: snoozedUntil },
        );
  });
}

const consentRows = (told: Told) =>
  told.story.optedOutAgo === undefined
    ? []
    : [
        {
          orgId: told.org.id,
          id: idIn(told, "consent"),
          contactId: idIn(told, "contact"),
          kind: "opt_out",
          source: "STOP",
          at: timeOf(told.moment, told.story.optedOutAgo),
        },
      ];

const NEW_CUSTOMER_DAYS = 200;

async function saveStoryRecords(all: readonly Told[]): Promise<void> {
  const known = all.flatMap((told) => {
    const { org, story, phone, moment } = told;
    if (!story.record) return [];
    const ids = { orgId: org.id, customerId: idIn(told, "customer"), vehicleId: idIn(told, "vehicle") };
    return [{ told, ...ids, phone, moment, day: londonDay(moment), record: story.record }];
  });
  const skipDuplicates = true;
  await prisma().customer.createMany({
    data: known.map(({ orgId, customerId, phone, day, record: { name } }) => ({
      orgId,
      id: customerId,
      name,
      phone,
      createdAt: londonMoment(day, -NEW_CUSTOMER_DAYS, 10),
    })),
    skipDuplicates,
  });
  await prisma().vehicle.createMany({
    data: known.map(({ orgId, customerId, vehicleId, day, record }) => ({
      ...{ orgId, id: vehicleId, customerId, registration: record.registration },
      description: record.description,
      motDue: new Date(plusDays(day, record.motInDays)),
    })),
    skipDuplicates,
  });
  await prisma().workOrder.createMany({
    data: known.flatMap(({ told, orgId, vehicleId, moment, day, record: { job } }) =>
      job
        ? [
            {
              ...{ orgId, id: idIn(told, "job"), vehicleId, ...job },
              readyAt: job.status === "ready" ? moment : null,
              createdAt: londonMoment(day, -3, 8, 30),
            },
          ]
        : [],
    ),
    skipDuplicates,
  });
  await prisma().appointment.createMany({
    data: known.flatMap(({ told, orgId, customerId, phone, day, record: { name, registration, booking } }) =>
      booking
        ? [
            {
              ...{ orgId, id: idIn(told, "booking"), customerId, customerName: name, phone, registration },
              service: booking.service,
              startsAt: londonMoment(day, booking.day, booking.hour),
              source: `seed:story:${told.story.key}`,
              createdAt: londonMoment(day, -2, 12),
            },
          ]
        : [],
    ),
    skipDuplicates,
  });
}
