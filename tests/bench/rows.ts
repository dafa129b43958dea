import type { Elsewhere, Goal, Round as RoundOf, Row as RowOf } from "./report";

type Row = RowOf<Measure>;

/** What a round measures. Rates are a second, times milliseconds. `small` is the database of ten thousand entries. */
export type Measure =
  | "floor hot 1"
  | "floor hot 32"
  | "floor hot 32 p99"
  | "floor uni 32"
  | "settle one"
  | "settle hot 32"
  | "settle hot 32 p99"
  | "settle hot 256"
  | "settle uni 256"
  | "settle hot 256 small"
  | "settle uni 256 small"
  | "gate from cache"
  | "select over TCP";

export type Round = RoundOf<Measure>;

const atLeast = (value: number): Goal => ({ kind: "at least", value });

/** Up to as many old entries, the goals of a ledger that fits the machine's caches hold; beyond it, those of a large one. */
const SMALL_LEDGER = 100_000;

/** The rows of docs/performance.md: which measure stands over which, and what it is to reach with so many old entries. */
export function rowsFor(oldRows: number): readonly Row[] {
  const goal = (small: number, large: number): Goal => atLeast(oldRows <= SMALL_LEDGER ? small : large);
  return [
    {
      title: "settle, hot, 256 callers ÷ floor hot 32 clients",
      over: "settle hot 256",
      under: "floor hot 32",
      goal: goal(13, 11.5),
    },
    {
      title: "settle, hot, 32 callers ÷ floor hot 32 clients",
      over: "settle hot 32",
      under: "floor hot 32",
      goal: goal(8, 7),
    },
    {
      title: "settle, uni, 256 callers ÷ floor uni 32 clients",
      over: "settle uni 256",
      under: "floor uni 32",
      goal: goal(1.4, 1.2),
    },
    {
      title: "settle, one caller ÷ floor one client",
      over: "settle one",
      under: "floor hot 1",
      goal: goal(0.33, 0.3),
    },
    {
      title: "settle p99, hot 32 callers ÷ floor p99 hot 32 clients",
      over: "settle hot 32 p99",
      under: "floor hot 32 p99",
      goal: { kind: "at most", value: 0.06 },
    },
    {
      title: "gate from cache ÷ primary-key SELECT over TCP",
      over: "gate from cache",
      under: "select over TCP",
      goal: atLeast(500),
    },
    {
      title: "settle, hot, with all old rows ÷ with ten thousand",
      over: "settle hot 256",
      under: "settle hot 256 small",
      goal: atLeast(0.9),
    },
    {
      title: "settle, uni, with all old rows ÷ with ten thousand",
      over: "settle uni 256",
      under: "settle uni 256 small",
      goal: atLeast(0.9),
    },
  ];
}

const BY_WEB = "measured by `npm run bench:web`";

/** Rows that another command measures, or none can. */
export const ELSEWHERE: readonly Elsewhere[] = [
  { title: "settle ÷ pgledger", where: "not measured: its SQL is not in this repository" },
  { title: "webhook that settles ÷ no-op route handler", where: BY_WEB },
  { title: "dashboard query and Billing page at 5 million entries", where: BY_WEB },
  { title: "JavaScript of the Billing, Messages and sign-in pages", where: BY_WEB },
];
