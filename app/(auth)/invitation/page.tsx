import type { Metadata } from "next";
import { Invitation } from "./invitation";

export const metadata: Metadata = { title: "Invitation" };

/** Behind the link of an invitation. Its token stands behind `#`, and opening it changes nothing. */
export default function InvitationPage() {
  return <Invitation />;
}
