-- One table for every limit on how often somebody may do something, written by rate-limiter-flexible. `expire` is in
-- milliseconds since 1970; no bigint, because the process's pool reads those as BigInt and the library counts in numbers.
-- The sign-in library's own counters go. Locks: none that matters, nothing else refers to either table.
-- Undo: drop limit_counter, create rate_limit as in 20261121090000_tables.

-- CreateTable
CREATE TABLE "limit_counter" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" DOUBLE PRECISION,

    CONSTRAINT "limit_counter_pkey" PRIMARY KEY ("key")
);

-- DropTable
DROP TABLE "rate_limit";
