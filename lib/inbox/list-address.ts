import { REASONS, VIEWS } from "./core/conversation-page";
import { CONVERSATION_CHANNELS } from "./core/message";
import type { ConversationsAsked } from "./list-conversations";

/** What a list can be narrowed to, in the order in which it is offered. */
export const LIST_CHOICES = { views: VIEWS, channels: CONVERSATION_CHANNELS, reasons: REASONS } as const;

type Params = Readonly<Record<string, string | string[] | undefined>>;

const oneOf = <T extends string>(all: readonly T[], given: unknown): T | undefined =>
  all.find((one) => one === given);

/** What the list shows, as the page's own address says it; what is not understood there is left out. */
export function listOfAddress(params: Params): ConversationsAsked {
  const { search } = params;
  return {
    view: oneOf(VIEWS, params.filter) ?? "open",
    channel: oneOf(CONVERSATION_CHANNELS, params.channel),
    reason: oneOf(REASONS, params.reason),
    search: typeof search === "string" && search !== "" ? search : undefined,
  };
}
