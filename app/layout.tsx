import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { isTheme, THEME_COOKIE } from "@/components/layout/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Torqueflow", template: "%s · Torqueflow" },
  description: "AI credits for UK garages: voice, WhatsApp, SMS and diagnostics.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f9fa" },
    { media: "(prefers-color-scheme: dark)", color: "#0e0f12" },
  ],
};

/** The scheme that somebody chose stands in a cookie, so that the first paint already has it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <html lang="en-GB" className={GeistSans.variable} data-theme={isTheme(chosen) ? chosen : undefined}>
      <body>{children}</body>
    </html>
  );
}
