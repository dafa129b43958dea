import { prisma } from "@/lib/db/prisma";
import { demoId, seededRandom } from "./names";
import type { DemoOrganisation } from "./organisations";
import type { HistoryStep } from "./plan-history";
import type { PlannedUse } from "./plan-usage";
import { customersOf, type DemoCustomer } from "./records";

type Talk = (customer: DemoCustomer) => { readonly lines: readonly string[]; readonly summary: string };

const TALKS: readonly Talk[] = [
  ({ name, registration }) => ({
    lines: [
      `User: Hello, it's ${name}. I'd like to book my car in for an MOT.`,
      `AI: Of course. I have ${registration} on file. Would Thursday at nine suit you?`,
      "User: Thursday at nine is perfect.",
      "AI: You're booked in. Please bring the key to reception.",
    ],
    summary: `${name} booked an MOT for ${registration}.`,
  }),
  ({ name, registration }) => ({
    lines: [
      `User: Hi, ${name} here. Is my car ready yet?`,
      `AI: Let me look up ${registration}. It is still with the technician and should be ready this afternoon.`,
      "User: Lovely, I'll come after four.",
    ],
    summary: `${name} asked about ${registration}: ready this afternoon, collecting after four.`,
  }),
  ({ name, registration, description }) => ({
    lines: [
      "User: There's a grinding noise when I brake.",
      `AI: I'm sorry to hear that. Is it the ${description.split(",")[0]}, ${registration}?`,
      "User: That's the one.",
      "AI: I'd have that looked at soon. We can see it tomorrow at eight.",
      "User: Yes please.",
    ],
    summary: `${name} reported a grinding noise under braking on ${registration}. Booked for tomorrow at eight.`,
  }),
  ({ name }) => ({
    lines: [
      "User: How much is a full service, and are you open on Saturday?",
      "AI: A technician will confirm the price for your car. We're open on Saturday morning.",
      "User: I'll think about it, thanks.",
    ],
    summary: `${name} asked about a full service and Saturday opening. No booking yet.`,
  }),
];

const MESSAGE_TAKER =
  "Thank you for calling. Can I take your name and number and have someone call you back?";

const CALL_REASONS = [
  "Would like to know whether the car is ready",
  "Wants to move an MOT to next week",
  "Asks what new front brakes would cost",
  "The engine warning light is on since this morning",
];

/** About 11 US cents a minute. */
const MICRO_USD_PER_SECOND = 1_800n;

/** The call log behind the seeded voice usage, and the call-backs that its message-takers took down. */
export async function saveCalls(org: DemoOrganisation, steps: readonly HistoryStep[]): Promise<void> {
  const calls = steps.flatMap((step) =>
    step.kind === "use" && step.use.channel === "voice" ? [step.use] : [],
  );
  const rows = calls.map((use) => ({ use, customer: callerOf(org, use) }));
  await prisma().voiceCall.createMany({
    data: rows.map(({ use, customer }) => callRow(org, use, customer)),
    skipDuplicates: true,
  });
  await prisma().callBack.createMany({
    data: rows
      .filter(({ use }) => use.start.mode === "degraded")
      .map(({ use, customer }) => ({
        orgId: org.id,
        id: demoId(`call-back:${org.slug}:${use.providerRef}`),
        providerCallId: use.providerRef,
        name: customer.name,
        phone: customer.phone,
        reason:
          CALL_REASONS[seededRandom(`${org.slug}:${use.providerRef}:wish`)(CALL_REASONS.length)] ?? null,
        source: "structured_data",
        createdAt: use.at,
      })),
    skipDuplicates: true,
  });
}

function callerOf(org: DemoOrganisation, use: PlannedUse): DemoCustomer {
  const customers = customersOf(org);
  const customer = customers[seededRandom(`${org.slug}:${use.providerRef}`)(customers.length)];
  if (!customer) throw new Error(`${org.slug} has no customers`);
  return customer;
}

function callRow(org: DemoOrganisation, use: PlannedUse, customer: DemoCustomer) {
  const { startedAt, mode } = use.start;
  const durationSeconds = Math.max(20, Number(use.cost / MICRO_USD_PER_SECOND));
  const talk = TALKS[seededRandom(use.providerRef)(TALKS.length)] ?? TALKS[0];
  const full = talk?.(customer);
  const hello = `AI: Thanks for calling ${org.name}, this is ${org.assistant.name}. How can I help?`;
  const taken = [
    `AI: ${MESSAGE_TAKER}`,
    `User: It's ${customer.name}, you have my number.`,
    "AI: Thank you. Somebody will call you back.",
  ];
  return {
    orgId: org.id,
    id: demoId(`call:${org.slug}:${use.providerRef}`),
    providerCallId: use.providerRef,
    callerNumber: customer.phone,
    callerName: customer.name,
    status: "ended",
    createdAt: startedAt,
    startedAt,
    endedAt: new Date(startedAt.getTime() + durationSeconds * 1_000),
    durationSeconds,
    endedReason: "customer-ended-call",
    transcript: (mode === "full" ? [hello, ...(full?.lines ?? [])] : taken).join("\n"),
    summary: mode === "full" ? (full?.summary ?? null) : `${customer.name} asked to be called back.`,
    reportedAt: use.at,
  };
}
