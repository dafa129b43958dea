import { prismaAdapter } from "better-auth/adapters/prisma";
import { prisma } from "@/lib/db/prisma";

/** better-auth's tables, in our database and by our own names. */
export const authDatabase = () => prismaAdapter(prisma(), { provider: "postgresql", transaction: true });
