import type { ConversationDto } from "@/lib/inbox/client";

type HeldByProps = {
  readonly conversation: Pick<ConversationDto, "heldBy" | "heldByName">;
  /** The signed-in member. */
  readonly userId: string;
};

/**
 * Who holds a conversation, in words for the signed-in member. Two people may have one name: the id tells them apart.
 */
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
