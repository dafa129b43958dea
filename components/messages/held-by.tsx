import type { PersonDto } from "@/lib/inbox/client";

type HeldByProps = {
  readonly holder: PersonDto;
  /** The signed-in member. */
  readonly userId: string;
};

/**
 * Who holds a conversation, in words for the signed-in member. Two people may have one name: the id tells them apart.
 */
export function HeldBy({ holder, userId }: HeldByProps) {
  if (holder.id === userId) return <span key="you">With you</span>;
  // The key replaces the sentence as a whole: a browser's translation may have taken its text nodes away.
  return (
    <span key={holder.name}>
      With <bdi>{holder.name}</bdi>
    </span>
  );
}
