import { redirect } from "next/navigation";
import { homeFor } from "@/components/layout/navigation";
import { workspaceContext } from "@/lib/auth/workspace";

/** The front door: to the sign-in page, or to where a role begins. */
export default async function Home(): Promise<never> {
  const { permissions } = await workspaceContext();
  redirect(homeFor(permissions));
}
