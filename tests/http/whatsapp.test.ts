import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { givenSharedGarage, type SharedGarage } from "../factories/shared-garage";
import { messagesFrom, metaPost, metaText, newWamid, someCustomer } from "../factories/whatsapp";
import { request } from "../support/app";

const PATH = "/api/webhooks/whatsapp";

let garage: SharedGarage;
beforeAll(async () => {
  garage = await givenSharedGarage(systemContext("test"));
});
afterAll(closePool);

test("Meta's handshake gets its challenge, and nobody else does", async () => {
  const ask = (token: string) =>
    request(`${PATH}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);
  const answer = await ask(process.env.META_VERIFY_TOKEN ?? "");
  expect([answer.status, await answer.text()]).toEqual([200, "1158201444"]);
  expect((await ask("wrong")).status).toBe(403);
});

test("a signed delivery is stored once and answered with canned words where credits have run out", async () => {
  const from = someCustomer({ name: "Zoë ✅" });
  const id = newWamid();
  const body = JSON.stringify(
    messagesFrom(garage.whatsAppNumberId, from, metaText(from, "Né à l’œuvre", new Date(), id)),
  );
  // Meta escapes whatever is not ASCII: the signature is over exactly these bytes.
  const escaped = body.replace(
    /[^\0-\x7f]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  for (const answer of [await request(PATH, metaPost(escaped)), await request(PATH, metaPost(body))])
    expect(answer.status).toBe(200);
  const stored = await prisma().message.findMany({ where: { providerId: id } });
  expect(stored).toMatchObject([{ body: "Né à l’œuvre", degraded: true }]);
  expect(await prisma().message.count({ where: { sourceKey: `canned:${stored[0]?.id}` } })).toBe(1);
});

test("a forged delivery is refused, a broken one is malformed, a huge one is too large", async () => {
  const from = someCustomer();
  const id = newWamid();
  const body = messagesFrom(garage.whatsAppNumberId, from, metaText(from, "Hi", new Date(), id));
  const forged = metaPost(body, { "x-hub-signature-256": `sha256=${"0".repeat(64)}` });
  expect((await request(PATH, forged)).status).toBe(401);
  expect(await prisma().message.count({ where: { providerId: id } })).toBe(0);
  expect((await request(PATH, metaPost("{"))).status).toBe(400);
  expect((await request(PATH, metaPost(" ".repeat(3 * 1024 * 1024 + 1)))).status).toBe(413);
});
