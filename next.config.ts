import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // No page asks for other sizes of a picture: `/_next/image` answers 404, whatever it is asked for.
  images: { unoptimized: true },
  // Types of the whole tree are checked by `npm run verify` and CI; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["graphile-worker", "pino", "pg", "prom-client"],
};

export default config;
