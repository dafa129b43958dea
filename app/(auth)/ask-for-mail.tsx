"use client";

import { type ReactNode, useState } from "react";
import { PageLink } from "@/components/ui/page-link";
import { AuthForm, type FormField, type Refusal, type Values } from "./auth-form";
import { AuthHeading, TEXT_LINK } from "./auth-heading";
import { leadingTo } from "./auth-request";
import { MailSent } from "./mail-sent";

type AskForMailProps = {
  readonly title: string;
  readonly intro: string;
  /** One of them is named `email`. */
  readonly fields: readonly FormField[];
  readonly submitLabel: string;
  readonly ask: (values: Values) => Promise<Refusal>;
  /** What was sent to the address, and how long its link works. */
  readonly sentTo: (email: ReactNode) => ReactNode;
  /** Who needs no mail and signs in instead. */
  readonly instead: string;
  /** Where the visitor was going. */
  readonly next: string;
  readonly isDemo: boolean;
};

/** A form that is answered by a mail: then what was sent, to have it sent again, and the way back to what was typed. */
export function AskForMail(props: AskForMailProps) {
  const { title, intro, fields, submitLabel, ask, sentTo, instead, next, isDemo } = props;
  const [typed, setTyped] = useState<Values>();
  const [isSent, setIsSent] = useState(false);
  if (isSent && typed)
    return (
      <MailSent isDemo={isDemo} sendAgain={() => ask(typed)} onBack={() => setIsSent(false)}>
        {sentTo(<span className="break-words font-medium text-ink">{typed.email?.trim()}</span>)}
      </MailSent>
    );
  return (
    <>
      <AuthHeading title={title} arrived={typed !== undefined}>
        <p>{intro}</p>
      </AuthHeading>
      <AuthForm
        fields={fields}
        values={typed}
        submitLabel={submitLabel}
        busyLabel="Sending you an email…"
        submit={async (values) => {
          const refusal = await ask(values);
          if (refusal) return refusal;
          setTyped(values);
          setIsSent(true);
          return undefined;
        }}
      />
      <p className="mt-6 text-muted">
        {instead}{" "}
        <PageLink href={leadingTo("/sign-in", next)} className={TEXT_LINK}>
          Sign in
        </PageLink>
      </p>
    </>
  );
}
