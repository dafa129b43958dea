import { stripe } from "./client";
import { HANDLED_EVENTS, type StripeEvent, toEvent } from "./events";

const PAGE = 100;

/** What we act on and Stripe still knows (30 days), since a moment: page by page, newest first. */
export async function* listEvents(since: Date): AsyncGenerator<StripeEvent[]> {
  const created = { gte: Math.floor(since.getTime() / 1_000) };
  let after: string | undefined;
  for (;;) {
    const page = await stripe().events.list({
      created,
      types: [...HANDLED_EVENTS],
      limit: PAGE,
      ...(after ? { starting_after: after } : {}),
    });
    if (page.data.length > 0) yield page.data.map(toEvent);
    after = page.data.at(-1)?.id;
    if (!page.has_more || !after) return;
  }
}
