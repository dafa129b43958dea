// From an invitation to a handled conversation, and out again; and one person in two garages.
import type { Page } from "@playwright/test";
import { beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenStaffedGarage, lineOf, type StaffedGarage } from "../factories/shared-garage";
import { createClient } from "../sandbox/client";
import { sharedApp } from "../support/app";
import {
  axeFindingsInBothSchemes,
  card,
  NO_FINDINGS,
  openBrowser,
  PATIENCE,
  shows,
} from "../support/browser";
import { mailedLink } from "../support/mailed-link";

const { open, newTabBeside, allow } = openBrowser();
const sandbox = createClient(sharedApp().sandboxUrl);
const ctx = systemContext("test");
const FROM = "+447700900642";

let garage: StaffedGarage;
beforeEach(async () => {
  garage = await givenStaffedGarage(ctx);
});

const pathOf = (page: Page) => new URL(page.url()).pathname;

describe("a team", () => {
  test("an invited advisor joins without an account, answers a customer, and is out within a second of their removal", async () => {
    allow(/status of 40[139]/); // what is being read while the advisor is removed
    const email = `sam@${garage.slug}.example.test`;
    await sandbox.addLine(lineOf(garage));
    await sandbox.sms({ line: garage.slug, from: FROM, text: "Is the Fiesta ready yet?" });

    const owner = await open(garage.owner, "/settings/team");
    await shows(owner, "You are the only owner.");
    expect(await axeFindingsInBothSchemes(owner)).toEqual(NO_FINDINGS);
    await owner.getByRole("button", { name: "Invite", exact: true }).click();
    const dialog = owner.getByRole("dialog");
    await dialog.getByRole("button", { name: "Send invitation" }).click();
    await shows(owner, "Enter an email address");
    await dialog.getByLabel("Email address").fill(` ${email.toUpperCase()} `);
    await dialog.getByRole("radio", { name: /^Advisor/ }).check();
    await dialog.getByRole("button", { name: "Send invitation" }).click();
    await card(owner, "Invitations").getByText(email).waitFor();

    const advisor = await open(null, "/");
    const link = await mailedLink(email, "/invitation");
    await advisor.goto(link.href);
    await shows(advisor, `Join ${garage.name}`);
    await advisor.setViewportSize({ width: 360, height: 740 });
    expect(await axeFindingsInBothSchemes(advisor)).toEqual(NO_FINDINGS);
    await advisor.setViewportSize({ width: 1_280, height: 900 });
    await advisor.getByLabel("Your name").fill("Sam New");
    await advisor.getByLabel("Password").fill("walrus-tandem-inkwell");
    await advisor.getByRole("button", { name: "Join and sign in" }).click();
    await advisor
      .getByRole("link", { name: /^Messaging Inbox/ })
      .first()
      .click();
    await advisor.getByRole("link").filter({ hasText: "07700 900642" }).click();
    await advisor.getByRole("textbox", { name: /^Reply to/ }).fill("It is ready.");
    await advisor
      .locator("button:not([aria-pressed])")
      .filter({ hasText: /^Send$/ })
      .click();
    const got = async () => (await sandbox.customer(garage.slug, FROM)).messages.map(({ text }) => text);
    await expect.poll(got, PATIENCE).toContain("It is ready.");

    await card(owner, "Members").getByText("Sam New").waitFor();
    await owner.getByRole("button", { name: "Manage Sam New" }).click();
    await owner.getByRole("menuitem", { name: "Remove from team" }).click();
    await owner.getByRole("dialog").getByRole("button", { name: "Remove from team" }).click();
    await expect.poll(() => pathOf(advisor), { timeout: 5_000 }).toBe("/no-garage");
    await expect.poll(() => card(owner, "Members").getByText("Sam New").count(), PATIENCE).toBe(0);
    await advisor.goto(link.href);
    await shows(advisor, "This invitation has been accepted");
  });

  test("the last owner is not led to leave, and is told why where they try", async () => {
    allow(/status of 409/);
    const owner = await open(garage.owner, "/settings/team", { width: 360 });
    await card(owner, "Members").getByText("You", { exact: true }).waitFor();
    expect(await owner.getByRole("button", { name: `Manage ${garage.slug} owner` }).count()).toBe(0);
    await owner.goto("/settings/account");
    await owner.getByRole("button", { name: "Leave garage" }).click();
    await owner.getByRole("dialog").getByRole("button", { name: "Leave garage" }).click();
    await shows(owner, "A garage keeps an owner.");
    expect(pathOf(owner)).toBe("/settings/account");
  });
});

test("a person in two garages switches in one tab; the other says so and goes on with its own, and out of one leads to the other", async () => {
  allow(/status of 40[39]/); // what is being read while the garage changes
  const second = await givenStaffedGarage(ctx);
  const { id: userId } = await prisma().user.findUniqueOrThrow({ where: { email: garage.manager } });
  await prisma().member.create({
    data: { id: newId(), organizationId: second.orgId, userId, role: "advisor", createdAt: new Date() },
  });
  const one = await open(garage.manager, "/settings/team");
  await card(one, "Members").waitFor();
  const other = await newTabBeside(one);
  await other.goto("/settings/notifications");
  await other
    .getByRole("button", { name: /Switch garage/ })
    .first()
    .click();
  await other.getByRole("menuitemradio", { name: second.name }).click();
  await other
    .getByRole("button", { name: `Garage: ${second.name}. Switch garage` })
    .first()
    .waitFor();

  const notice = one.getByRole("dialog", { name: `You are working for ${second.name} now` });
  await notice.waitFor();
  await card(one, "Members").getByText("4 people").waitFor();
  await notice.getByRole("button", { name: `Go on with ${garage.name}` }).click();
  await expect.poll(() => notice.count(), PATIENCE).toBe(0);
  await other.getByRole("dialog", { name: `You are working for ${garage.name} now` }).waitFor();

  const owner = await open(garage.owner, "/settings/team");
  await owner.getByRole("button", { name: `Manage ${garage.slug} manager` }).click();
  await owner.getByRole("menuitem", { name: "Remove from team" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Remove from team" }).click();
  await one
    .getByRole("heading", { name: `You are no longer in the team of ${garage.name}` })
    .waitFor({ timeout: 5_000 });
  expect(await card(one, "Members").count()).toBe(0);
  await one.getByRole("button", { name: `Go on with ${second.name}` }).click();
  await one
    .getByRole("link", { name: /^Messaging Inbox/ })
    .first()
    .waitFor();
});
