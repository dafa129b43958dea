import Compass from "lucide-react/icons/compass";
import type { Metadata } from "next";
import Link from "next/link";
import { Brand } from "@/components/layout/brand";
import { PageMessage } from "@/components/layout/page-message";
import { buttonStyle } from "@/components/ui/button";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-4xl px-5 pt-8">
      <Brand />
      <PageMessage
        icon={<Compass aria-hidden />}
        title="There is no such page"
        action={
          <Link href="/" className={buttonStyle({ variant: "primary" })}>
            Go to the start page
          </Link>
        }
      >
        The address may be mistyped, or the page may have moved.
      </PageMessage>
    </main>
  );
}
