"use client";

import LogOut from "lucide-react/icons/log-out";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { startLeaving } from "./query-client";

export function SignOutButton() {
  const [leaving, setLeaving] = useState(false);
  const signOut = async () => {
    setLeaving(true);
    startLeaving();
    await fetch("/api/auth/sign-out", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(() => undefined);
    location.assign("/sign-in");
  };
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Sign out"
      disabled={leaving}
      onClick={() => void signOut()}
    >
      <LogOut aria-hidden />
    </Button>
  );
}
