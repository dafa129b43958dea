"use client";

import { type ComponentType, useEffect, useState } from "react";
import { atFirstTouch } from "@/components/ui/at-first-touch";
import { toastsWanted, wantToasts } from "./toast";

/**
 * Where toasts appear. The script comes with the first of them, or when somebody moves towards the page: what they press then
 * may fail for want of a connection, and that is to be said. Without it a page works, and says less.
 */
export function Toasts() {
  const [List, setList] = useState<ComponentType | null>(null);
  useEffect(() => {
    void toastsWanted
      .then(() => import("./toaster"))
      .then(
        ({ ToastList }) => setList(() => ToastList),
        () => undefined,
      );
    return atFirstTouch(wantToasts);
  }, []);
  return List && <List />;
}
