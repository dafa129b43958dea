import { type Ctx, requireMember } from "@/lib/auth/context";
import { fellowOwners } from "@/lib/auth/owners";
import { LETTER_WORDS } from "./letter-words";
import { LETTERS, type LetterName } from "./letters";
import { unwantedOf } from "./store/preferences";

export type NotificationsDto = {
  /** What owners get by email; null for everybody else, who get none. */
  readonly email: {
    readonly choices: readonly {
      readonly letter: string;
      readonly title: string;
      readonly hint: string;
      readonly wanted: boolean;
    }[];
    /** What no owner can switch off. */
    readonly always: readonly string[];
    /** Where it goes: every owner has it. */
    readonly owners: readonly { readonly name: string; readonly email: string; readonly isYou: boolean }[];
  } | null;
};

const NAMES = Object.keys(LETTERS) as LetterName[];

/** What reaches the member outside the page, beside what their device tells. Needs `messages.view`, as alerts do. */
export async function getNotifications(ctx: Ctx, orgId: string): Promise<NotificationsDto> {
  const { role, userId } = requireMember(ctx.actor, orgId, "messages.view");
  if (role !== "owner") return { email: null };
  const [owners, unwanted] = await Promise.all([fellowOwners(ctx, orgId), unwantedOf(orgId, userId)]);
  return {
    email: {
      choices: NAMES.filter((letter) => LETTERS[letter].byChoice).map((letter) => ({
        ...{ letter, title: LETTER_WORDS[letter].title, hint: LETTER_WORDS[letter].hint ?? "" },
        wanted: !unwanted.includes(letter),
      })),
      always: [
        ...new Set(
          NAMES.filter((letter) => !LETTERS[letter].byChoice).map((name) => LETTER_WORDS[name].title),
        ),
      ],
      owners: owners.map(({ name, email, userId: id }) => ({ name, email, isYou: id === userId })),
    },
  };
}
