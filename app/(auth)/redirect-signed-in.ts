import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { findPlace } from "@/lib/auth/workspace";

/** Sends who is signed in already on to `next`, or to the page for whoever belongs to no garage. */
export async function redirectSignedIn(next = "/"): Promise<void> {
  const { user, belongs } = await findPlace(await headers());
  if (user) redirect((belongs ? next : "/no-garage") as Route);
}
