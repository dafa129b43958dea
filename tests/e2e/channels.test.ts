// Settings > Channels as an owner meets it: a sick line says what to do, an assigned number is connected, serves and is tried.
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { creditsCli } from "../factories/credits-cli";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import {
  axeFindings,
  axeFindingsInBothSchemes,
  NO_FINDINGS,
  openBrowser,
  PATIENCE,
  shows,
} from "../support/browser";

const { open, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);

let garage: StaffedGarage;
let second = "";

beforeAll(async () => {
  garage = await givenStaffedGarage(systemContext("test"), { purchased: 100 });
  await sandbox.addLine(lineOf(garage));
  // A number of the same garage that nobody has connected, and which another system answers.
  second = garage.phone.replace("+44113496", "+44113497");
  await sandbox.addLine({
    slug: `${garage.slug}-second`,
    name: garage.name,
    phone: second,
    vapiNumberId: `id-${second}`,
  });
  await sandbox.setHealth(`${garage.slug}-second`, { voice: { serverUrl: "https://old.example/vapi" } });
  await sandbox.setHealth(garage.slug, { whatsapp: { quality_rating: "RED" }, sms: { sms_url: "" } });
  const assigned = await creditsCli("line", "assign", garage.slug, "voice", second, "--id", `id-${second}`);
  expect(assigned.code).toBe(0);
});
afterAll(closePool);

const shown = (phone: string): string => phone.replace(/^\+44(\d{3})(\d{3})(\d+)$/, "0$1 $2 $3");
const call = async (line: string) =>
  (await sandbox.playCall({ line, from: "+447700900711", says: ["Hello"], seconds: 20 })).turns.map(
    ({ text }) => text,
  );

test("a sick line says what to do, an assigned number is connected and answered in full, and a test message arrives", async () => {
  const page = await open(garage.owner, "/settings/channels");
  const whatsApp = page.getByRole("region", { name: `WhatsApp ${shown(garage.phone)}` });
  await whatsApp.getByText("WhatsApp rates this number’s quality as low").waitFor();
  await whatsApp.getByText(/^Stop marketing templates for a week/).waitFor();
  await whatsApp.getByText("Limited", { exact: true }).waitFor();

  const sms = page.getByRole("region", { name: `SMS ${shown(garage.phone)}` });
  await sms.getByText("Texts to this number are not sent to Torqueflow.").waitFor();
  await sms.getByText("Not working", { exact: true }).waitFor();
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await sms.getByRole("button", { name: "Connect again" }).click();
  await sms.getByText("Not working", { exact: true }).waitFor({ state: "detached" });
  await sms.getByText("Torqueflow", { exact: true }).waitFor();

  // The assigned number: callers get the neutral message-taker until it is connected, and another system is asked about.
  expect((await call(second)).join(" ")).not.toContain("this is Ava");
  const line = page.getByRole("region", { name: `Phone ${shown(second)}` });
  await line.getByText("Not connected", { exact: true }).waitFor();
  await line.getByRole("button", { name: "Connect", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Take ${shown(second)} over?` });
  await dialog.getByText(/go to old\.example now/).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Take over and connect" }).click();
  await line.getByRole("button", { name: "Disconnect" }).waitFor();
  expect((await call(second)).join(" ")).toContain("this is Ava");
  await line.getByText("Working", { exact: true }).waitFor();

  await sms.getByRole("button", { name: "Send test message" }).click();
  const form = page.getByRole("dialog", { name: /^Send a test from/ });
  await form.getByRole("button", { name: "Send test" }).click();
  await form.getByText("Enter a telephone number.").waitFor();
  const number = form.getByRole("textbox", { name: "Your mobile number" });
  await expect.poll(() => number.evaluate((field) => field === document.activeElement), PATIENCE).toBe(true);
  await number.fill("07700 900712");
  await page.keyboard.press("Enter");
  await sms.getByText(/^Sent to 07700 900712/).waitFor();
  const { messages } = await sandbox.customer(garage.slug, "+447700900712");
  expect(messages.map(({ text }) => text)).toEqual([
    `Test message from ${garage.name}: this number can send. No need to reply.`,
  ]);

  await line.getByRole("button", { name: "Disconnect" }).click();
  const question = page.getByRole("dialog", { name: `Disconnect ${shown(second)}?` });
  await question.getByText(/Callers can then only leave a message/).waitFor();
  await question.getByRole("button", { name: "Disconnect" }).click();
  await line.getByText("Not connected", { exact: true }).waitFor();
  expect((await call(second)).join(" ")).not.toContain("this is Ava");
});

test("on a phone nothing is cut off; what the provider refuses is said at the line", async () => {
  allow(/503/);
  const page = await open(garage.owner, "/settings/channels", { width: 360, scheme: "dark" });
  const line = page.getByRole("region", { name: `Phone ${shown(second)}` });
  await line.getByRole("button", { name: "Check again" }).waitFor();
  await sandbox.behave({ provider: "vapi", on: "number", effect: { kind: "hang-up" } });
  await line.getByRole("button", { name: "Connect", exact: true }).click();
  await shows(page, /did not answer\. Nothing was changed/);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(await axeFindings(page)).toEqual([]);
});
