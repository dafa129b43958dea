import Copy from "lucide-react/icons/copy";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import type { CustomerDto } from "@/lib/inbox/client";
import { formatPhone } from "@/lib/shared/format";

type Known = { readonly known: CustomerDto };

/** Their name, number and address, each to be used at once or copied. */
export function CustomerDetails({ known }: Known) {
  const { contact, customer } = known;
  const channelName = contact.name ?? (contact.username === null ? null : `@${contact.username}`);
  const name = customer?.name ?? channelName;
  return (
    <section aria-label="Contact" className="grid gap-1.5">
      {name !== null && (
        <p className="wrap-anywhere font-semibold text-md">
          <bdi>{name}</bdi>
        </p>
      )}
      {customer && channelName !== null && channelName !== customer.name && (
        <p className="wrap-anywhere text-muted text-sm">
          Calls themselves <bdi>{channelName}</bdi>
        </p>
      )}
      {contact.phone && (
        <Line what="number" value={contact.phone}>
          <a href={`tel:${contact.phone}`} className="tabular-nums hover:underline">
            {formatPhone(contact.phone)}
          </a>
        </Line>
      )}
      {customer?.email && (
        <Line what="email address" value={customer.email}>
          <a href={`mailto:${customer.email}`} className="wrap-anywhere hover:underline">
            {customer.email}
          </a>
        </Line>
      )}
      {contact.optedOut && (
        <p>
          <Badge tone="warn">Opted out of messages</Badge>
        </p>
      )}
      {!customer && <p className="text-muted text-sm">{whyNobody(known)}</p>}
    </section>
  );
}

function whyNobody({ contact, shared }: CustomerDto): string {
  if (contact.phone === null) return "No number is known, so no customer record can be found";
  return shared
    ? "This number belongs to several people, so no customer record is shown"
    : "No customer record for this number";
}

type LineProps = { readonly what: string; readonly value: string; readonly children: ReactNode };

function Line({ what, value, children }: LineProps) {
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => toast.success(`The ${what} is copied`),
      () => toast.error(`The ${what} couldn’t be copied`),
    );
  return (
    <div className="flex items-center gap-1 text-sm">
      {children}
      <button
        type="button"
        aria-label={`Copy the ${what}`}
        title={`Copy the ${what}`}
        className="shrink-0 rounded-md p-1.5 text-muted hover:bg-sunken hover:text-ink"
        onClick={copy}
      >
        <Copy aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}
