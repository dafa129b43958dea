import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/sms/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import { inboundSms, someNumber, twilioPost } from "../factories/twilio";

const ctx = systemContext("test");
const PATH = "/api/webhooks/sms";

let garage: GivenOrganisation;
let exhausted: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(ctx, { purchased: 100 });
  exhausted = await givenOrganisation(ctx);
});
afterAll(closePool);

async function take(to: GivenOrganisation, Body: string) {
  const fields = inboundSms({ To: to.phone, From: someNumber(), Body });
  const answer = await POST(new Request(`http://internal.invalid:9${PATH}`, twilioPost(PATH, fields)));
  expect(answer.status).toBe(200);
  const providerId = String(fields.MessageSid);
  const interactions = await prisma().interaction.count({ where: { providerRef: providerId } });
  const include = { conversation: { include: { messages: true } } };
  return {
    interactions,
    message: await prisma().message.findFirstOrThrow({ where: { providerId }, include }),
  };
}

test.each([
  ["an empty text", "", "text"],
  ["three blanks", "   ", "text"],
  ["nothing that can be seen", "\u200b\u3164", "text"],
  ["a reaction from an iPhone", "Liked “Your van is done, come before 4.”", "reaction"],
  ["another one", "Reacted 👍 to “Your van is done, come before 4.”", "reaction"],
])("%s is shown, with no answer, no canned words and no charge", async (_, Body, type) => {
  for (const to of [garage, exhausted]) {
    const { message, interactions } = await take(to, Body);
    expect(message).toMatchObject({ type, degraded: false, handling: "shown" });
    expect(message.conversation).toMatchObject({ needsAttention: false });
    expect(message.conversation.messages).toHaveLength(1);
    expect(interactions).toBe(0);
  }
});

test("words that only begin like a reaction are answered", async () => {
  const { interactions } = await take(garage, "Liked your work, can you do the brakes too?");
  expect(interactions).toBe(1);
});

test.each(["an opted-out number", "a short code"])("without credits, %s keeps its reason", async (who) => {
  const From = who === "a short code" ? "60777" : someNumber();
  const text = async (Body: string) => {
    const fields = inboundSms({ To: exhausted.phone, From, Body });
    await POST(new Request(`http://internal.invalid:9${PATH}`, twilioPost(PATH, fields)));
    return String(fields.MessageSid);
  };
  if (who !== "a short code") await text("STOP");
  const providerId = await text("Is my car ready?");
  const include = { conversation: { include: { messages: true } } };
  const message = await prisma().message.findFirstOrThrow({ where: { providerId }, include });
  expect(message).toMatchObject({ degraded: true, degradationReason: "credit-exhaustion" });
  expect(message.conversation).toMatchObject({ needsAttention: true, attentionReason: "credit-exhaustion" });
  expect(message.conversation.messages.filter(({ direction }) => direction === "outbound")).toEqual([]);
});
