import { type Ctx, requireMember } from "@/lib/auth/context";
import { isInviting } from "@/lib/auth/team/is-inviting";
import { getSubscriptionState } from "@/lib/credits/get-subscription-state";
import { voiceLinesOf } from "@/lib/garage/voice-lines";
import { type FirstStep, firstSteps } from "./core/first-steps";
import { readFirstRun } from "./store/first-run";

export type FirstRunDto = {
  /** False once every step is done, somebody has dismissed them, or the trial is over. */
  readonly show: boolean;
  readonly done: number;
  readonly steps: readonly FirstStep[];
};

/** How far a trial garage has come with its first steps. Needs `settings.manage`. */
export async function getFirstRun(ctx: Ctx, orgId: string): Promise<FirstRunDto> {
  requireMember(ctx.actor, orgId, "settings.manage");
  const [{ dismissed, hasColleague, ...facts }, inviting, { standing }, state] = await Promise.all([
    readFirstRun(orgId),
    isInviting(ctx, orgId),
    voiceLinesOf(orgId),
    getSubscriptionState(ctx, orgId),
  ]);
  const steps = firstSteps({ ...facts, line: standing, hasTeam: hasColleague || inviting });
  const done = steps.filter(({ missing }) => missing.length === 0).length;
  return { show: state === "trial" && !dismissed && done < steps.length, done, steps };
}
