"use client";

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { MESSAGE_TAKER_SENTENCE } from "@/lib/calls/message-taker";
import { previewCanned } from "@/lib/inbox/canned-preview";

type CustomerPreviewProps = {
  readonly name: string;
  readonly phone: string | null;
  readonly portalUrl: string | null;
  /** The sentence that the AI is told, or why there is none. */
  readonly hours: string;
  readonly sms: { readonly text: string; readonly segments: number };
};

/** What customers read and hear of the garage, as it is typed. */
export function CustomerPreview({ name, phone, portalUrl, hours, sms }: CustomerPreviewProps) {
  return (
    <Card labelledBy="preview-title">
      <CardHeader
        id="preview-title"
        title="What customers read and hear"
        description="While the AI is paused. It follows what you type."
      />
      <CardBody className="grid gap-4">
        {previewCanned({ name, phone, portalUrl }).map(({ title, text }) => (
          <Words key={title} title={`WhatsApp: ${title.toLowerCase()}`} text={text} />
        ))}
        <Words
          title={`Text message: ${sms.segments} ${sms.segments === 1 ? "segment" : "segments"}`}
          text={sms.text}
        />
        <Words title="Phone: the message-taker" text={MESSAGE_TAKER_SENTENCE} />
        <Words title="Opening hours, as the AI says them" text={hours} />
      </CardBody>
    </Card>
  );
}

function Words({ title, text }: { title: string; text: string }) {
  return (
    <figure className="grid gap-1">
      <figcaption className="text-muted text-sm">{title}</figcaption>
      <blockquote className="wrap-anywhere rounded-md bg-sunken px-3 py-2 text-sm">{text}</blockquote>
    </figure>
  );
}
