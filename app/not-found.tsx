import type { Metadata } from "next";
import { Brand } from "@/components/layout/brand";
import { PAGE_ACTION, PageMessage } from "@/components/layout/page-message";

export const metadata: Metadata = { title: "Page not found" };

/** An address without a page. A plain link: the client's router would be loaded for it on every page. */
export default function NotFound() {
  return (
    <main className="mx-auto max-w-4xl px-5 pt-8">
      <Brand />
      <PageMessage
        title="There is no such page"
        action={
          <a href="/" className={PAGE_ACTION}>
            Go to the start page
          </a>
        }
      >
        The address may be mistyped, or the page may have moved.
      </PageMessage>
    </main>
  );
}
