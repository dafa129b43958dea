"use client";

const PREFIX = "torqueflow-looked-at:";

const isLookedAt = (): boolean => !document.hidden && document.hasFocus();

/**
 * Tells the other tabs of this browser, by a lock that they can see, that this one is in front of somebody and shows this
 * page. Returns what ends it.
 */
export function tellLookedAt(path: string): () => void {
  if (!("locks" in navigator)) return () => undefined;
  let release: (() => void) | undefined;
  const letGo = () => {
    release?.();
    release = undefined;
  };
  const follow = () => {
    if (!isLookedAt()) return letGo();
    if (release) return;
    const left = new Promise<void>((resolve) => {
      release = resolve;
    });
    void navigator.locks.request(PREFIX + path, { mode: "shared" }, () => left);
  };
  const events = [
    [window, "focus"],
    [window, "blur"],
    [document, "visibilitychange"],
  ] as const;
  for (const [target, event] of events) target.addEventListener(event, follow);
  follow();
  return () => {
    for (const [target, event] of events) target.removeEventListener(event, follow);
    letGo();
  };
}

/** The pages that are in front of somebody in this browser, in any of its tabs. */
export async function pathsLookedAt(): Promise<readonly string[]> {
  if (!("locks" in navigator)) return isLookedAt() ? [location.pathname] : [];
  const { held = [] } = await navigator.locks.query();
  return held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
}
