"use client";

import { type FormEvent, useState } from "react";
import { ApiError, WENT_WRONG } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useStart } from "./use-start";

const ID = "new-conversation";

const CHANNELS = [
  { channel: "sms", label: "SMS", hint: "You can write straight away." },
  { channel: "whatsapp", label: "WhatsApp", hint: "Starts with a template, until they write back." },
] as const;

const focusField = (field: HTMLInputElement | null): void => field?.focus();

type DialogProps = { readonly onClose: () => void; readonly onOpen: (id: string) => void };

/** Asks for a number and a channel, and opens that conversation. Nothing is sent. */
export default function NewConversationDialog({ onClose, onOpen }: DialogProps) {
  const [phone, setPhone] = useState("");
  const [channel, setChannel] = useState<"sms" | "whatsapp">("sms");
  const { mutate, error, isPending } = useStart(onOpen);
  const message = error && (error instanceof ApiError ? error.message : WENT_WRONG);
  const isOfNumber = error instanceof ApiError && error.field === "phone";
  const number = {
    id: `${ID}-phone`,
    label: "Number",
    hint: "With its country, such as +44 7700 900123",
    error: (isOfNumber && message) || undefined,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate({ channel, phone });
  };
  return (
    <Dialog id={ID} title="New conversation" onClose={onClose}>
      <p id={`${ID}-text`} className="mt-1 text-muted text-sm">
        With a number that may never have written to you. Nothing is sent yet.
      </p>
      <form onSubmit={submit} className="mt-4 grid gap-4" noValidate>
        <Field {...number}>
          <Input
            {...describedBy(number)}
            ref={focusField}
            type="tel"
            autoComplete="off"
            maxLength={40}
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
        </Field>
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 font-medium text-sm">Channel</legend>
          {CHANNELS.map((one) => (
            <label key={one.channel} className="flex items-start gap-2.5">
              <input
                type="radio"
                name="channel"
                className="mt-1 accent-accent"
                checked={channel === one.channel}
                onChange={() => setChannel(one.channel)}
              />
              <span>
                {one.label}
                <span className="block text-muted text-sm">{one.hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {message && !isOfNumber && (
          <p role="alert" className="text-bad-text text-sm">
            {message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" aria-busy={isPending} disabled={phone.trim() === ""}>
            Open
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
