import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // No page asks for other sizes of a picture: `/_next/image` answers 404, whatever it is asked for.
  images: { unoptimized: true },
  // Types of the whole tree are checked by `npm run verify` and CI; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // recharts looks its scales up by name, so that all of d3's would be sent: 8 kB for time, logarithms and colours.
  turbopack: { resolveAlias: { "victory-vendor/d3-scale": "./components/charts/d3-scales.ts" } },
  // `npm run dev` serves under this address, and hot reload is refused under any other than the one that Next chose.
  allowedDevOrigins: ["127.0.0.1"],
  experimental: {
    // Nobody reads them: a third of what is built, and of what is deployed.
    turbopackSourceMaps: false,
    // Writing it takes a quarter of a build, and a deployment or a test run on a clean checkout never has one to read.
    turbopackFileSystemCacheForBuild: false,
  },
  serverExternalPackages: ["graphile-worker", "pino", "pg", "prom-client"],
};

export default config;
