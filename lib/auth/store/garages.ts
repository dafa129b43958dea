import { prisma } from "@/lib/db/prisma";

const MAX_SLUG = 40;

/** Stores a new organisation with its owner. The slug is made from the name and the id, so that names may repeat. */
export async function createGarage(garage: {
  orgId: string;
  name: string;
  memberId: string;
  userId: string;
  at: Date;
}): Promise<void> {
  const words = garage.name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, MAX_SLUG);
  await prisma().organization.create({
    data: {
      id: garage.orgId,
      name: garage.name,
      slug: `${words || "garage"}-${garage.orgId.slice(-6)}`,
      createdAt: garage.at,
      members: {
        create: { id: garage.memberId, userId: garage.userId, role: "owner", createdAt: garage.at },
      },
    },
  });
}
