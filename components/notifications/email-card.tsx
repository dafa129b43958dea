"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Check from "lucide-react/icons/check";
import Mail from "lucide-react/icons/mail";
import { Block } from "@/components/billing/block";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { Choice } from "@/components/ui/choice";
import { Skeleton } from "@/components/ui/skeleton";
import {
  type LetterChoice,
  NOTIFICATIONS_PATH,
  type NotificationsDto,
  notificationsQuery,
} from "@/lib/mail/client";

type Email = NonNullable<NotificationsDto["email"]>;

/** What owners get by email: what each may do without, and what is always sent, with where it goes. */
export function EmailCard() {
  return (
    <Block
      frame={{ id: "email", title: "Email", icon: <Mail aria-hidden /> }}
      query={notificationsQuery()}
      description={() => "To the owners of the garage, each at their own address."}
      errorTitle="Your emails could not be loaded"
      skeleton={<Skeleton className="h-64" />}
    >
      {({ email }) => email && <Letters email={email} />}
    </Block>
  );
}

function Letters({ email: { choices, always, owners } }: { readonly email: Email }) {
  return (
    <div className="grid gap-5">
      <section aria-labelledby="by-choice">
        <h3 id="by-choice" className="font-medium text-muted text-sm">
          Your choice
        </h3>
        <div className="divide-y">
          {choices.map((choice) => (
            <LetterSwitch key={choice.letter} {...choice} />
          ))}
        </div>
      </section>
      <section aria-labelledby="always-sent">
        <h3 id="always-sent" className="font-medium text-muted text-sm">
          Always sent
        </h3>
        <ul className="mt-2 grid gap-1.5">
          {[...always, SECURITY].map((title) => (
            <li key={title} className="flex items-baseline gap-2">
              <Check aria-hidden className="size-3.5 shrink-0 translate-y-0.5 text-faint" />
              {title}
            </li>
          ))}
        </ul>
        <p className="mt-4 text-muted text-sm">
          {owners.length === 1 ? "They go to you:" : "They go to every owner:"}
        </p>
        <ul className="mt-1 grid gap-0.5 text-sm">
          {owners.map(({ name, email, isYou }) => (
            <li key={email} className="wrap-anywhere">
              <bdi className="font-medium">{name}</bdi>
              <span>{`${isYou ? " (you)" : ""}: ${email}`}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const SECURITY = "Your password, address or sign-in changes: to the person concerned alone";

/** Kept as soon as it is switched. */
function LetterSwitch({ letter, title, hint, wanted }: Email["choices"][number]) {
  const queries = useQueryClient();
  const { queryKey } = notificationsQuery();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (choice: LetterChoice) => sendApi(NOTIFICATIONS_PATH, choice, "PUT"),
    onSuccess: async (_, { wanted: now }) => {
      await queries.invalidateQueries({ queryKey });
      toast.success(now ? "You’ll get this email." : "You won’t get this email any more.");
    },
  });
  return (
    <Choice
      label={title}
      hint={hint}
      on={isPending ? variables.wanted : wanted}
      busy={isPending}
      refused={error?.message ?? null}
      onSwitch={(now) => isPending || mutate({ letter, wanted: now })}
    />
  );
}
