"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False while React takes over what the server rendered, and true right after: what differs by then may show only then. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
