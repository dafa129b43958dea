import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { sendWhatsApp } from "./send";

/** A port that nothing listens on any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("a message that never reached Meta is tried again", async () => {
  process.env.META_API_BASE = `http://127.0.0.1:${await closedPort()}`;
  const orgId = "0198e1a0-0000-7000-8000-000000000000";
  const message = {
    orgId,
    messageId: orgId,
    channel: "whatsapp",
    identity: "100000000000001",
    to: { externalId: "GB.1", phone: "+447700900123" },
    body: "Hi",
  } as const;
  expect(await sendWhatsApp(message, 2)).toMatchObject({ kind: "retry", afterMs: 10_000 });
});
