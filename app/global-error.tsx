"use client";

import { GeistSans } from "geist/font/sans";
import type { TroubleProps } from "@/components/layout/trouble";
import ErrorPage from "./error";
import "./globals.css";

/** The document itself failed: this is shown in its place. */
export default function GlobalError({ error }: TroubleProps) {
  return (
    <html lang="en-GB" className={GeistSans.variable}>
      <body>
        <ErrorPage error={error} />
      </body>
    </html>
  );
}
