import type { Ctx, Member } from "@/lib/auth/context";
import { prisma } from "@/lib/db/prisma";
import { getConversation } from "@/lib/inbox/get-conversation";
import { newId } from "@/lib/shared/ids";
import type { RunningSandbox } from "../sandbox/start-sandbox";
import { testContext } from "./ledger";
import { accept, conversationOf, givenGarage, sentTo } from "./message-garage";
import { givenMessage } from "./messages";

type MemberOf = Ctx & { readonly actor: Member };

/** A person with an account, in the garage as what they are. Their clock goes on. */
async function givenColleague(
  orgId: string,
  name: string,
  role: "advisor" | "technician" = "advisor",
): Promise<MemberOf> {
  const userId = newId();
  await prisma().user.create({ data: { id: userId, name, email: `${userId}@garage.invalid` } });
  await prisma().member.create({ data: { id: newId(), organizationId: orgId, userId, role } });
  return {
    ...testContext(new Date()),
    now: () => new Date(),
    actor: { kind: "member", userId, orgId, role },
  };
}

/** A garage with two advisors and a mechanic, to whom a customer has written one text. */
export async function givenDesk(sandbox: RunningSandbox, { credits = 0 }: { credits?: number } = {}) {
  const ctx = testContext(new Date());
  const garage = await givenGarage(sandbox, ctx, credits);
  const { orgId } = garage;
  const writeAt = (at: Date, body: string) => {
    ctx.travel(new Date());
    return accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone, body, at }));
  };
  const write = (body: string) => writeAt(new Date(), body);
  await write("What are your opening hours?");
  const { id } = await conversationOf(orgId);
  const ann = await givenColleague(orgId, "Ann");
  return {
    ctx,
    garage,
    orgId,
    id,
    write,
    writeAt,
    ann,
    bob: await givenColleague(orgId, "Bob"),
    mechanic: await givenColleague(orgId, "Mac", "technician"),
    /** The conversation, as a member sees it. */
    look: async (reader: Ctx = ann) => (await getConversation(reader, orgId, id)).conversation,
    /** The system, at a time. */
    at: (now: Date): Ctx => ({ ...ctx, now: () => now }),
    authors: async () => (await sentTo(orgId)).map(({ author }) => author),
  };
}
