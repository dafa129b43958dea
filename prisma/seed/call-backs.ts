import { prisma } from "@/lib/db/prisma";
import { londonDay, londonMoment } from "@/lib/shared/london-time";
import { demoId, seededRandom } from "./names";
import type { DemoOrganisation } from "./organisations";
import { userIdOf } from "./people";
import type { PlannedUse } from "./plan-usage";
import type { DemoCustomer } from "./records";

const REASONS = [
  "Would like to know whether the car is ready",
  "Wants to move an MOT to next week",
  "Asks what new front brakes would cost",
  "The engine warning light is on since this morning",
];

/** A caller whose number is withheld, and who did not say all of it. */
export const isWithheld = ({ providerRef }: PlannedUse): boolean => providerRef.endsWith("-degraded-7");

type TakenCall = { readonly use: PlannedUse; readonly customer: DemoCustomer };

/** Who wants to be rung back, and what has been tried: an advisor who got no answer, a manager who left a voicemail, one reached. */
export async function saveCallBacks(org: DemoOrganisation, taken: readonly TakenCall[]): Promise<void> {
  const idOf = ({ providerRef }: PlannedUse) => demoId(`call-back:${org.slug}:${providerRef}`);
  const tried = taken.filter(({ use }) => /-degraded-2$|-fallback$/.test(use.providerRef));
  const latest = tried.at(-1)?.use.at;
  const lastDay = latest && londonDay(latest);
  const reached = tried.findLast(({ use }) => londonDay(use.at) === lastDay && use.start.mode === "degraded");
  const [advisor, manager] = [userIdOf("advisor", org), userIdOf("manager", org)];
  await prisma().callBack.createMany({
    data: taken.map(({ use, customer }) => {
      const attempt = use === reached?.use ? spokenTo(use) : undefined;
      return {
        orgId: org.id,
        id: idOf(use),
        providerCallId: use.providerRef,
        name: customer.name,
        phone: isWithheld(use) ? null : customer.phone,
        phoneAsSpoken: isWithheld(use) ? "oh double seven, nine hundred, and then I’m not sure" : null,
        reason: REASONS[seededRandom(`${org.slug}:${use.providerRef}:wish`)(REASONS.length)] ?? null,
        source: "structured_data",
        createdAt: takenAt(use),
        assignedTo: tried.some((one) => one.use === use) ? advisor : null,
        ...(attempt ? { doneAt: attempt.at, doneBy: `member:${advisor}`, doneAttempt: attempt.id } : {}),
      };
    }),
    skipDuplicates: true,
  });
  const attempt = (use: PlannedUse, outcome: string, at: Date, userId: string) => ({
    ...{ orgId: org.id, callBackId: idOf(use), outcome, at, userId },
    id: demoId(`attempt:${org.slug}:${use.providerRef}:${outcome}`),
  });
  await prisma().callBackAttempt.createMany({
    data: tried.flatMap(({ use }) => {
      if (use === reached?.use)
        return [{ ...attempt(use, "spoke", takenAt(use), advisor), ...spokenTo(use) }];
      const evening = londonMoment(londonDay(use.at), 0, 19, 40);
      return [
        attempt(use, "no-answer", evening, advisor),
        attempt(use, "voicemail", new Date(evening.getTime() + 25 * 60_000), manager),
      ];
    }),
    skipDuplicates: true,
  });
}

const MINUTE_MS = 60_000;

/** At the end of the call, whenever the day's usage is posted. */
const takenAt = ({ start }: PlannedUse): Date => new Date(start.startedAt.getTime() + MINUTE_MS);

/** Half an hour after they rang. */
const spokenTo = (use: PlannedUse) => ({
  id: demoId(`attempt:spoke:${use.providerRef}`),
  at: new Date(takenAt(use).getTime() + 30 * MINUTE_MS),
});
