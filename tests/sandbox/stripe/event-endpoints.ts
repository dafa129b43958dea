import { z } from "zod";
import type { Endpoint } from "./endpoint";
import { noSuch } from "./errors";
import { listParams, pageOf } from "./lists";
import { flag, words } from "./params";

const eventParams = z.strictObject({
  ...listParams,
  type: words.optional(),
  /** Stripe takes twenty at most. */
  types: z.array(z.string()).max(20).optional(),
  delivery_success: flag.optional(),
});

const matches = (type: string, pattern: string): boolean =>
  pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

export const eventEndpoints: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/events",
    name: "events.list",
    run: ({ events }, call) => {
      const { type, types, delivery_success: delivered, ...asked } = call.read(eventParams);
      const wanted = types ?? (type === undefined ? ["*"] : [type]);
      const found = events
        .list()
        .filter((event) => wanted.some((pattern) => matches(event.type, pattern)))
        .filter((event) => delivered === undefined || delivered === (event.pending_webhooks === 0));
      return pageOf(found, asked, call.path);
    },
  },
  {
    method: "GET",
    path: "/events/:id",
    name: "events.retrieve",
    run: ({ events }, { id }) => {
      const event = events.get(id);
      if (!event) throw noSuch("event", id);
      return event;
    },
  },
];
