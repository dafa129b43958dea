"use client";

import type { ThreadHeadDto } from "@/lib/inbox/client";

type TemplatesProps = { readonly conversation: ThreadHeadDto };

/** Among the tools of the reply box, while WhatsApp's window is open: opens the picker of templates. */
export function TemplateButton(_: TemplatesProps) {
  return null;
}

/** In place of the reply box, once WhatsApp's window has closed: the picker itself. */
export function TemplateBox(_: TemplatesProps) {
  return null;
}
