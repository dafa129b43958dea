import { prisma } from "@/lib/db/prisma";
import { QUESTIONS } from "./exchanges";
import { demoId, seededRandom } from "./names";
import type { DemoOrganisation } from "./organisations";
import { userIdOf } from "./people";
import type { HistoryStep } from "./plan-history";

/** What the technician asked the diagnostic assistant, and was answered. */
export async function saveQuestions(org: DemoOrganisation, steps: readonly HistoryStep[]): Promise<void> {
  const uses = steps.flatMap((step) =>
    step.kind === "use" && step.use.channel === "diagnostics" && !step.use.story ? [step.use] : [],
  );
  await prisma().diagnosticQuery.createMany({
    data: uses.flatMap(({ providerRef, start, at }) => {
      const asked = QUESTIONS[seededRandom(`${org.slug}:${providerRef}`)(QUESTIONS.length)];
      return asked
        ? [
            {
              ...asked,
              orgId: org.id,
              id: demoId(`question:${org.slug}:${providerRef}`),
              clientKey: `seed:${providerRef}`,
              userId: userIdOf("technician", org),
              askedAt: start.startedAt,
              answeredAt: at,
            },
          ]
        : [];
    }),
    skipDuplicates: true,
  });
}
