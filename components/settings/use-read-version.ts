"use client";

import { useEffect, useRef } from "react";

/**
 * The version that a form was read from. While something is typed it stays behind what is stored, so that a colleague's change is
 * never undone unsaid; `catchUp` is for when it has been said, or saved.
 */
export function useReadVersion(stored: number) {
  const read = useRef(stored);
  const isTyped = useRef(false);
  useEffect(() => {
    if (!isTyped.current) read.current = stored;
  }, [stored]);
  return {
    current: () => read.current,
    catchUp: (version: number) => {
      read.current = version;
    },
    /** Whether something is typed and not saved. */
    follow: (isDirty: boolean) => {
      isTyped.current = isDirty;
    },
  };
}
