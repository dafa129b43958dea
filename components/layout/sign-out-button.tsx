"use client";

import LogOut from "lucide-react/icons/log-out";
import { useState } from "react";
import { signOut } from "@/components/live/sign-out";
import { Button } from "@/components/ui/button";
import { toast } from "./toast";

export function SignOutButton() {
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    await signOut().catch((error: Error) => {
      toast.error("You are still signed in", { description: error.message });
      setLeaving(false);
    });
  };
  return (
    <Button variant="ghost" size="icon" aria-label="Sign out" disabled={leaving} onClick={() => void leave()}>
      <LogOut aria-hidden />
    </Button>
  );
}
