import Check from "lucide-react/icons/check";
import CheckCheck from "lucide-react/icons/check-check";
import CircleAlert from "lucide-react/icons/circle-alert";
import Clock from "lucide-react/icons/clock";
import { failureText } from "./words";

const STATES = {
  queued: { Icon: Clock, label: "Sending", tone: "" },
  sending: { Icon: Clock, label: "Sending", tone: "" },
  sent: { Icon: Check, label: "Sent", tone: "" },
  delivered: { Icon: CheckCheck, label: "Delivered", tone: "" },
  read: { Icon: CheckCheck, label: "Read", tone: "text-accent" },
};

const isState = (status: string): status is keyof typeof STATES => Object.hasOwn(STATES, status);

/** The delivery state of a message that the garage sent. */
export function DeliveryState({ status, errorText }: { status: string | null; errorText: string | null }) {
  if (status === "failed")
    return (
      <span className="inline-flex items-start gap-1 text-bad-text">
        <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
        <span>{`Not delivered. ${failureText(errorText)}`}</span>
      </span>
    );
  if (status === null || !isState(status)) return null;
  const { Icon, label, tone } = STATES[status];
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span>{label}</span>
    </span>
  );
}
