"use client";

import { useQuery } from "@tanstack/react-query";
import type { MessageDto, ThreadHeadDto } from "@/lib/inbox/client";
import { sentAgain, templatesQuery } from "@/lib/inbox/template-client";
import { TemplateDialog } from "./composer-templates";

type TemplateAgainProps = {
  readonly conversation: ThreadHeadDto;
  readonly sent: NonNullable<MessageDto["template"]>;
  readonly onClose: () => void;
};

/** No template has this id: the picker says that it is gone. */
const GONE = { templateId: "", values: {} };

/** A template that was not delivered, filled in as it was, to be sent once more. */
export default function TemplateAgain({ conversation, sent, onClose }: TemplateAgainProps) {
  const { data, isError } = useQuery(templatesQuery(conversation.id));
  if (!data && !isError) return null;
  const again = data ? (sentAgain(data.templates, sent) ?? GONE) : undefined;
  return <TemplateDialog conversation={conversation} again={again} onSent={onClose} onClose={onClose} />;
}
