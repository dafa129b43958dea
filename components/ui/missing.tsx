"use client";

import { Button } from "./button";
import { Dialog } from "./dialog";
import { ErrorState } from "./error-state";
import type { Missing } from "./on-demand";

/** A reload helps after a deploy: it names the present scripts. */
const WHAT_HELPS = "Check your connection and try again. If that doesn’t help, reload the page.";

/** In place of a dialog or a menu: the same dialog, which says that there is no more of it. */
export const dialogMissing =
  (title: string) =>
  ({ props: { onClose }, retry, retrying }: Missing<{ readonly onClose: () => void }>) => (
    <Dialog id="missing" title={title} onClose={onClose}>
      <p id="missing-text" role="alert" className="mt-2 text-muted">
        {WHAT_HELPS}
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <Button variant="primary" aria-busy={retrying} aria-disabled={retrying} onClick={retry}>
          Try again
        </Button>
      </div>
    </Dialog>
  );

/** In place of a part of the page. `meanwhile` says what is there all the same. */
export const partMissing =
  (title: string, meanwhile?: string) =>
  ({ retry, retrying }: Missing<object>) => (
    <ErrorState
      title={title}
      description={meanwhile ? `${meanwhile} ${WHAT_HELPS}` : WHAT_HELPS}
      onRetry={retry}
      retrying={retrying}
    />
  );
