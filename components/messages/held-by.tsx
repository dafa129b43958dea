import type { ConversationDto } from "@/lib/inbox/client";

type HeldByProps = {
  readonly conversation: Pick<ConversationDto, "heldBy" | "heldByName">;
  /** Who looks. */
  readonly userId: string;
};

/** Who holds a conversation, as this person reads it. Two people may have one name: an id says who it is. */
export function HeldBy({ conversation: { heldBy, heldByName }, userId }: HeldByProps) {
  if (heldBy === userId) return <span key="you">With you</span>;
  if (heldByName === null) return <span key="team">With your team</span>;
  // The key replaces the sentence as a whole: a browser's translation may have taken its text nodes away.
  return (
    <span key={heldByName}>
      With <bdi>{heldByName}</bdi>
    </span>
  );
}
