import type { Goal, Round, Row } from "../report";

/** What a round measures: times in ms, rates a second, JavaScript in kB. `small`: the database of ten thousand entries. */
export type Measure =
  | "Billing page"
  | "Billing page, small"
  | "dashboard queries"
  | "dashboard queries, small"
  | "webhook"
  | "chatter"
  | "health"
  | "load generator at webhook"
  | "load generator at health"
  | Scripts;

type Scripts = `JavaScript of ${"sign-in" | "Billing" | "Messages"}, ${"first" | "all"}`;

export type WebRound = Round<Measure>;

const atMost = (value: number): Goal => ({ kind: "at most", value });

const SETTLES: Goal = { kind: "at least", value: 0.85 };

/** The page rows of docs/performance.md, and what each is to reach. */
export const WEB_ROWS: readonly Row<Measure>[] = [
  {
    title: "Billing page, server time, with all entries ÷ with ten thousand",
    over: "Billing page",
    under: "Billing page, small",
    goal: atMost(1.3),
  },
  {
    title: "dashboard queries of the heavy organisation, with all entries ÷ with ten thousand",
    over: "dashboard queries",
    under: "dashboard queries, small",
    goal: atMost(1.3),
  },
  {
    title:
      "webhook that settles ÷ the same route given a message of that size that asks for nothing, 50 connections",
    over: "webhook",
    under: "chatter",
    goal: SETTLES,
  },
  {
    title: "webhook that settles (POST) ÷ cheapest route (GET /api/health, no body), 50 connections",
    over: "webhook",
    under: "health",
    goal: SETTLES,
  },
  scripts("sign-in page: JavaScript for first paint and interaction", "JavaScript of sign-in, first", 165),
  scripts("Billing page: JavaScript for first paint and interaction", "JavaScript of Billing, first", 200),
  scripts("Billing page: JavaScript in all, with the chart", "JavaScript of Billing, all", 290),
  scripts("Messages page: JavaScript for first paint and interaction", "JavaScript of Messages, first", 200),
];

function scripts(title: string, over: Scripts, kilobytes: number): Row<Measure> {
  return { title: `${title}, gzip, kB`, over, goal: atMost(kilobytes) };
}
