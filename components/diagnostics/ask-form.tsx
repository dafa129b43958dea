"use client";

import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { describedBy, Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { QUESTION_LIMIT } from "@/lib/diagnostics/client";
import { formatNumber } from "@/lib/shared/format";

type AskFormProps = { readonly busy: boolean; readonly onAsk: (question: string) => void };

const HINT = "Vehicle, fault codes and symptoms help. Enter asks, Shift+Enter starts a new line.";

export function AskForm({ busy, onAsk }: AskFormProps) {
  const [text, setText] = useState("");
  const length = text.trim().length;
  const tooLong = length > QUESTION_LIMIT;
  const error = tooLong ? `Ask in at most ${formatNumber(QUESTION_LIMIT)} characters.` : undefined;
  const ask = () => {
    if (busy || length === 0 || tooLong) return;
    setText("");
    onAsk(text.trim());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask();
  };
  return (
    <Card>
      <CardBody>
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            ask();
          }}
        >
          <Field id="question" label="Your question" hint={HINT} error={error}>
            <Textarea
              {...describedBy({ id: "question", hint: HINT, error })}
              rows={3}
              className="field-sizing-content max-h-80"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={press}
              placeholder="2016 Ford Focus 1.0 EcoBoost, P0299 under load, no smoke"
            />
          </Field>
          <Button
            type="submit"
            variant="primary"
            className="justify-self-end"
            disabled={busy || length === 0 || tooLong}
            aria-busy={busy}
          >
            {busy ? "Answering…" : "Ask"}
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}
