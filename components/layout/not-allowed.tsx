import Lock from "lucide-react/icons/lock";
import { Page } from "./page";

/** A page that a role does not have: says so, and whom to ask. */
export function NotAllowed({ what }: { what: string }) {
  return (
    <Page className="flex min-h-[60dvh] flex-col items-center justify-center text-center">
      <Lock aria-hidden className="mb-3 size-5 text-faint" />
      <h1 className="font-medium text-base">You don’t have access to {what}</h1>
      <p className="mt-0.5 max-w-sm text-balance text-muted text-sm">
        Your role doesn’t include this page. Ask the account owner if you need it.
      </p>
    </Page>
  );
}
