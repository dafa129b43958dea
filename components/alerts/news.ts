import type { ConversationDto } from "@/lib/inbox/client";
import type { WaitingDto } from "@/lib/inbox/get-waiting";

/** Conversations that wanted a person when it was last looked, by their latest moment. */
export type SeenWaiting = {
  readonly at: ReadonlyMap<string, string>;
  /** More waited than were listed, all before this moment; empty where all were listed. */
  readonly before: string;
};

export const seenWaiting = ({ count, latest }: WaitingDto): SeenWaiting => ({
  at: new Map(latest.map(({ id, lastMessageAt }) => [id, lastMessageAt])),
  before: count > latest.length ? earliest(latest) : "",
});

/** Those that have come to want a person, or want one again: not those that stand in the list since others left it. */
export const newlyWaiting = (seen: SeenWaiting, { latest }: WaitingDto): readonly ConversationDto[] =>
  latest.filter(({ id, lastMessageAt }) => (seen.at.get(id) ?? seen.before) < lastMessageAt);

/** A member’s own conversations as they were: which had something unread, and the latest moment of any. */
export type SeenOwn = { readonly unread: ReadonlySet<string>; readonly latest: string };

export const seenOwn = (mine: readonly ConversationDto[]): SeenOwn => ({
  unread: new Set(mine.filter(({ unread }) => unread).map(({ id }) => id)),
  latest: mine.reduce((latest, { lastMessageAt }) => (lastMessageAt > latest ? lastMessageAt : latest), ""),
});

/** Own ones in which something new came; further words in the same are no more news until it was read. */
export const newlyWritten = (seen: SeenOwn, mine: readonly ConversationDto[]): readonly ConversationDto[] =>
  mine.filter(
    ({ id, unread, lastMessageAt }) => unread && !seen.unread.has(id) && lastMessageAt > seen.latest,
  );

const earliest = (list: readonly ConversationDto[]): string =>
  list.reduce((first, { lastMessageAt }) => (lastMessageAt < first ? lastMessageAt : first), "9");
