// Files in messages, as an advisor sees, hears, saves and sends them.
import type { Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import { png } from "../factories/files";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { axeFindingsInBothSchemes, NO_FINDINGS, openBrowser, PATIENCE, shows } from "../support/browser";

const { open, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
let garage: StaffedGarage;
beforeAll(async () => {
  garage = await givenStaffedGarage(systemContext("test"));
  await sandbox.addLine(lineOf(garage));
});
afterAll(closePool);

const FROM = "+447700900671";

async function send(content: Buffer, mime: string, type: string, more: Record<string, unknown> = {}) {
  const { id, sha256 } = await sandbox.addMedia({ base64: content.toString("base64"), mime });
  const file = { id, mime_type: mime, sha256, ...more };
  await sandbox.whatsApp({ line: garage.slug, from: FROM, name: "Megan" }, { other: { type, [type]: file } });
}

const states = () => prisma().media.groupBy({ by: ["state"], where: { orgId: garage.orgId }, _count: true });

async function openThread(width: number): Promise<Page> {
  const page = await open(`advisor@${garage.slug}.test`, "/messages", { width });
  await page.getByRole("link").filter({ hasText: "Megan" }).click();
  await page.getByRole("textbox", { name: /^Reply to/ }).waitFor();
  return page;
}

test("an advisor sees, opens and saves what a customer sent, and sends a picture back", async () => {
  await send(png(400, 300), "image/png", "image", { caption: "The lamp" });
  await send(png(300, 400), "image/png", "image");
  await send(Buffer.from("%PDF-1.4\n%%EOF\n"), "application/pdf", "document", { filename: "logbook.pdf" });
  await expect.poll(states, PATIENCE).toEqual([{ state: "stored", _count: 3 }]);
  await sandbox.behave({ provider: "meta", on: "media", effect: { kind: "faulty", fault: "expired" } });
  await send(png(), "image/png", "image");
  await expect.poll(async () => (await states()).length, PATIENCE).toBe(2);

  const page = await openThread(1_280);
  await shows(page, "This file has expired at WhatsApp");
  const pictures = page.getByRole("button", { name: /^Picture from the customer/ });
  await expect.poll(() => pictures.count(), PATIENCE).toBe(2);
  // Rejects where the browser cannot show it.
  await pictures
    .first()
    .locator("img")
    .evaluate((image: HTMLImageElement) => image.decode());
  await pictures.first().click();
  const large = page.getByRole("dialog", { name: "Pictures of this conversation" });
  await large.getByText("(1 of 2)").waitFor();
  await page.keyboard.press("ArrowRight");
  await large.getByText("(2 of 2)").waitFor();
  await page.keyboard.press("Escape");
  await large.waitFor({ state: "detached" });
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^Save logbook.pdf/ }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("logbook.pdf");

  const chooser = page.getByLabel("Files to attach");
  await chooser.setInputFiles({
    name: "setup.exe",
    mimeType: "application/x-msdownload",
    buffer: Buffer.from("MZ"),
  });
  await shows(page, /^WhatsApp takes pictures/);
  // It is in nobody's way: what is written can still be sent.
  await page.getByRole("textbox", { name: /^Reply to/ }).fill("Your front pads");
  const sends = page.getByRole("button", { name: "Send", exact: true });
  await expect.poll(() => sends.isEnabled(), PATIENCE).toBe(true);
  await page.getByRole("button", { name: "Dismiss setup.exe" }).click();
  await page.route("**/media?name=*", (route) => route.abort(), { times: 1 });
  allow(/ERR_FAILED/);
  await chooser.setInputFiles({ name: "brakes.png", mimeType: "image/png", buffer: png(64, 48) });
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: "Remove brakes.png" }).waitFor();
  const box = page.getByRole("textbox", { name: /^Reply to/ });
  await box.fill("Your front pads");
  await expect
    .poll(() => page.getByRole("button", { name: "Send", exact: true }).isEnabled(), PATIENCE)
    .toBe(true);
  expect(await axeFindingsInBothSchemes(page)).toEqual(NO_FINDINGS);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect
    .poll(async () => (await sandbox.customer(garage.slug, FROM)).messages.map(({ text }) => text), PATIENCE)
    .toContain("[image] Your front pads");
  await page.getByRole("button", { name: /^Picture from your team/ }).waitFor();

  const phone = await openThread(360);
  await expect.poll(() => phone.getByRole("button", { name: /^Picture from/ }).count(), PATIENCE).toBe(3);
  await expect
    .poll(() => phone.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(360);
});
