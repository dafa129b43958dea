"use client";

import { Brand } from "@/components/layout/brand";
import { Trouble, type TroubleProps } from "@/components/layout/trouble";

/** The workspace's own layout failed, as it does while the database is away: there is no navigation to show. */
export default function ErrorPage({ error }: TroubleProps) {
  return (
    <main className="mx-auto max-w-4xl px-5 pt-8">
      <Brand />
      <Trouble error={error} />
    </main>
  );
}
