"use client";

import { useStart } from "./use-start";

type TextThemProps = { readonly phone: string; readonly onOpen: (id: string) => void };

/** At a message that WhatsApp did not deliver: opens the SMS conversation with the same number. Nothing is sent. */
export function TextThem({ phone, onOpen }: TextThemProps) {
  const { mutate, isPending, error } = useStart(onOpen);
  return (
    <>
      <button
        type="button"
        className="font-medium text-ink underline underline-offset-2 hover:opacity-80 max-md:py-2"
        aria-busy={isPending}
        onClick={() => !isPending && mutate({ channel: "sms", phone })}
      >
        Text them
      </button>
      {error && (
        <span role="alert" className="basis-full text-bad-text">
          {error.message}
        </span>
      )}
    </>
  );
}
