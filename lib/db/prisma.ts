import { PrismaPg } from "@prisma/adapter-pg";
import { processWide } from "@/lib/shared/process-wide";
import { PrismaClient } from "@/prisma/generated/client";
import { pool } from "./pool";

/** Prisma over the process's one pool. */
export const prisma = processWide(
  "prisma",
  () => new PrismaClient({ adapter: new PrismaPg(pool(), { disposeExternalPool: false }) }),
);
