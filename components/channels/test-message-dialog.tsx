"use client";

import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { type LineDto, linePath } from "@/lib/lines/client";
import { lineName } from "./line-words";
import { TestForm } from "./test-form";

type TestMessageDialogProps = {
  readonly line: LineDto;
  readonly onSent: (line: LineDto) => void;
  readonly onClose: () => void;
};

const HOW = {
  whatsapp:
    "WhatsApp lets it go to a phone that has written to this number within 24 hours, or by an approved template that has nothing to fill in.",
  sms: "It goes to the mobile that you give, from this number.",
};

const COST = "It says that it is a test, costs no credits, and stands in no conversation.";

/** Sends a message that is in no conversation, to try a line. */
export function TestMessageDialog({ line, onSent, onClose }: TestMessageDialogProps) {
  const { channel, identity } = line;
  const send = async (to: string) => {
    const sent = await sendApi<LineDto>(linePath("test"), { channel, identity, to });
    onSent(sent);
    const failure = sent.lastTest?.failure;
    if (failure) toast.error(`The test was not sent: ${failure}`);
    else toast.success("The test message is on its way");
  };
  return (
    <TestForm
      id="test-message"
      title={`Send a test from ${lineName(line)}`}
      label="Your mobile number"
      hint="Such as 07700 900123"
      button="Send test"
      busyText="Sending…"
      onSend={send}
      onClose={onClose}
    >
      <p>{`${channel === "voice" ? "" : HOW[channel]} ${COST}`}</p>
    </TestForm>
  );
}
