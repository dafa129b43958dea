// Diagnostics as the people who work with it see it.
import { afterAll, describe, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenStaffedGarage } from "../factories/shared-garage";
import { openBrowser, shows } from "../support/browser";

const { open } = openBrowser();
const ctx = systemContext("test");

afterAll(closePool);

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
