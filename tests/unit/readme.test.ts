import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DEMO_ORGANISATIONS } from "@/prisma/seed/organisations";
import { customersOf } from "@/prisma/seed/records";
import { classify } from "../sandbox/ai/intents";
import { callerWords } from "../sandbox/vapi/caller-words";

const readme = readFileSync("README.md", "utf8");

test("what README says to a garage's AI names a customer of that garage and their vehicle", () => {
  const [, garage, sentence = ""] = /choose ([^\n]+?) and call it\.[^"]+"([^"]+)"/.exec(readme) ?? [];
  const organisation = DEMO_ORGANISATIONS.find(({ name }) => name === garage);
  const customers = organisation ? customersOf(organisation) : [];
  const registration = /\b[A-Z]{2}\d{2} [A-Z]{3}\b/.exec(sentence)?.[0].replace(" ", "");
  expect(customers.find((one) => one.registration === registration)?.name).toBe(
    callerWords([sentence], undefined).name,
  );
  expect(registration).toBeDefined();
  expect(classify(sentence).intent).toBe("status_inquiry");
});
