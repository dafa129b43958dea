"use client";

import { useEffect, useState } from "react";
import { toast } from "@/components/layout/toast";

const SHOWN_MS = 2_000;

/** Copies a text, and says for a moment that it is copied. */
export function useCopy(text: string): { readonly copied: boolean; readonly copy: () => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast.error("This couldn’t be copied. Select it and copy it by hand."),
    );
  return { copied, copy };
}
