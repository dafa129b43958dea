"use client";

import FileText from "lucide-react/icons/file-text";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import { useKey } from "./use-keys";

/** Its script comes when it is first shown. */
const TemplatePicker = dynamic(() => import("./template-picker"), {
  ssr: false,
  loading: () => <Skeleton className="h-40" />,
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
      {open &&
        // Outside the reply's own form, which must not hear of this one being sent.
        createPortal(
          <Dialog id={ID} title="Send a template" wide onClose={close}>
            <p id={`${ID}-text`} className="mt-1 mb-4 text-muted text-sm">
              Messages that WhatsApp has approved. They can be sent at any time.
            </p>
            <TemplatePicker conversation={conversation} takesFocus onSent={close} />
          </Dialog>,
          document.body,
        )}
    </>
  );
}

/** In place of the reply box, once WhatsApp's window has closed: the picker itself. */
export function TemplateBox({ conversation }: TemplatesProps) {
  const [sent, setSent] = useState(false);
  const [wanted, setWanted] = useState(false);
  const box = useRef<HTMLElement>(null);
  const shortcut = useKey("template", () => {
    setSent(false);
    // Where the templates are still to be read, the focus goes to them when they are there.
    setWanted(true);
    (box.current?.querySelector<HTMLElement>("input, button") ?? box.current)?.focus();
  });
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label="Send a template"
      aria-keyshortcuts={shortcut}
      className="max-h-[60dvh] overflow-y-auto rounded-lg border p-3 outline-none"
    >
      {sent ? (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p role="status">The template is on its way. You can write again once the customer has answered.</p>
          <Button size="sm" onClick={() => setSent(false)}>
            Send another template
          </Button>
        </div>
      ) : (
        <TemplatePicker
          conversation={conversation}
          takesFocus={wanted}
          onSent={() => {
            setSent(true);
            setWanted(false);
            box.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </section>
  );
}
