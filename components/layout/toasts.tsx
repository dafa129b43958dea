"use client";

import { type ComponentType, useEffect, useState } from "react";

/** Where toasts appear. The script comes right after the first paint; without it a page works, and says less. */
export function Toasts() {
  const [List, setList] = useState<ComponentType | null>(null);
  useEffect(() => {
    import("./toaster").then(
      ({ ToastList }) => setList(() => ToastList),
      () => undefined,
    );
  }, []);
  return List && <List />;
}
