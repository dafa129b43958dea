import Lock from "lucide-react/icons/lock";
import { PageMessage } from "./page-message";

/** Shown instead of a page that the member’s role does not include. */
export function NotAllowed({ what }: { what: string }) {
  return (
    <PageMessage icon={<Lock aria-hidden />} title={`You don’t have access to ${what}`}>
      Your role doesn’t include this page. Ask the account owner if you need it.
    </PageMessage>
  );
}
