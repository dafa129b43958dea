import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import type { RunningSandbox } from "@/tests/sandbox/start-sandbox";
import { startPair } from "./support";

const MAIL = [
  "From: Torqueflow <billing@torqueflow.test>",
  "To: owner@brightside.test",
  "Subject: =?utf-8?q?Credits_very_low_=E2=80=93_=C2=A35?=",
  "MIME-Version: 1.0",
  'Content-Type: multipart/alternative; boundary="x"',
  "",
  "--x",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "Grüße",
  "--x",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<p>Grüße</p>",
  "--x--",
  ".",
].join("\r\n");

/** Speaks SMTP as far as one mail needs it; resolves with the answer to the mail itself. */
async function send({ smtpUrl }: RunningSandbox, to = "owner@brightside.test"): Promise<string> {
  const { hostname, port } = new URL(smtpUrl);
  const socket = connect(Number(port), hostname);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const say = async (text?: string): Promise<string> => {
    if (text !== undefined) socket.write(`${text}\r\n`);
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error("The server closed the connection.");
      if (/^\d{3} /.test(value)) return value;
    }
  };
  await say();
  for (const line of ["EHLO test", "MAIL FROM:<billing@torqueflow.test>", `RCPT TO:<${to}>`, "DATA"])
    await say(line);
  const answer = await say(MAIL);
  socket.end();
  await once(socket, "close");
  return answer;
}

test("mail is kept as it was sent, and found by its recipient", async () => {
  const { sandbox } = await startPair();
  expect(await send(sandbox)).toMatch(/^250 /);
  await send(sandbox, "owner@lowfell.test");
  expect(await sandbox.control.mails("owner@brightside.test")).toMatchObject([
    {
      from: "Torqueflow <billing@torqueflow.test>",
      to: ["owner@brightside.test"],
      subject: "Credits very low – £5",
      text: expect.stringContaining("Grüße"),
      html: expect.stringContaining("<p>Grüße</p>"),
    },
  ]);
  expect(await sandbox.control.count({ provider: "smtp" })).toBe(2);
  await sandbox.control.clearMails();
  expect(await sandbox.control.mails()).toEqual([]);
});

test("the server can refuse mail for now, and is counted doing so", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.behave({
    provider: "smtp",
    on: "message",
    effect: { kind: "error", code: 451, details: "Try later" },
  });
  expect(await send(sandbox)).toBe("451 Try later");
  expect(await send(sandbox)).toMatch(/^250 /);
  expect(await sandbox.control.count({ provider: "smtp", status: 451 })).toBe(1);
  expect(await sandbox.control.mails()).toHaveLength(1);
});

test("a mail is shown as its reader sees it, without scripts or anything from elsewhere", async () => {
  const { sandbox } = await startPair();
  await send(sandbox);
  const [mail] = await sandbox.control.mails();
  const page = await fetch(`${sandbox.url}/mail/${mail?.id}`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<p>Grüße</p>")]);
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/sandbox (?!.*allow-(scripts|same-origin))/);
  expect((await fetch(`${sandbox.url}/mail/another`)).status).toBe(404);
});

test("a mail whose answer is lost has arrived all the same", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.behave({ provider: "smtp", on: "message", effect: { kind: "lost-answer" } });
  expect(await send(sandbox)).toMatch(/^451 /);
  expect(await sandbox.control.mails()).toHaveLength(1);
});
