import { prisma } from "@/lib/db/prisma";
import { isWithheld, saveCallBacks } from "./call-backs";
import { demoId, seededRandom } from "./names";
import type { DemoOrganisation } from "./organisations";
import type { HistoryStep } from "./plan-history";
import type { PlannedUse } from "./plan-usage";
import { customersOf, type DemoCustomer } from "./records";

/** Lines of `User`, `AI`, and `Tool` with its name: what it answered. */
type Talk = (customer: DemoCustomer) => { readonly lines: readonly string[]; readonly summary: string };

const TALKS: readonly Talk[] = [
  ({ name, registration }) => ({
    lines: [
      `User: Hello, it's ${name}. I'd like to book my car in for an MOT.`,
      `Tool customer_lookup: ${name}, ${registration}`,
      `AI: Of course. I have ${registration} on file. Would Thursday at nine suit you?`,
      "User: Thursday at nine is perfect.",
      `Tool book_appointment: Booked: MOT, ${registration}, Thursday at 9:00`,
      "AI: You're booked in. Please bring the key to reception.",
    ],
    summary: `${name} booked an MOT for ${registration}.`,
  }),
  ({ name, registration }) => ({
    lines: [
      `User: Hi, ${name} here. Is my car ready yet?`,
      `Tool work_order_status: ${registration}: in progress, expected this afternoon`,
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
  await saveCallBacks(
    org,
    rows.filter(
      ({ use: { start, counted } }) => counted !== false && (start.mode === "degraded" || start.isFallback),
    ),
  );
}

/** Who rings while only messages are taken: one customer again and again, one whose number is withheld, and others. */
function callerOf(org: DemoOrganisation, use: PlannedUse): DemoCustomer {
  const customers = customersOf(org);
  const isImpatient = use.start.mode === "degraded" && /-degraded-[16]$|-today-[367]$/.test(use.providerRef);
  const nth = isImpatient ? 0 : seededRandom(`${org.slug}:${use.providerRef}`)(customers.length);
  const customer = customers[nth];
  if (!customer) throw new Error(`${org.slug} has no customers`);
  return customer;
}

function callRow(org: DemoOrganisation, use: PlannedUse, customer: DemoCustomer) {
  const { startedAt, mode, isFallback } = use.start;
  const isMissed = use.counted === false;
  const durationSeconds = isMissed ? 0 : Math.max(20, Number(use.cost / MICRO_USD_PER_SECOND));
  const isInFull = mode === "full" && !isFallback;
  const isForwarded = isInFull && seededRandom(`${use.providerRef}:end`)(9) === 0;
  const talk = TALKS[seededRandom(use.providerRef)(TALKS.length)] ?? TALKS[0];
  const full = talk?.(customer);
  const hello = `AI: Thanks for calling ${org.name}, this is ${org.assistant.name}. How can I help?`;
  const taken = [
    `AI: ${MESSAGE_TAKER}`,
    `User: It's ${customer.name}, you have my number.`,
    "AI: Thank you. Somebody will call you back.",
  ];
  const lines = isInFull ? [hello, ...(full?.lines ?? [])] : taken;
  return {
    orgId: org.id,
    id: demoId(`call:${org.slug}:${use.providerRef}`),
    providerCallId: use.providerRef,
    callerNumber: isWithheld(use) ? null : customer.phone,
    callerName: isWithheld(use) ? null : customer.name,
    status: "ended",
    createdAt: startedAt,
    startedAt,
    endedAt: new Date(startedAt.getTime() + durationSeconds * 1_000),
    durationSeconds,
    endedReason: isMissed ? null : isForwarded ? "assistant-forwarded-call" : "customer-ended-call",
    transcript: isMissed ? null : lines.filter((line) => !line.startsWith("Tool ")).join("\n"),
    ...(isMissed ? {} : { dialogue: timed(lines, durationSeconds) }),
    summary: isMissed
      ? null
      : isInFull
        ? (full?.summary ?? null)
        : `${customer.name} asked to be called back.`,
    reportedAt: use.at,
  };
}

/** The lines of a transcript turn by turn, with the tools that were used, spread over the call. */
function timed(lines: readonly string[], durationSeconds: number) {
  return lines.map((line, nth) => {
    const [, who, tool, text = line] = /^(AI|User|Tool (\w+)): (.*)$/s.exec(line) ?? [];
    const second = Math.min(1 + Math.floor((nth * durationSeconds) / lines.length), durationSeconds);
    return tool === undefined
      ? { by: who === "AI" ? "ai" : "caller", text, second }
      : { by: "tool", tool, text, second };
  });
}
