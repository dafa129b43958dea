import type { ConversationDto } from "@/lib/inbox/client";

export type Filter = "all" | "attention" | "held";

export const FILTERS: readonly { readonly key: Filter; readonly label: string }[] = [
  { key: "all", label: "All" },
  { key: "attention", label: "Needs attention" },
  { key: "held", label: "With your team" },
];

const belongs = (conversation: ConversationDto, filter: Filter): boolean =>
  filter === "all" || (filter === "attention" ? conversation.needsAttention : conversation.holder !== null);

export const countIn = (all: readonly ConversationDto[], filter: Filter): number =>
  all.filter((one) => belongs(one, filter)).length;

/** The open conversation stays in the list even where it no longer matches: it must not vanish while it is read. */
export const shownIn = (
  all: readonly ConversationDto[],
  filter: Filter,
  openId: string | null,
): readonly ConversationDto[] => all.filter((one) => one.id === openId || belongs(one, filter));
