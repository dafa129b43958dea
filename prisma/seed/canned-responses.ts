import { prisma } from "@/lib/db/prisma";
import { demoId } from "./names";
import type { DemoOrganisation } from "./organisations";
import { userIdOf } from "./people";

const RESPONSES: Readonly<Record<string, string>> = {
  ready:
    "Hi {firstName}, your {vehicle} is ready to collect. We’re open until 17:30, the keys are at reception.",
  "running-late":
    "Hi {firstName}, we’re running a little late with your {vehicle} today. We’ll message you as soon as it’s done. {garage}",
  "mot-reminder": "Hi {firstName}, your {vehicle} is due its MOT soon. Shall we book you in?",
  hours: "{garage} is open Monday to Friday 8:00 to 17:30 and Saturday 8:30 to 12:30.",
  photos: "Thanks {firstName}. Could you send us a photo of it? Then a technician can tell you more.",
};

/** Words that advisors pick after a slash. */
export async function saveCannedResponses(org: DemoOrganisation, at: Date): Promise<void> {
  await prisma().cannedResponse.createMany({
    data: Object.entries(RESPONSES).map(([shortcut, body]) => ({
      orgId: org.id,
      id: demoId(`canned-response:${org.slug}:${shortcut}`),
      shortcut,
      body,
      updatedBy: userIdOf("manager", org),
      updatedAt: at,
    })),
    skipDuplicates: true,
  });
}
