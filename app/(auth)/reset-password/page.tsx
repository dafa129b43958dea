import type { Metadata } from "next";
import { ResetPassword } from "./reset-password";

export const metadata: Metadata = { title: "Choose a new password" };

/** Behind a mailed link. Its token stands behind `#`, and opening it changes nothing. */
export default function ResetPasswordPage() {
  return <ResetPassword />;
}
