// The demo's embedded database: one cluster for this repository, kept between runs.
import path from "node:path";
import { clusterExists } from "./postgres/cluster.mjs";
import { serverLocation } from "./postgres/location.mjs";
import { findServer, startServer } from "./postgres/server.mjs";

const PREFERRED_PORT = 5433;
const clusterDir = (location) => path.join(location.home, "postgres");

export const embeddedDatabaseExists = () => clusterExists(clusterDir(serverLocation()));

export const embeddedDatabaseRuns = async () => (await findServer(clusterDir(serverLocation()))) !== null;

export function startEmbeddedDatabase({ say, takeOver }) {
  const location = serverLocation(say);
  return startServer(location, {
    dir: clusterDir(location),
    database: "torqueflow",
    preferredPort: PREFERRED_PORT,
    takeOver,
    say,
  });
}
