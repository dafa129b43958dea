import { redirect } from "next/navigation";
import { homeFor } from "@/components/layout/navigation";
import { workspaceContext } from "@/lib/auth/workspace";

/** Redirects to the sign-in page, or to where the member’s role starts. */
export default async function Home(): Promise<never> {
  const { permissions } = await workspaceContext();
  redirect(homeFor(permissions));
}
