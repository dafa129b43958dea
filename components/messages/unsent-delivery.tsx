"use client";

import { useOutboxDelivery } from "./use-outbox";

/** Nothing to be seen: it sends. */
export default function UnsentDelivery({ userId }: { userId: string }) {
  useOutboxDelivery(userId);
  return null;
}
