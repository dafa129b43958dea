"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import FileText from "lucide-react/icons/file-text";
import { useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { Skeleton } from "@/components/ui/skeleton";
import { useMedia } from "@/components/ui/use-media";
import { type ThreadHeadDto, threadQuery } from "@/lib/inbox/client";
import type { SentTemplate } from "./template-picker";
import { useKey } from "./use-keys";
import { failureText } from "./words";

/** Its script comes when it is first shown. */
const TemplatePicker = onDemand(() => import("./template-picker"), {
  loading: () => <Skeleton className="h-40" />,
  missing: partMissing("The templates couldn’t be loaded"),
});

type TemplatesProps = { readonly conversation: ThreadHeadDto };

const ID = "templates";

/** Among the tools of the reply box, while WhatsApp's window is open: opens the picker of templates. */
export function TemplateButton({ conversation }: TemplatesProps) {
  const [open, setOpen] = useState(false);
  const shows = conversation.channel === "whatsapp";
  const shortcut = useKey("template", shows ? () => setOpen(true) : null);
  if (!shows) return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        className="-ml-1.5 size-8"
        aria-label="Send a template"
        aria-keyshortcuts={shortcut}
        title="Send a template"
        onClick={() => setOpen(true)}
      >
        <FileText aria-hidden />
      </Button>
      {open && <TemplateDialog conversation={conversation} onSent={close} onClose={close} />}
    </>
  );
}

type TemplateDialogProps = TemplatesProps & {
  readonly again?: SentTemplate | undefined;
  readonly onSent: (sent: SentTemplate) => void;
  readonly onClose: () => void;
};

/** Outside the reply's own form, which must not hear of this one being sent. */
export function TemplateDialog({ onClose, ...picker }: TemplateDialogProps) {
  return createPortal(
    <Dialog id={ID} title="Send a template" wide onClose={onClose}>
      <p id={`${ID}-text`} className="mt-1 mb-4 text-muted text-sm">
        Messages that WhatsApp has approved. They can be sent at any time.
      </p>
      <TemplatePicker {...picker} takesFocus />
    </Dialog>,
    document.body,
  );
}

/** Tailwind's `md`: below it the conversation needs the room that the picker would take. */
const ROOMY = "(min-width: 48rem)";

type BoxState =
  | { readonly kind: "choosing"; readonly takesFocus: boolean; readonly again?: SentTemplate }
  /** On phones: nothing of the picker is shown. */
  | { readonly kind: "closed" }
  | { readonly kind: "sent"; readonly sent: SentTemplate; readonly messageId: string | undefined };

/** In place of the reply box, once WhatsApp's window has closed: the picker itself; on phones what opens it. */
export function TemplateBox({ conversation }: TemplatesProps) {
  const isRoomy = useMedia(ROOMY);
  const queries = useQueryClient();
  const [state, setState] = useState<BoxState>({ kind: "closed" });
  const box = useRef<HTMLElement>(null);
  const choose = (again?: SentTemplate) =>
    setState({ kind: "choosing", takesFocus: true, ...(again && { again }) });
  const shortcut = useKey("template", () => {
    // Where the templates are still to be read, the focus goes to them when they are there.
    choose();
    (box.current?.querySelector<HTMLElement>("input, button") ?? box.current)?.focus();
  });
  const follow = (sent: SentTemplate) => {
    const thread = queries.getQueryData(threadQuery(conversation.id).queryKey);
    const messageId = thread?.messages.findLast(({ type }) => type === "template")?.id;
    setState({ kind: "sent", sent, messageId });
    // Once a dialog is gone: behind one nothing takes the focus.
    requestAnimationFrame(() => box.current?.focus({ preventScroll: true }));
  };
  const again = state.kind === "choosing" ? state.again : undefined;
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label="Send a template"
      aria-keyshortcuts={shortcut}
      className="overflow-y-auto rounded-lg outline-none md:max-h-[60dvh] md:border md:p-3"
    >
      {state.kind === "sent" ? (
        <TemplateSent
          conversation={conversation}
          messageId={state.messageId}
          onAgain={() => choose(state.sent)}
          onAnother={() => choose()}
        />
      ) : (
        <>
          {isRoomy !== false && (
            <div className="max-md:hidden">
              <TemplatePicker
                key={again?.templateId}
                conversation={conversation}
                takesFocus={state.kind === "choosing"}
                again={again}
                onSent={follow}
              />
            </div>
          )}
          {isRoomy !== true && (
            <Button variant="primary" className="w-full md:hidden" onClick={() => choose()}>
              Choose a template
            </Button>
          )}
        </>
      )}
      {isRoomy === false && state.kind === "choosing" && (
        <TemplateDialog
          conversation={conversation}
          again={again}
          onSent={follow}
          onClose={() => setState({ kind: "closed" })}
        />
      )}
    </section>
  );
}

type TemplateSentProps = TemplatesProps & {
  readonly messageId: string | undefined;
  readonly onAgain: () => void;
  readonly onAnother: () => void;
};

/** What has become of the template that was just sent. */
function TemplateSent({ conversation, messageId, onAgain, onAnother }: TemplateSentProps) {
  const { data } = useQuery(threadQuery(conversation.id));
  const message = data?.messages.find(({ id }) => id === messageId);
  const hasFailed = message?.status === "failed";
  const hasArrived = message?.status === "delivered" || message?.status === "read";
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      {hasFailed ? (
        <p key="failed" role="alert" className="min-w-0 grow basis-56 text-bad-text">
          {`The template was not delivered. ${failureText(message.errorText)}`}
        </p>
      ) : (
        <p key="sent" role="status" className="min-w-0 grow basis-56">
          {`The template ${hasArrived ? "was delivered" : "is on its way"}. You can write again once the customer has answered.`}
        </p>
      )}
      <div className="flex gap-2">
        {hasFailed && (
          <Button size="sm" variant="primary" onClick={onAgain}>
            Try again
          </Button>
        )}
        <Button size="sm" onClick={onAnother}>
          Send another template
        </Button>
      </div>
    </div>
  );
}
