import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types of the whole tree are checked by `npm run verify` and CI; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["graphile-worker", "pino", "pg", "prom-client"],
};

export default config;
