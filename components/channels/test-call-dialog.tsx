"use client";

import { useRef } from "react";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import type { LineDto } from "@/lib/lines/client";
import { lineName } from "./line-words";
import { TestForm } from "./test-form";

/** Rings a member's own telephone from a line. */
export function TestCallDialog({ line, onClose }: { readonly line: LineDto; readonly onClose: () => void }) {
  // The same number asked for again, because the answer was lost, rings once.
  const ids = useRef(new Map<string, string>());
  const ring = async (number: string) => {
    const id = ids.current.get(number) ?? crypto.randomUUID();
    ids.current.set(number, id);
    const from = line.providerId === null ? {} : { line: line.providerId };
    await sendApi("/api/settings/persona/test-call", { id, number, ...from });
    toast.success("Your phone rings in a moment");
  };
  return (
    <TestForm
      id="test-call"
      title={`Test call from ${lineName(line)}`}
      label="Your telephone number"
      hint="Such as 07700 900123"
      button="Call me"
      busyText="Calling…"
      onSend={ring}
      onClose={onClose}
    >
      <p>
        Your AI rings you from this number, as customers hear it. It costs no credits and is not in the call
        log.
      </p>
    </TestForm>
  );
}
