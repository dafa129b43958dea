// Calls and Diagnostics as the people who work with them see them.
import { afterAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage, lineOf } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import { axeFindings, card, openBrowser, shows } from "../support/browser";

const { open } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");

afterAll(closePool);

describe("calls", () => {
  test("a call without credits appears in the open log, with its level and reason, and its transcript", async () => {
    const garage = await givenStaffedGarage(ctx);
    await sandbox.addLine(lineOf(garage));
    const page = await open(`advisor@${garage.slug}.test`, "/voice");
    await page.getByRole("heading", { level: 1, name: "Voice Dashboard" }).waitFor();
    const log = card(page, "Call log");
    await log.waitFor();
    await sandbox.playCall({
      line: garage.slug,
      from: "+447700900621",
      says: ["It is Morag Sutherland. My battery is flat, please ring me back."],
      seconds: 45,
    });
    const row = log.getByRole("row").filter({ hasText: "07700 900621" });
    const answeredBy = row.getByRole("cell").last();
    await answeredBy.getByText("degradation reason: credit-exhaustion").waitFor();
    await answeredBy.getByText(/^Level 3/).waitFor();
    await row.getByRole("button").click();
    const panel = page.getByRole("dialog");
    await panel.getByText("It is Morag Sutherland. My battery is flat").waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe("diagnostics", () => {
  test("a technician's question is answered on the page and kept", async () => {
    const question = "2012 Fiesta 1.25, rough idle when cold. What should I check first?";
    const garage = await givenStaffedGarage(ctx, { purchased: 100 });
    const page = await open(`technician@${garage.slug}.test`, "/diagnostics");
    await page.getByRole("textbox").fill(question);
    await page.getByRole("textbox").press("Enter");
    await shows(page, question);
    await page.getByText("Answering…").waitFor({ state: "detached" });
    await page.reload();
    await shows(page, question);
  });
});
