import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { EarlyPresses } from "@/components/layout/early-presses";
import { isTheme, THEME_COLOR, THEME_COOKIE, type Theme } from "@/components/layout/theme";
import { nonceOf } from "@/lib/http/csp";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Torqueflow", template: "%s · Torqueflow" },
  applicationName: "Torqueflow",
  description: "AI credits for UK garages: voice, WhatsApp, SMS and diagnostics.",
  manifest: "/manifest.webmanifest",
  icons: {
    icon: [
      { url: "/icon.svg", type: "image/svg+xml" },
      { url: "/icon-192.png", type: "image/png", sizes: "192x192" },
    ],
    apple: "/apple-touch-icon.png",
  },
  appleWebApp: { title: "Torqueflow", statusBarStyle: "default" },
  // Numbers that can be rung are links of ours; a phone would also mark prices and registrations.
  formatDetection: { telephone: false, date: false, address: false, email: false },
};

/** The scheme that somebody chose stands in a cookie, so that the first paint already has it. */
async function chosenTheme(): Promise<Theme | undefined> {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(chosen) ? chosen : undefined;
}

export async function generateViewport(): Promise<Viewport> {
  const chosen = await chosenTheme();
  return {
    themeColor: (["light", "dark"] as const).map((scheme) => ({
      media: `(prefers-color-scheme: ${scheme})`,
      color: THEME_COLOR[chosen ?? scheme],
    })),
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = nonceOf((await headers()).get("content-security-policy"));
  return (
    <html lang="en-GB" className={GeistSans.variable} data-theme={await chosenTheme()}>
      <body>
        <EarlyPresses nonce={nonce} />
        {children}
      </body>
    </html>
  );
}
