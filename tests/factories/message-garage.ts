import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Ctx, requireMember } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { acceptMessages } from "@/lib/inbox/accept-messages";
import type { InboundMessage } from "@/lib/inbox/core/message";
import { getConversation } from "@/lib/inbox/get-conversation";
import { newId } from "@/lib/shared/ids";
import { environmentOf, type RunningSandbox, startSandbox } from "../sandbox/start-sandbox";
import { testContext } from "./ledger";
import { givenOrganisation } from "./organisation";

/** The local providers, for the tests of one file: started before the application reads its environment. */
export function startedSandbox(): { readonly current: () => RunningSandbox } {
  let sandbox: RunningSandbox | undefined;
  const current = (): RunningSandbox => {
    if (!sandbox) throw new Error("the sandbox has not started");
    return sandbox;
  };
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, smtpPort: 0, appUrl: "http://127.0.0.1:9" });
    Object.assign(process.env, environmentOf(sandbox));
  });
  beforeEach(() => current().control.reset());
  afterAll(async () => {
    await current().stop();
    await closePool();
  });
  return { current };
}

/** A garage with so many purchased credits, whose numbers the providers know. */
export async function givenGarage(sandbox: RunningSandbox, ctx: Ctx, credits: number) {
  const garage = await givenOrganisation(ctx, { purchased: credits });
  const identity = garage.whatsAppNumberId;
  await sandbox.control.addLine({
    slug: garage.slug,
    name: garage.name,
    phone: garage.phone,
    whatsAppNumberId: identity,
    businessAccountId: garage.businessAccountId,
  });
  const profile: GarageProfile = {
    orgId: garage.orgId,
    name: garage.name,
    phone: "0113 496 0001",
    portalUrl: "https://garage.example",
  };
  return { ...garage, identity, profile };
}

/** Receives one message, as a delivery with nothing else would bring it. */
export async function accept(ctx: Ctx, profile: GarageProfile, message: InboundMessage) {
  const { outcomes, counted } = await acceptMessages(ctx, profile, [message]);
  await counted;
  return outcomes[0];
}

/** What left for an organisation's customers, in order. */
export const sentTo = async (orgId: string) =>
  (
    await pool().query(
      `SELECT author, body, status, error_text AS "errorText" FROM message WHERE org_id = $1 AND direction = 'outbound' ORDER BY at, id`,
      [orgId],
    )
  ).rows;

/** An organisation's only conversation, as an advisor sees it. */
export async function conversationOf(orgId: string) {
  const { rows } = await pool().query<{ id: string }>(`SELECT id FROM conversation WHERE org_id = $1`, [
    orgId,
  ]);
  const { conversation } = await getConversation(member(orgId), orgId, rows[0]?.id ?? "");
  const { id, degraded, degradationReason: reason, needsAttention: attention } = conversation;
  return {
    id,
    degraded,
    reason,
    attention,
    why: conversation.attentionReason,
    summary: conversation.handOffSummary,
  };
}

/** Somebody who holds a conversation has a place in its garage: an advisor as they are stored. */
export async function givenAdvisor(orgId: string): Promise<Ctx> {
  const advisor = member(orgId);
  const { userId } = requireMember(advisor.actor, orgId, "messages.send");
  await prisma().user.create({ data: { id: userId, name: "Ann Desk", email: `${userId}@garage.invalid` } });
  await prisma().member.create({ data: { id: newId(), organizationId: orgId, userId, role: "advisor" } });
  return advisor;
}

/** An advisor of the organisation, who reads. */
export const member = (orgId: string): Ctx => ({
  ...testContext(new Date()),
  actor: { kind: "member", userId: newId(), orgId, role: "advisor" },
});
