import type { ReactNode } from "react";
import { OfGarage } from "@/components/live/of-garage";
import { workspaceContext } from "@/lib/auth/workspace";

/** A page, or a layout below the workspace's: shown only within the frame of the garage that it was rendered for. */
export function garagePage<P>(render: (props: P) => Promise<ReactNode>) {
  return async function GaragePage(props: P) {
    const { orgId } = await workspaceContext();
    return <OfGarage orgId={orgId}>{await render(props)}</OfGarage>;
  };
}
