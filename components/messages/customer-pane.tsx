"use client";

import { clsx } from "clsx";
import ContactRound from "lucide-react/icons/contact-round";
import X from "lucide-react/icons/x";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { useMedia } from "@/components/ui/use-media";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import { showColumn, useColumnShown } from "./customer-column";
import { CustomerSkeleton } from "./customer-skeleton";
import { useKey } from "./use-keys";
import type { InboxViewer } from "./viewer";

/** Its script comes when it is first shown. */
const CustomerPanel = onDemand(() => import("./customer-panel"), {
  loading: () => <CustomerSkeleton />,
  missing: (missing) => <div className="py-4">{partMissing("The customer couldn’t be loaded")(missing)}</div>,
});

const ID = "customer";

/** Tailwind's `xl`: from here on there is room for a column beside the conversation. */
const WIDE = "(min-width: 80rem)";

export type CustomerPaneState = {
  readonly isWide: boolean | null;
  readonly hasColumn: boolean;
  readonly hasDialog: boolean;
  readonly toggle: () => void;
  /** What shows it: has the focus again when it is closed. */
  readonly button: RefObject<HTMLButtonElement | null>;
};

/** The customer beside a conversation: a column where there is room, else a dialog. None for the team's own questions. */
export function useCustomerPane(
  channel: ThreadHeadDto["channel"] | undefined,
  { columnShown }: InboxViewer,
): CustomerPaneState {
  const isWide = useMedia(WIDE);
  const wantsColumn = useColumnShown(columnShown);
  const [wantsDialog, setDialog] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const has = channel !== "diagnostics";
  return {
    isWide,
    hasColumn: has && wantsColumn && isWide !== false,
    hasDialog: has && wantsDialog && isWide === false,
    toggle: () => (isWide ? showColumn(!wantsColumn) : setDialog(!wantsDialog)),
    button,
  };
}

export function CustomerButton({ pane }: { readonly pane: CustomerPaneState }) {
  const { isWide, hasColumn, hasDialog, toggle, button } = pane;
  const shortcut = useKey("customer", toggle);
  return (
    <Button
      ref={button}
      size="sm"
      className="max-2xl:w-8 max-2xl:px-0"
      aria-label="Customer"
      title="Customer"
      aria-expanded={isWide === false ? hasDialog : hasColumn}
      aria-haspopup={isWide === false ? "dialog" : undefined}
      aria-keyshortcuts={shortcut}
      onClick={toggle}
    >
      <ContactRound aria-hidden />
      <span className="max-2xl:hidden">Customer</span>
    </Button>
  );
}

/** The conversation, and where there is room the customer beside it: also while it loads, so that nothing moves when it is there. */
export function BesideCustomer({
  pane,
  children,
}: {
  readonly pane: Pick<CustomerPaneState, "hasColumn">;
  readonly children: ReactNode;
}) {
  return (
    <div
      className={clsx(
        "min-w-0 md:grid md:min-h-0 md:grid-cols-[minmax(0,1fr)] md:grid-rows-[minmax(0,1fr)]",
        pane.hasColumn && "xl:grid-cols-[minmax(0,1fr)_18rem]",
      )}
    >
      {children}
    </div>
  );
}

type PaneProps = {
  readonly conversation: ThreadHeadDto;
  readonly viewer: InboxViewer;
  readonly pane: CustomerPaneState;
  readonly onOpen: (id: string) => void;
};

export function CustomerPane({ conversation, viewer, pane, onOpen }: PaneProps) {
  const { hasDialog, toggle } = pane;
  const panel = <CustomerPanel conversation={conversation} viewer={viewer} onOpen={onOpen} />;
  if (!hasDialog) return <CustomerColumn pane={pane}>{panel}</CustomerColumn>;
  return (
    <Dialog id={ID} title="Customer" onClose={toggle}>
      <p id={`${ID}-text`} className="sr-only">
        Who writes in this conversation
      </p>
      {/* Of one height, whatever comes. */}
      <div className="-mx-5 mt-3 h-[min(70dvh,36rem)] overflow-y-auto border-y px-5">{panel}</div>
      <div className="mt-4 flex justify-end">
        <Button onClick={toggle}>Close</Button>
      </div>
    </Dialog>
  );
}

type ColumnProps = { readonly pane: CustomerPaneState; readonly children?: ReactNode };

/** What is in it waits until it is known that there is room. */
export function CustomerColumn({ pane, children }: ColumnProps) {
  const { isWide, hasColumn, toggle, button } = pane;
  if (!hasColumn) return null;
  const hide = () => {
    toggle();
    button.current?.focus();
  };
  return (
    <section
      aria-labelledby={`${ID}-title`}
      className="flex min-h-0 min-w-0 flex-col border-l bg-surface max-xl:hidden"
    >
      <div className="flex min-h-15 items-center justify-between gap-2 border-b pr-2 pl-4">
        <h2 id={`${ID}-title`} className="font-semibold">
          Customer
        </h2>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Hide the customer"
          title="Hide the customer"
          onClick={hide}
        >
          <X aria-hidden />
        </Button>
      </div>
      <div className="min-h-0 grow overflow-y-auto px-4">
        {isWide && children ? children : <CustomerSkeleton />}
      </div>
    </section>
  );
}
