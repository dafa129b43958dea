import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { MESSAGE_TAKER_SENTENCE } from "@/lib/calls/message-taker";

/** The first words of a call: with credits, and without. */
export function PersonaPreview({ greeting }: { readonly greeting: string }) {
  return (
    <Card labelledBy="heard-title">
      <CardHeader id="heard-title" title="What callers hear first" />
      <CardBody className="grid gap-4">
        <Heard title="From your assistant" text={greeting.trim().replace(/\s+/g, " ")} />
        <Heard title="From the message-taker, while the AI is paused" text={MESSAGE_TAKER_SENTENCE} />
      </CardBody>
    </Card>
  );
}

function Heard({ title, text }: { title: string; text: string }) {
  return (
    <figure className="grid gap-1">
      <figcaption className="text-muted text-sm">{title}</figcaption>
      <blockquote className="wrap-anywhere rounded-md bg-sunken px-3 py-2 text-sm">{text}</blockquote>
    </figure>
  );
}
