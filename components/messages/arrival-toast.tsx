import { toast } from "@/components/layout/toast";
import type { WaitingDto } from "@/lib/inbox/get-waiting";
import { attentionText, customerName } from "./words";

/** Says that a customer waits for a person, and leads there. */
export function toastArrival(
  { id, customer, attentionReason }: WaitingDto["latest"][number],
  onOpen: () => void,
): void {
  toast(<NewMessage from={customerName(customer)} />, {
    id,
    description: attentionText(attentionReason),
    action: { label: "Open", onClick: onOpen },
  });
}

const NewMessage = ({ from }: { from: string }) => (
  <>
    New message from <bdi>{from}</bdi>
  </>
);
