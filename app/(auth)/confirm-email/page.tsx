import type { Metadata } from "next";
import { ConfirmEmail } from "./confirm-email";

export const metadata: Metadata = { title: "Confirm another address" };

/** Behind a mailed link. Its token stands behind `#`, and opening it changes nothing. */
export default function ConfirmEmailPage() {
  return <ConfirmEmail />;
}
