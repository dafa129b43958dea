"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { askAccess, noteHeldBack } from "./access";

/** The garage that this tab was opened for: it stays the same until the document is loaded again. */
const Shown = createContext("");

type OfGarageProps = {
  /** Whose content this is, as the server rendered it. */
  readonly orgId: string;
  readonly children: ReactNode;
};

/** The frame of every page, of the garage for which the tab was opened. */
export function GarageFrame({ orgId, children }: OfGarageProps) {
  const [shown] = useState(orgId);
  return (
    <Shown value={shown}>
      <OfGarage orgId={orgId}>{children}</OfGarage>
    </Shown>
  );
}

/**
 * Content of the frame's own garage. The server renders for the garage that the session acts for, which another tab may have
 * switched: then what stood here stays, with all that is typed in it, and the tab asks where it stands.
 */
export function OfGarage({ orgId, children }: OfGarageProps) {
  const isOwn = orgId === use(Shown);
  const [own, setOwn] = useState<ReactNode>(isOwn ? children : null);
  if (isOwn && own !== children) setOwn(children);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every rendering for another garage asks again
  useEffect(() => {
    if (isOwn) return;
    noteHeldBack();
    askAccess();
  }, [isOwn, children]);
  return own;
}
