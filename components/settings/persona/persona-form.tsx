"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { describedBy, Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
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
import { SaveBar } from "../save-bar";
import { TextAreaField, TextField } from "../text-field";
import { useSettingsForm } from "../use-settings-form";
import { useVersionedSave } from "../use-versioned-save";
import { PersonaPreview } from "./persona-preview";
import { TestCallCard } from "./test-call-card";

type Values = Omit<PersonaSettings, "choices" | "version">;

const valuesOf = ({ choices: _, version: __, ...values }: PersonaSettings): Values => values;

type PersonaFormProps = { readonly settings: PersonaSettings; readonly supportUrl: string };

/** How the assistant answers the phone, beside what callers will hear. */
export function PersonaForm({ settings, supportUrl }: PersonaFormProps) {
  const { save, isChanged, follow } = useVersionedSave(personaSettingsQuery().queryKey, settings);
  const form = useSettingsForm<Values, PersonaSettings>({
    values: valuesOf(settings),
    save,
    stored: valuesOf,
    saved: "Your AI persona is saved. It counts for the next call.",
  });
  const { register, formState, submit, watch } = form;
  const { errors, isDirty, isSubmitting, dirtyFields } = formState;
  follow(isDirty);
  const { choices } = settings;
  const now = (name: "assistantName" | "greeting" | "instructions") =>
    isChanged && dirtyFields[name] ? settings[name] : undefined;

  return (
    <div className="grid gap-4 lg:grid-cols-[1fr_19rem] lg:items-start">
      <form onSubmit={submit} noValidate className="grid min-w-0 gap-4">
        <Card labelledBy="persona-title">
          <CardHeader id="persona-title" title="How it answers" />
          <CardBody className="grid gap-4">
            <TextField
              id="assistantName"
              label="Assistant’s name"
              autoComplete="off"
              maxLength={MAX_ASSISTANT_NAME}
              error={errors.assistantName?.message}
              meanwhile={now("assistantName")}
              defaultValue={settings.assistantName}
              {...register("assistantName", { validate: (name) => checkAssistantName(name) ?? true })}
            />
            <TextAreaField
              id="greeting"
              label="Greeting"
              rows={3}
              maxLength={MAX_GREETING}
              hint="The first words that a caller hears, as they stand here."
              error={errors.greeting?.message}
              meanwhile={now("greeting")}
              defaultValue={settings.greeting}
              {...register("greeting", { validate: (greeting) => checkGreeting(greeting) ?? true })}
            />
            <Choose
              id="voice"
              label="Voice"
              options={choices.voices}
              error={errors.voice?.message}
              stored={settings.voice}
              field={register("voice")}
            />
            <Choose
              id="transcriber"
              label="Transcriber"
              hint="What turns the caller’s words into text."
              options={choices.transcribers}
              error={errors.transcriber?.message}
              stored={settings.transcriber}
              field={register("transcriber")}
            />
            <Choose
              id="language"
              label="Language"
              options={choices.languages}
              error={errors.language?.message}
              stored={settings.language}
              field={register("language")}
            />
            <TextAreaField
              id="instructions"
              label="Instructions"
              rows={8}
              maxLength={MAX_INSTRUCTIONS}
              hint="This is what the AI is told, beside your garage’s details. Do not put anything here that callers must not hear."
              error={errors.instructions?.message}
              meanwhile={now("instructions")}
              defaultValue={settings.instructions}
              {...register("instructions", { validate: (text) => checkInstructions(text) ?? true })}
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
          <SaveBar
            isDirty={isDirty}
            isSaving={isSubmitting}
            error={errors.root?.message}
            onDiscard={() => form.reset(valuesOf(settings))}
          />
        </Card>
      </form>
      <div className="grid min-w-0 gap-4 lg:sticky lg:top-4">
        <PersonaPreview greeting={watch("greeting")} />
        <TestCallCard isDirty={isDirty} supportUrl={supportUrl} />
      </div>
    </div>
  );
}

type ChooseProps = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly error: string | undefined;
  readonly stored: string;
  readonly field: UseFormRegisterReturn;
};

function Choose({ id, label, hint, options, error, stored, field }: ChooseProps) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <Select defaultValue={stored} {...field} {...describedBy({ id, hint, error })}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
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
