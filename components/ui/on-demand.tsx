"use client";

import {
  type ComponentType,
  type LazyExoticComponent,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useEffectEvent,
  useState,
} from "react";
import { ErrorBoundary } from "./error-boundary";
import { useHydrated } from "./use-hydrated";

export type Missing<Props> = {
  /** What the component would have been given. */
  readonly props: Props;
  readonly retry: () => void;
  readonly retrying: boolean;
};

type OnDemand<Props> = {
  /** Stands in its place while its script is on its way. */
  readonly loading?: (props: Props) => ReactNode;
  /** Says that its script did not come; without it nothing is said, and it is tried again unasked. */
  readonly missing?: (missing: Missing<Props>) => ReactNode;
  /** The server renders it, too. */
  readonly onServer?: boolean;
};

/**
 * A component whose script comes when it is first shown. Where it does not come, for want of a connection or because a deploy has
 * replaced it, the page around it stays. It is tried again when that is asked for, when the connection is back, and at its next opening.
 */
export function onDemand<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  { loading, missing, onServer = false }: OnDemand<NoInfer<Props>> = {},
): ComponentType<Props> {
  let known: LazyExoticComponent<ComponentType<Props>> | undefined;
  // React keeps a failure for good: another try needs another component.
  const current = () => {
    known ??= lazy(async () => {
      try {
        return await load();
      } catch (error) {
        known = undefined;
        throw error;
      }
    });
    return known;
  };
  return function OnDemand(props: Props) {
    const isHydrated = useHydrated();
    const [tried, setTried] = useState(() => ({ Shown: current(), times: 0 }));
    const [retrying, setRetrying] = useState(false);
    const retry = () => {
      if (retrying) return;
      setRetrying(true);
      // Asked for here, so that what is said stays, with the focus in it, until there is more to show.
      void load()
        .then(
          () => setTried(({ times }) => ({ Shown: current(), times: times + 1 })),
          () => undefined,
        )
        .finally(() => setRetrying(false));
    };
    const place = loading?.(props) ?? null;
    const said = (
      <>
        <WhenConnected run={retry} />
        {missing?.({ props, retry, retrying })}
      </>
    );
    return (
      <ErrorBoundary key={tried.times} fallback={said}>
        <Suspense fallback={place}>{isHydrated || onServer ? <tried.Shown {...props} /> : place}</Suspense>
      </ErrorBoundary>
    );
  };
}

function WhenConnected({ run }: { readonly run: () => void }) {
  const latest = useEffectEvent(run);
  useEffect(() => {
    const connected = () => latest();
    addEventListener("online", connected);
    return () => removeEventListener("online", connected);
  }, []);
  return null;
}
