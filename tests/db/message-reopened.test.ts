import { expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { pool } from "@/lib/db/pool";
import { askDiagnostics } from "@/lib/diagnostics/ask";
import type { CustomerCall, InboundMessage } from "@/lib/inbox/core/message";
import { done } from "@/lib/inbox/done";
import { getConversation } from "@/lib/inbox/get-conversation";
import { recordCall } from "@/lib/inbox/record-call";
import { recordPhoneMessage } from "@/lib/inbox/record-phone-message";
import { newId } from "@/lib/shared/ids";
import { givenDesk } from "../factories/message-desk";
import { accept, startedSandbox } from "../factories/message-garage";
import { givenMessage } from "../factories/messages";

const sandbox = startedSandbox();

const SENDER = {
  externalId: "447700900701",
  waId: "447700900701",
  phone: "+447700900701",
  canBeAnswered: true,
};

type Desk = Awaited<ReturnType<typeof givenDesk>>;
type Act = (desk: Desk, first: InboundMessage) => Promise<unknown>;

const written =
  (given: Partial<InboundMessage>): Act =>
  ({ at, garage }, { providerId }) =>
    accept(
      at(new Date()),
      garage.profile,
      givenMessage("whatsapp", { identity: garage.identity, sender: SENDER, refersTo: providerId, ...given }),
    );

const called =
  (end: CustomerCall["end"]): Act =>
  ({ at, orgId, garage }) => {
    const call = { channel: "whatsapp", identity: garage.identity, sender: SENDER, at: new Date() } as const;
    return recordCall(at(new Date()), orgId, { ...call, providerId: `call.${newId()}`, end });
  };

const echoed: Act = ({ at, orgId, garage }) => {
  const words = { type: "echo", channel: "whatsapp", body: "All done.", at: new Date() } as const;
  const message = { ...words, identity: garage.identity, providerId: `echo.${newId()}`, customer: SENDER };
  return recordPhoneMessage(at(new Date()), orgId, message);
};

const conversationOn = async (reader: Ctx, orgId: string, channel: string) => {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM conversation WHERE org_id = $1 AND channel = $2::channel`,
    [orgId, channel],
  );
  const { conversation } = await getConversation(reader, orgId, rows[0]?.id ?? "");
  return conversation;
};

it.each<[string, "open" | "done", Act]>([
  ["a text", "open", written({})],
  ["a picture", "open", written({ type: "image" })],
  ["what WhatsApp does not pass on", "open", written({ type: "unsupported" })],
  ["a missed call", "open", called({ seconds: null })],
  ["a call that rings", "done", called(null)],
  ["a call that was answered", "done", called({ seconds: 60 })],
  ["a reaction", "done", written({ type: "reaction", wantsAnswer: false })],
  ["a changed message", "done", written({ type: "edit", wantsAnswer: false })],
  ["a withdrawn message", "done", written({ type: "revoke", wantsAnswer: false })],
  ["another number of the customer's", "done", written({ type: "system", wantsAnswer: false })],
  ["what the garage typed on its own phone", "done", echoed],
])("after %s, what was done is %s; unread alike", async (_, state, act) => {
  const desk = await givenDesk(sandbox.current());
  const { ann, at, garage, orgId } = desk;
  const first = givenMessage("whatsapp", { identity: garage.identity, sender: SENDER });
  await accept(at(new Date()), garage.profile, first);
  const { id } = await conversationOn(ann, orgId, "whatsapp");
  await done(ann, orgId, id);
  await pool().query(`UPDATE conversation SET last_inbound_at = NULL WHERE id = $1`, [id]);
  await act(desk, first);
  const isOpen = state === "open";
  expect(await conversationOn(ann, orgId, "whatsapp")).toMatchObject({
    state,
    unread: isOpen,
    needsAttention: isOpen,
  });
});

it("a mechanic's next question reopens what was done with the last", async () => {
  const { orgId, ann, mechanic } = await givenDesk(sandbox.current());
  const ask = (question: string) => askDiagnostics(mechanic, { orgId, question, key: newId() });
  await ask("P0420");
  const { id } = await conversationOn(ann, orgId, "diagnostics");
  await done(ann, orgId, id);
  await ask("P0299");
  const reopened = { state: "open", unread: true, degradedReason: "credit-exhaustion" };
  expect(await conversationOn(ann, orgId, "diagnostics")).toMatchObject(reopened);
});
