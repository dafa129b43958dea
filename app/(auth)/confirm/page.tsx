import type { Metadata } from "next";
import { env } from "@/lib/shared/env";
import { Confirm } from "./confirm";

export const metadata: Metadata = { title: "Confirm your email address" };

/** Behind the link of a sign-up. Its token stands behind `#`, and opening it changes nothing. */
export default function ConfirmPage() {
  return <Confirm isDemo={env().TORQUEFLOW_DEMO} />;
}
