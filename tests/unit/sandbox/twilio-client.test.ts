import twilio from "twilio";
import { expect, test } from "vitest";
import type { RunningSandbox } from "@/tests/sandbox/start-sandbox";
import { CUSTOMER, SECRETS, startPair } from "./support";

type Options<T> = Parameters<typeof twilio.RequestClient.prototype.request<T>>[0];

/** Twilio's own client, sent to the sandbox. */
function clientOf({ url }: RunningSandbox) {
  class Redirected extends twilio.RequestClient {
    override request<T>(options: Options<T>) {
      return super.request({
        ...options,
        uri: options.uri.replace("https://api.twilio.com", `${url}/twilio`),
      });
    }
  }
  const { twilioAccountSid, twilioAuthToken } = SECRETS;
  return twilio(twilioAccountSid, twilioAuthToken, { httpClient: new Redirected() });
}

const LINE = "+441134960001";

test("the official client sends, and reads refusals by their code", async () => {
  const { sandbox } = await startPair();
  const client = clientOf(sandbox);
  const sent = await client.messages.create({ from: LINE, to: CUSTOMER, body: "Hello" });
  expect(sent).toMatchObject({ status: "queued", numSegments: "1", price: null });
  await sandbox.control.optOut({ line: "brightside", from: CUSTOMER, optedOut: true });
  const refused = client.messages.create({ from: LINE, to: CUSTOMER, body: "Hello" });
  await expect(refused).rejects.toMatchObject({ status: 400, code: 21610 });
});

test("the official client pages through the list, fetches one message, and finds its files", async () => {
  const { sandbox } = await startPair();
  const client = clientOf(sandbox);
  const sid = await sandbox.control.sms({
    line: "brightside",
    from: CUSTOMER,
    text: "Look",
    pictures: ["sample"],
  });
  for (let n = 0; n < 4; n++) await sandbox.control.sms({ line: "brightside", from: CUSTOMER, text: `${n}` });
  const hourAgo = new Date(Date.now() - 3_600_000);
  const listed = await client.messages.list({ to: LINE, dateSentAfter: hourAgo, pageSize: 2 });
  expect(listed.map(({ body }) => body)).toEqual(["3", "2", "1", "0", "Look"]);
  expect(listed[0]?.dateSent?.getTime()).toBeGreaterThan(hourAgo.getTime());
  expect((await client.messages(sid).fetch()).direction).toBe("inbound");
  const [media] = await client.messages(sid).media.list();
  expect(media).toMatchObject({ contentType: "image/png", parentSid: sid });
  const path = media?.uri.replace(/\.json$/, "");
  const authorization = `Basic ${Buffer.from(`${SECRETS.twilioAccountSid}:${SECRETS.twilioAuthToken}`).toString("base64")}`;
  const file = await fetch(`${sandbox.url}/twilio${path}`, { headers: { authorization } });
  expect(file.headers.get("content-type")).toBe("image/png");
  await expect(client.messages(`SM${"0".repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404 });
});
