"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";
import {
  checkAssistantName,
  checkGreeting,
  checkInstructions,
  MAX_ASSISTANT_NAME,
  MAX_GREETING,
  MAX_INSTRUCTIONS,
} from "@/lib/garage/check-persona";
import { type PersonaSettings, personaSettingsQuery } from "@/lib/garage/client";
import { ABOVE_SAVE_BAR, SaveBar } from "../save-bar";
import { SelectField, TextAreaField, TextField } from "../text-field";
import { useVersionedForm } from "../use-versioned-form";
import { PersonaPreview } from "./persona-preview";
import { TestCallCard } from "./test-call-card";

type Values = Omit<PersonaSettings, "choices" | "version" | "isSuggested">;

const valuesOf = ({ choices: _, version: __, isSuggested: ___, ...values }: PersonaSettings): Values =>
  values;

type PersonaFormProps = { readonly settings: PersonaSettings; readonly supportUrl: string };

/** How the assistant answers the phone, beside what callers will hear. */
export function PersonaForm({ settings, supportUrl }: PersonaFormProps) {
  const { register, submit, watch, text, saveBar } = useVersionedForm<Values, PersonaSettings>({
    queryKey: personaSettingsQuery().queryKey,
    settings,
    valuesOf,
    saved: "Your AI persona is saved. It counts for the next call.",
  });
  const { choices } = settings;

  return (
    <div className="grid gap-4 lg:grid-cols-[1fr_19rem] lg:items-start">
      <form onSubmit={submit} noValidate className={`grid min-w-0 gap-4 ${ABOVE_SAVE_BAR}`}>
        <Card labelledBy="persona-title">
          <CardHeader id="persona-title" title="How it answers" />
          <CardBody className="grid gap-4">
            <TextField
              label="Assistant’s name"
              autoComplete="off"
              maxLength={MAX_ASSISTANT_NAME}
              {...text("assistantName", checkAssistantName)}
            />
            <TextAreaField
              label="Greeting"
              rows={3}
              maxLength={MAX_GREETING}
              hint="The first words that a caller hears, as they stand here."
              {...text("greeting", checkGreeting)}
            />
            <SelectField label="Voice" options={choices.voices} {...text("voice")} />
            <SelectField
              label="Transcriber"
              hint="What turns the caller’s words into text."
              options={choices.transcribers}
              {...text("transcriber")}
            />
            <SelectField label="Language" options={choices.languages} {...text("language")} />
            <TextAreaField
              label="Instructions"
              rows={8}
              maxLength={MAX_INSTRUCTIONS}
              hint="This is what the AI is told, beside your garage’s details. Do not put anything here that callers must not hear."
              {...text("instructions", checkInstructions)}
            />
          </CardBody>
        </Card>
        <Card labelledBy="may-title">
          <CardHeader
            id="may-title"
            title="What it may do"
            description="Where something is off, it takes a message instead."
          />
          <CardBody className="grid gap-4">
            <Ability
              id="mayBook"
              label="Book appointments"
              about="Within your opening hours."
              stored={settings.mayBook}
              field={register("mayBook")}
            />
            <Ability
              id="mayLookUp"
              label="Look up customers and their work"
              about="On calls and in messages, for a caller’s own records alone."
              stored={settings.mayLookUp}
              field={register("mayLookUp")}
            />
          </CardBody>
        </Card>
        <SaveBar
          ofSeveral
          note={settings.isSuggested ? "Suggested: not saved yet" : undefined}
          {...saveBar}
        />
      </form>
      <div className="grid min-w-0 gap-4 lg:sticky lg:top-4">
        <PersonaPreview greeting={watch("greeting")} />
        <TestCallCard isDirty={saveBar.isDirty} supportUrl={supportUrl} />
      </div>
    </div>
  );
}

type AbilityProps = {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly stored: boolean;
  readonly field: UseFormRegisterReturn;
};

function Ability({ id, label, about, stored, field }: AbilityProps) {
  return (
    <div className="flex items-start justify-between gap-4">
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={`${id}-about`} className="text-muted text-sm">
          {about}
        </p>
      </div>
      <Switch id={id} defaultChecked={stored} aria-describedby={`${id}-about`} {...field} />
    </div>
  );
}
