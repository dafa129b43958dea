import type { Ctx } from "@/lib/auth/context";
import { configuredRates } from "@/lib/credits/rates";
import { prisma } from "@/lib/db/prisma";
import { londonDay, londonMoment } from "@/lib/shared/london-time";
import { saveCalls } from "./calls";
import { saveCannedResponses } from "./canned-responses";
import { saveFiledQuestion } from "./filed-question";
import { readMarks, SEED_VERSION } from "./marks";
import { saveMedia } from "./media";
import { saveMessages } from "./messages";
import { DEMO_ORGANISATIONS, type DemoOrganisation } from "./organisations";
import { savePacks } from "./packs";
import { savePeople } from "./people";
import { planHistory } from "./plan-history";
import { postHistory } from "./post-history";
import { saveProfile } from "./profile";
import { saveQuestions } from "./questions";
import { saveRecords } from "./records";
import { saveStories } from "./stories/save-stories";

export type SeedOutcome = { readonly kind: "seeded" | "already-seeded"; readonly slugs: readonly string[] };

/**
 * Brings the demo's organisations, people and history into the database. The first run fixes the demo's day; a later
 * one, on whatever day, continues from there or finds that nothing is left to do.
 */
export async function seedDemo(ctx: Ctx): Promise<SeedOutcome> {
  const today = londonDay(ctx.now());
  await savePacks();
  const known = await readMarks();
  const unfinished = DEMO_ORGANISATIONS.filter((org) => (known.get(org.id)?.seedVersion ?? 0) < SEED_VERSION);
  if (unfinished.length === 0) return { kind: "already-seeded", slugs: [] };

  const createdAt = londonMoment(today, -60, 9);
  const claim = JSON.stringify({ demoDay: today, seededAt: ctx.now().toISOString(), seedVersion: 0 });
  await Promise.all(unfinished.map((org) => saveProfile(org, { at: createdAt, metadata: claim })));
  const marks = await readMarks();
  const histories = unfinished.map((org) => {
    const { demoDay = today, seededAt } = marks.get(org.id) ?? {};
    const moment = seededAt === undefined ? undefined : new Date(seededAt);
    return { org, demoDay, moment, steps: planHistory(org, demoDay, configuredRates(), moment) };
  });
  // No step asks for more connections at once than the pool has, however busy the machine is.
  await Promise.all([postHistory(ctx, histories), savePeople(unfinished, createdAt)]);
  await Promise.all(
    histories.map(async ({ org, demoDay, moment, steps }) => {
      await saveRecords(org, demoDay);
      await saveCalls(org, steps);
      await saveMessages(org, steps, moment);
      if (moment) {
        await saveStories(org, moment);
        await saveFiledQuestion(org, moment);
      }
      if (org.slug === SHOWN_IN_FULL) {
        await saveMedia(org, new Date((moment ?? ctx.now()).getTime() - HOURS_AGO * 3_600_000));
        await saveCannedResponses(org, createdAt);
      }
      await saveQuestions(org, steps);
      await finish(org, demoDay, moment);
    }),
  );
  return { kind: "seeded", slugs: unfinished.map((org) => org.slug) };
}

/** The garage whose inbox shows everything. Its files came so long ago that the customer can still be answered. */
const SHOWN_IN_FULL = "brightside";
const HOURS_AGO = 20;

async function finish(org: DemoOrganisation, demoDay: string, moment: Date | undefined): Promise<void> {
  const metadata = JSON.stringify({
    demoDay,
    ...(moment && { seededAt: moment.toISOString() }),
    seedVersion: SEED_VERSION,
  });
  await prisma().organization.update({ where: { id: org.id }, data: { metadata } });
}
