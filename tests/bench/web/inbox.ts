import { spread } from "../statistics";
import type { WebBench } from "./bench";
import { atMost, type Family, type WebRound } from "./family";
import { type Load, load } from "./http-load";
import { COMMON, RARE, SOME } from "./inbox-rows";
import type { Served } from "./page-time";

const BIG = 100_000;
const SMALL = 1_000;
const PAGE = 50;
const AT_A_TIME = 5;

type Ask = {
  readonly name: string;
  readonly query: string;
  readonly finds: (conversations: number) => number;
};

const some = (count: number) => Math.min(count, PAGE);

/** What is asked for, and how many conversations a page of it has. */
const ASKS: readonly Ask[] = [
  { name: "list of open conversations", query: "", finds: () => PAGE },
  { name: "list of done conversations by SMS", query: "?filter=done&channel=sms", finds: () => PAGE },
  { name: "search for a word of five conversations", query: `?search=${RARE}`, finds: () => 5 },
  { name: "search for a word of one in fifty", query: `?search=${SOME}`, finds: (all) => some(all / 50) },
  { name: "search for a word of every fourth", query: `?search=${COMMON}`, finds: () => PAGE },
  {
    name: "search for a word that is being typed",
    query: `?search=${COMMON.slice(0, 2)}`,
    finds: () => PAGE,
  },
  { name: "search for the last digits of a number", query: "?search=000123", finds: () => 1 },
];

const opened = new WeakSet<WebBench>();

async function openInboxes(bench: WebBench): Promise<void> {
  if (opened.has(bench)) return;
  opened.add(bench);
  await bench.small.garage.ask("openInbox", { conversations: SMALL });
  await bench.big.garage.ask("openInbox", { conversations: BIG });
}

/** Milliseconds of one request, over a kept connection. Throws where a page has not what it should. */
async function timeOf({ url, cookie }: Served, path: string, expected?: number): Promise<number> {
  const requests = Array.from({ length: AT_A_TIME }, () => ({ url: `${url}${path}`, headers: { cookie } }));
  const { perSecond }: Load = await load(requests, 1, (body) => {
    const { conversations } = JSON.parse(body) as { conversations?: readonly unknown[] };
    if (conversations?.length !== expected)
      throw new Error(`${path} has ${conversations?.length} conversations, not ${expected}`);
  });
  return 1_000 / perSecond;
}

async function timeBoth(
  bench: WebBench,
  name: string,
  path: string,
  finds?: Ask["finds"],
): Promise<WebRound> {
  await openInboxes(bench);
  const times = { big: [] as number[], small: [] as number[] };
  for (let asked = 0; asked < bench.pages; asked += AT_A_TIME) {
    times.big.push(await timeOf(bench.big, path, finds?.(BIG)));
    times.small.push(await timeOf(bench.small, path, finds?.(SMALL)));
  }
  return { [name]: spread(times.big).median, [`${name}, small`]: spread(times.small).median };
}

const row = (name: string) => ({
  title: `${name}, at ${BIG.toLocaleString("en-GB")} conversations ÷ at ${SMALL.toLocaleString("en-GB")}`,
  over: name,
  under: `${name}, small`,
  goal: atMost(1.5),
});

const COUNTS = "counts of the views";

/** The list of conversations over HTTP, with twenty messages each: two million, against twenty thousand. */
export const INBOX: Family = {
  rows: [...ASKS.map(({ name }) => row(name)), row(COUNTS)],
  steps: [
    ...ASKS.map(
      ({ name, query, finds }) =>
        (bench: WebBench) =>
          timeBoth(bench, name, `/api/messages/conversations${query}`, finds),
    ),
    (bench) => timeBoth(bench, COUNTS, "/api/messages/counts"),
  ],
};
