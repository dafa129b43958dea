import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { LineList } from "@/components/channels/line-list";
import { createQueryClient } from "@/components/live/query-client";
import { TestCallCard } from "@/components/settings/persona/test-call-card";
import { testCallQuery } from "@/lib/calls/client";
import { firstRunQuery } from "@/lib/first-run/client";
import { type FirstRunFacts, firstSteps } from "@/lib/first-run/core/first-steps";
import { linesQuery } from "@/lib/lines/client";
import { FirstRunCard } from "./first-run-card";
import { FirstRunStrip } from "./first-run-strip";

const URL = "https://support.example";
const LINK = /<a href="https:\/\/support.example"[^>]*>Contact Torqueflow support<\/a>/;

/** A garage whose only open step is the test call, as pages show it by how it stands with a line. */
function shown(line: FirstRunFacts["line"], part: ReactNode): string {
  const queries = createQueryClient();
  const facts = {
    hasPhone: true,
    hasHours: true,
    hasPersona: true,
    hasTeam: true,
    hasCalled: false,
    line,
  };
  queries.setQueryData(firstRunQuery().queryKey, { show: true, done: 3, steps: firstSteps(facts) });
  queries.setQueryData(testCallQuery().queryKey, { latest: null, customersHear: "assistant", line });
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
  expect(shown("none", part)).toContain(words);
  expect(shown("none", part)).toMatch(LINK);
  for (const line of ["assigned", "connected"] as const) {
    expect(shown(line, part)).not.toContain(words);
    expect(shown(line, part)).not.toMatch(LINK);
  }
});

test.each([
  ["the first steps", <FirstRunCard key="card" supportUrl={URL} />],
  ["the strip", <FirstRunStrip key="strip" supportUrl={URL} />],
  ["the test call", <TestCallCard key="call" isDirty={false} supportUrl={URL} />],
])("once support has assigned one, %s leads to connecting it", (_, part) => {
  const channels = 'href="/settings/channels"';
  expect(shown("assigned", part)).toContain(channels);
  expect(shown("none", part)).not.toContain(channels);
  expect(shown("connected", part)).not.toContain(channels);
});

test("without a line there is no telephone to type, and a list without numbers leads to support", () => {
  const card = <TestCallCard isDirty={false} supportUrl={URL} />;
  for (const line of ["none", "assigned"] as const)
    expect(shown(line, card)).not.toContain("Your own telephone");
  expect(shown("connected", card)).toContain("Your own telephone");
  expect(shown("connected", <LineList supportUrl={URL} />)).toMatch(LINK);
});
