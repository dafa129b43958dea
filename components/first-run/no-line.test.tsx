import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { LineList } from "@/components/channels/line-list";
import { createQueryClient } from "@/components/live/query-client";
import { TestCallCard } from "@/components/settings/persona/test-call-card";
import { testCallQuery } from "@/lib/calls/client";
import { firstRunQuery } from "@/lib/first-run/client";
import { firstSteps } from "@/lib/first-run/core/first-steps";
import { linesQuery } from "@/lib/lines/client";
import { FirstRunCard } from "./first-run-card";
import { FirstRunStrip } from "./first-run-strip";

const URL = "https://support.example";
const LINK = /<a href="https:\/\/support.example"[^>]*>Contact Torqueflow support<\/a>/;

/** A garage whose only open step is the test call, as pages show it with and without a connected line. */
function shown(hasLine: boolean, part: ReactNode): string {
  const queries = createQueryClient();
  const facts = {
    hasPhone: true,
    hasHours: true,
    hasPersona: true,
    hasTeam: true,
    hasCalled: false,
    hasLine,
  };
  queries.setQueryData(firstRunQuery().queryKey, { show: true, done: 3, steps: firstSteps(facts) });
  queries.setQueryData(testCallQuery().queryKey, { latest: null, customersHear: "assistant", hasLine });
  queries.setQueryData(linesQuery().queryKey, { lines: [] });
  return renderToString(<QueryClientProvider client={queries}>{part}</QueryClientProvider>);
}

test.each([
  ["the first steps", <FirstRunCard key="card" supportUrl={URL} />, "Missing: a phone line"],
  ["the strip", <FirstRunStrip key="strip" supportUrl={URL} />, "Missing: a phone line"],
  [
    "the test call",
    <TestCallCard key="call" isDirty={false} supportUrl={URL} />,
    "Your garage has no phone line yet.",
  ],
])("a garage without a phone line is told so by %s before it tries, and led to support", (_, part, words) => {
  expect(shown(false, part)).toContain(words);
  expect(shown(false, part)).toMatch(LINK);
  expect(shown(true, part)).not.toContain(words);
  expect(shown(true, part)).not.toMatch(LINK);
});

test("without a line there is no telephone to type, and a list without numbers leads to support", () => {
  const card = <TestCallCard isDirty={false} supportUrl={URL} />;
  expect(shown(false, card)).not.toContain("Your own telephone");
  expect(shown(true, card)).toContain("Your own telephone");
  expect(shown(true, <LineList supportUrl={URL} />)).toMatch(LINK);
});
