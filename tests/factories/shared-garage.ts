import type { Ctx } from "@/lib/auth/context";
import { invite } from "@/lib/auth/team/invite";
import { grantCredits } from "@/lib/credits/grant-credits";
import { openAccount } from "@/lib/credits/open-account";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { credits, microGbp } from "@/lib/shared/money";
import { saveGarage, saveStaff } from "./garage-rows";

/** Above every number of the demo and of a file's own organisations. */
const FIRST = 5_000;

/** Whole credits; none if not given. */
type GivenCredits = { readonly allowance?: number; readonly purchased?: number };

/**
 * A garage in the database that all files of a lane share, one file after the other: its numbers follow on the
 * highest there is, so that no two files make the same, also where one was deleted.
 */
export async function givenSharedGarage(ctx: Ctx, { allowance = 0, purchased = 0 }: GivenCredits = {}) {
  const garage = await saveNext(ctx);
  const { orgId } = garage;
  await openAccount(ctx, { orgId, state: "active", allowance: credits(allowance), trialCap: microGbp(0n) });
  if (allowance > 0) await renewAllowance(ctx, orgId);
  if (purchased > 0)
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(purchased), key: "given:purchased" });
  return garage;
}

/** What an earlier file's application still finishes may take the number in between: then the one after it. */
async function saveNext(ctx: Ctx) {
  const save = async () => saveGarage({ n: await nextNumber(), at: ctx.now() });
  return save().catch(save);
}

async function nextNumber(): Promise<number> {
  const [last] = await prisma().$queryRaw<{ n: number | null }[]>`
    SELECT max(substring(slug FROM '^garage-([0-9]+)$')::integer) AS n FROM organization`;
  return Math.max(last?.n ?? 0, FIRST) + 1;
}

/** A trial garage with a line and its one owner, as sign-up and support leave it: nothing of its first steps is done. */
export async function givenNewGarage(ctx: Ctx) {
  const at = ctx.now();
  const garage = await saveGarage({ n: await nextNumber(), phone: null, week: null, persona: false, at });
  const { orgId, slug } = garage;
  await openAccount(ctx, {
    ...{ orgId, state: "trial", allowance: credits(1_000), trialCap: microGbp(5_000_000n) },
  });
  const [userId, owner] = [newId(), `owner@${slug}.test`];
  await prisma().user.create({ data: { id: userId, email: owner, name: "Robin Ash", emailVerified: true } });
  await prisma().member.create({
    data: { id: newId(), organizationId: orgId, userId, role: "owner", createdAt: at },
  });
  return { ...garage, owner, userId };
}

/** Saves the persona of a garage that has none. */
export const givenPersona = (orgId: string) =>
  prisma().voicePersona.create({
    data: {
      ...{ orgId, assistantName: "Ava", greeting: "Hello.", instructions: "Be brief." },
      ...{ voice: { provider: "vapi", voiceId: "Elliot" }, transcriber: { provider: "deepgram" } },
      ...{ model: "gpt-4.1", fastModel: "gpt-4.1-mini" },
    },
  });

/** Somebody is invited to a garage, as an advisor, by its owner. */
export const givenInvitation = (
  ctx: Ctx,
  { orgId, userId, email = `jo@${orgId}.test` }: { orgId: string; userId: string; email?: string },
) =>
  invite({ ...ctx, actor: { kind: "member", userId, orgId, role: "owner" } }, orgId, {
    ...{ email, role: "advisor" },
  });

export type SharedGarage = Awaited<ReturnType<typeof givenSharedGarage>>;

/** Such a garage with an owner, a manager, an advisor and a technician, who sign in as the demo's people do. */
export async function givenStaffedGarage(ctx: Ctx, given: GivenCredits = {}) {
  const garage = await givenSharedGarage(ctx, given);
  await saveStaff(garage, ctx.now());
  return { ...garage, owner: `owner@${garage.slug}.test`, manager: `manager@${garage.slug}.test` };
}

export type StaffedGarage = Awaited<ReturnType<typeof givenStaffedGarage>>;

/** Such a garage as the local providers are told of it; see `addLine`. */
export const lineOf = ({
  slug,
  name,
  phone,
  vapiNumberId,
  whatsAppNumberId,
  businessAccountId,
}: SharedGarage) => ({
  ...{ slug, name, phone, vapiNumberId, whatsAppNumberId, businessAccountId },
});
