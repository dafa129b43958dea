"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import ArrowLeft from "lucide-react/icons/arrow-left";
import Send from "lucide-react/icons/send";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { ApiError, sendApi } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type ThreadHeadDto, threadQuery } from "@/lib/inbox/client";
import {
  faultsIn,
  placeholderTitle,
  previewOf,
  type TemplateDto,
  templatePath,
  templatesQuery,
  titleOf,
  type Values,
} from "@/lib/inbox/template-client";
import { TemplatePreview } from "./template-preview";

type Variable = TemplateDto["variables"][number];

type TemplateFormProps = {
  readonly conversation: ThreadHeadDto;
  readonly template: TemplateDto;
  /** What it was filled with when it failed; without them, what is known. */
  readonly before?: Values | undefined;
  readonly onBack: () => void;
  readonly onSent: (values: Values) => void;
};

/** One template: its placeholders to fill in, what the customer will see, and Send. */
export function TemplateForm({ conversation, template, before, onBack, onSent }: TemplateFormProps) {
  const { content, variables } = template;
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(variables.map(({ key, value }) => [key, before?.[key] ?? value])),
  );
  const [tried, setTried] = useState(false);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const faults = faultsIn(content, values);
  const sending = useSendTemplate(conversation.id, template.id, onSent);
  const answered = sending.error instanceof ApiError && sending.error.code === "answered_meanwhile";
  const focusFirst = () => {
    const box = form.current;
    (
      box?.querySelector<HTMLElement>("[aria-invalid]") ??
      box?.querySelector<HTMLElement>("input, [type=submit]")
    )?.focus();
  };
  useEffect(() => {
    // To what is still to be filled in, else to the first field, else to Send.
    const empty = [...(form.current?.querySelectorAll("input") ?? [])].find(({ value }) => value === "");
    if (empty) empty.focus();
    else form.current?.querySelector<HTMLElement>("input, [type=submit]")?.focus();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A reply's form may stand around this one in React's tree.
    event.stopPropagation();
    setTried(true);
    if (Object.keys(faults).length === 0) return sending.mutate({ values, anyway: answered });
    // Once the fields are marked.
    requestAnimationFrame(focusFirst);
  };
  const refused = sending.error instanceof ApiError ? sending.error : null;
  const again = answered ? "Send anyway" : "Try again";
  const action = sending.isPending ? "Sending…" : sending.error ? again : "Send template";
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        onBack();
      }}
      className="space-y-4"
    >
      <div className="flex items-center gap-2">
        <Button variant="ghost" size="icon" aria-label="Back to the templates" onClick={onBack}>
          <ArrowLeft aria-hidden />
        </Button>
        <h3 className="min-w-0 truncate font-medium">{titleOf(template.name)}</h3>
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <TemplatePreview template={previewOf(content, values)} />
        <div className="space-y-3">
          {variables.map((variable) => {
            const { key } = variable;
            const told = refused?.field === `variables.${key}` ? refused.message : undefined;
            const fault = told ?? (tried || values[key] !== "" ? faults[key] : undefined);
            const field = { id: `${id}-${key}`, hint: hintOf(variable), error: fault };
            return (
              <Field key={key} {...field} label={labelOf(variable)}>
                <Input
                  {...describedBy(field)}
                  value={values[key] ?? ""}
                  autoComplete="off"
                  dir="auto"
                  onChange={(event) => {
                    sending.reset();
                    setValues({ ...values, [key]: event.target.value });
                  }}
                />
              </Field>
            );
          })}
          {variables.length === 0 && (
            <p className="text-muted text-sm">Nothing is to be filled in: it is sent as it is.</p>
          )}
        </div>
      </div>
      {sending.error && refused?.field === undefined && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad-text text-sm">
          {sending.error.message}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 grow basis-56 text-muted text-xs">
          Sending a template doesn’t open the 24-hour window. The customer’s answer does.
        </p>
        <Button type="submit" variant="primary" disabled={sending.isPending} aria-busy={sending.isPending}>
          <Send aria-hidden />
          <span>{action}</span>
        </Button>
      </div>
    </form>
  );
}

const isNumbered = ({ name, part }: Variable): boolean => part !== "button" && /^\d+$/.test(name);

/** "First name", "Placeholder 2 (e.g. Ford Focus)", and where it stands if that is not the text. */
function labelOf(variable: Variable): string {
  const { name, part, example } = variable;
  if (part === "button") return "End of the link";
  const label =
    isNumbered(variable) && example ? `${placeholderTitle(name)} (e.g. ${example})` : placeholderTitle(name);
  return part === "header" ? `${label}, in the heading` : label;
}

/** The example, where the label does not give it. */
const hintOf = (variable: Variable): string | undefined =>
  variable.example && !isNumbered(variable) ? `For example: ${variable.example}` : undefined;

/**
 * Sends it once: the key stays the same until the server has said yes or no, so that a request whose answer was lost is
 * a repeat, whatever was changed meanwhile.
 */
function useSendTemplate(conversationId: string, templateId: string, onSent: (values: Values) => void) {
  const queries = useQueryClient();
  const key = useRef<string>(undefined);
  // What was shown when the template was chosen: a colleague who writes while it is filled in is told of.
  const [seen] = useState(
    () => queries.getQueryData(threadQuery(conversationId).queryKey)?.messages.at(-1)?.id ?? null,
  );
  return useMutation({
    mutationFn: ({ values, anyway }: { values: Values; anyway: boolean }) => {
      key.current ??= crypto.randomUUID();
      const body = { templateId, variables: values, key: key.current, seen, anyway };
      return sendApi(templatePath(conversationId), body);
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || !error.isFinal) return;
      key.current = undefined;
      // It may be another one by now: the list says so.
      if (error.code === "conflict")
        void queries.invalidateQueries({ queryKey: templatesQuery(conversationId).queryKey });
    },
    onSuccess: async (_, { values }) => {
      key.current = undefined;
      await queries.invalidateQueries({ queryKey: threadQuery(conversationId).queryKey });
      void queries.invalidateQueries({ queryKey: ["messages"] });
      onSent(values);
    },
  });
}
