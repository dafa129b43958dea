import { stripe } from "./client";
import { HANDLED_EVENTS, type StripeEvent, toEvent } from "./events";

const PAGE = 100;
/** As many types as Stripe takes in one question. */
const TYPES = 20;

/** What we act on and Stripe still knows (30 days), since a moment: page by page, newest first within some types. */
export async function* listEvents(since: Date): AsyncGenerator<StripeEvent[]> {
  for (let first = 0; first < HANDLED_EVENTS.length; first += TYPES)
    yield* listTypes(since, HANDLED_EVENTS.slice(first, first + TYPES));
}

async function* listTypes(since: Date, types: readonly string[]): AsyncGenerator<StripeEvent[]> {
  const created = { gte: Math.floor(since.getTime() / 1_000) };
  let after: string | undefined;
  for (;;) {
    const page = await stripe().events.list({
      created,
      types: [...types],
      limit: PAGE,
      ...(after ? { starting_after: after } : {}),
    });
    if (page.data.length > 0) yield page.data.map(toEvent);
    after = page.data.at(-1)?.id;
    if (!page.has_more || !after) return;
  }
}
