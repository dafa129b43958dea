import { hashPassword } from "better-auth/crypto";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { prisma } from "@/lib/db/prisma";
import { demoId } from "./names";
import type { OrganisationProfile } from "./profile";

const PASSWORD = "torqueflow-demo";

export const SUPPORT_USER_ID = demoId("user:support@torqueflow.test");

/** Owner, manager, advisor and technician of each garage. */
const STAFF: Readonly<Record<string, readonly string[]>> = {
  brightside: ["Priya Sharma", "Tom Hartley", "Ellie Watson", "Darren Clegg"],
  lowfell: ["George Robson", "Leanne Dodds", "Adam Charlton", "Kieran Bell"],
  ironbridge: ["Gareth Evans", "Megan Pryce", "Sioned Lloyd", "Huw Bevan"],
  quayside: ["Farah Iqbal", "Stuart Noble", "Chloe Barnes", "Liam Purvis"],
  harbour: ["Rosie Penrose", "Jago Trevithick", "Tamsin Rowe", "Denzil Hocking"],
  oldmill: ["Arthur Pickering", "Joan Metcalfe", "Hannah Sykes", "Wilf Ackroyd"],
  showroom: ["Sam Showroom", "Maya Showroom", "Alex Showroom", "Toby Showroom"],
  coldstart: ["Fiona Mackay", "Callum Reid", "Isla Ferguson", "Rory Sinclair"],
  millbrook: ["Nadia Rahman", "Owen Blake", "Sian Fuller", "Marcus Dean"],
  harrow: ["Helen Stroud", "Imran Aziz", "Katie Lowe", "Gary Finch"],
};

/** The user who signs in as `<role>@<slug>.test`. */
export const userIdOf = (role: Role, { slug }: OrganisationProfile): string =>
  demoId(`user:${role}@${slug}.test`);

export const staffNameOf = (role: Role, { slug }: OrganisationProfile): string =>
  STAFF[slug]?.[ROLES.indexOf(role)] ?? `${slug} ${role}`;

type Person = { readonly id: string; readonly email: string; readonly name: string };

const person = (email: string, name: string): Person => ({ id: demoId(`user:${email}`), email, name });

function staffOf(profile: OrganisationProfile): (Person & { role: string })[] {
  return ROLES.map((role) => ({
    ...person(`${role}@${profile.slug}.test`, staffNameOf(role, profile)),
    role,
  }));
}

/** Everybody who can sign in to the demo, all with one password; accounts that are there stay as they are. */
export async function savePeople(profiles: readonly OrganisationProfile[], createdAt: Date): Promise<void> {
  const password = await hashPassword(PASSWORD);
  const support = { ...person("support@torqueflow.test", "Torqueflow Support"), platformRole: "support" };
  const staff = profiles.flatMap((profile) => staffOf(profile).map((member) => ({ ...member, profile })));
  const times = { createdAt, updatedAt: createdAt };
  const users = [support, ...staff.map(({ id, email, name }) => ({ id, email, name, platformRole: null }))];
  await prisma().user.createMany({
    data: users.map((user) => ({ ...user, emailVerified: true, demo: true, ...times })),
    skipDuplicates: true,
  });
  await prisma().account.createMany({
    data: users.map(({ id, email }) => ({
      id: demoId(`account:${email}`),
      accountId: id,
      providerId: "credential",
      userId: id,
      password,
      ...times,
    })),
    skipDuplicates: true,
  });
  await prisma().member.createMany({
    data: staff.map(({ id, email, role, profile }) => ({
      id: demoId(`member:${email}`),
      organizationId: profile.id,
      userId: id,
      role,
      createdAt,
    })),
    skipDuplicates: true,
  });
}
