import { readFileSync } from "node:fs";
import path from "node:path";
import { prisma } from "@/lib/db/prisma";
import { fileKey } from "@/lib/files/key";
import { writeFile } from "@/lib/files/write-file";
import { windowEnd } from "@/lib/inbox/core/window";
import { describeFile } from "@/lib/inbox/describe-file";
import { letterPdf, toneWav, warningLampPng } from "./draw";
import { demoId } from "./names";
import type { DemoOrganisation } from "./organisations";
import { userIdOf } from "./people";
import { numbersOf } from "./profile";

type Line = {
  readonly by: "customer" | "staff";
  readonly minutes: number;
  readonly type: "text" | "image" | "audio" | "video" | "sticker" | "document" | "location";
  readonly body: string;
  readonly captioned?: true;
  readonly content?: Buffer;
  readonly fileName?: string;
  /** Was never fetched, and WhatsApp has it no longer. */
  readonly expired?: true;
  readonly parts?: Readonly<Record<string, unknown>>;
};

const fileOf = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, "files", name));

const PLACE = {
  latitude: 53.8008,
  longitude: -1.5491,
  name: "Car park, Wellington Street",
  address: "Leeds LS1 4DL",
};

/** One customer and one garage who send each other everything that WhatsApp can carry. */
const LINES: readonly Line[] = [
  { by: "customer", minutes: 0, type: "image", body: "Picture", expired: true },
  {
    by: "customer",
    minutes: 2,
    type: "image",
    body: "This came on this morning",
    captioned: true,
    content: warningLampPng(),
  },
  {
    by: "customer",
    minutes: 3,
    type: "audio",
    body: "Voice message",
    content: toneWav(),
    parts: { voice: true },
  },
  {
    by: "customer",
    minutes: 4,
    type: "video",
    body: "And this is the noise when the wheel turns",
    captioned: true,
    content: fileOf("wheel.mp4"),
  },
  {
    by: "customer",
    minutes: 5,
    type: "location",
    body: `${PLACE.name}, ${PLACE.address}`,
    parts: { location: PLACE },
  },
  { by: "staff", minutes: 11, type: "text", body: "Thanks, please don’t drive it. We’ll collect it at two." },
  {
    by: "staff",
    minutes: 95,
    type: "image",
    body: "The sensor that failed",
    captioned: true,
    content: warningLampPng(2),
    fileName: "sensor.png",
  },
  {
    by: "staff",
    minutes: 97,
    type: "document",
    body: "Estimate 1042.pdf",
    content: letterPdf("Estimate 1042: oil pressure sensor, fitted, 96.00 GBP"),
    fileName: "Estimate 1042.pdf",
  },
  { by: "customer", minutes: 104, type: "text", body: "Perfect, go ahead please" },
  { by: "customer", minutes: 105, type: "sticker", body: "Sticker", content: fileOf("smile.webp") },
];

const MINUTE_MS = 60_000;

/** The conversation that shows each kind of file, also one that has expired. Safe to run again. */
export async function saveMedia(org: DemoOrganisation, lastAt: Date): Promise<void> {
  const { id: orgId, slug, n } = org;
  const name = (what: string) => demoId(`media:${slug}:${what}`);
  const end = Math.max(...LINES.map(({ minutes }) => minutes));
  const timeOf = ({ minutes }: Line) => new Date(lastAt.getTime() - (end - minutes) * MINUTE_MS);
  const conversationId = name("conversation");
  const phone = `+44770090${7_000 + n}`;
  const first = timeOf(LINES[0] as Line);
  const contact = {
    orgId,
    id: name("contact"),
    channel: "whatsapp" as const,
    externalId: phone.slice(1),
    waId: phone.slice(1),
    phone,
    name: "Megan Hollis",
    createdAt: first,
  };
  await prisma().contact.createMany({ data: [contact], skipDuplicates: true });
  const identity = numbersOf(n).whatsAppNumberId;
  await prisma().conversation.createMany({
    data: [
      {
        orgId,
        id: conversationId,
        contactId: contact.id,
        channel: "whatsapp",
        identity,
        identityAt: lastAt,
        heldBy: userIdOf("advisor", org),
        heldSince: first,
        windowEndsAt: windowEnd(lastAt),
        lastMessageAt: lastAt,
        lastInboundAt: lastAt,
        assignedTo: userIdOf("advisor", org),
        createdAt: first,
      },
    ],
    skipDuplicates: true,
  });
  for (const [nth, line] of LINES.entries()) {
    const at = timeOf(line);
    const messageId = name(`message:${nth}`);
    const ref = `demo-${slug}-${nth}`;
    const isOurs = line.by === "staff";
    const isFile = line.content !== undefined || line.expired === true;
    const { voice, ...parts } = line.parts ?? {};
    await prisma().message.createMany({
      data: [
        {
          ...{
            orgId,
            id: messageId,
            conversationId,
            channel: "whatsapp",
            type: line.type,
            body: line.body,
            identity,
            at,
            receivedAt: at,
          },
          ...{ direction: isOurs ? "outbound" : "inbound", author: isOurs ? "staff" : "customer" },
          providerId: `wamid.${ref}`,
          parts: {
            ...parts,
            ...(isFile && !isOurs && { media: [{ id: ref, ...(voice === true && { voice }) }] }),
            ...(line.captioned && { captioned: true }),
          },
          ...(isOurs ? { status: "read", sourceKey: `seed:${ref}`, sentAt: at } : { handling: "shown" }),
        },
      ],
      skipDuplicates: true,
    });
    if (isFile)
      await saveFile(org, { id: name(`file:${nth}`), conversationId, messageId, ref, isOurs, at }, line);
  }
}

type Place = {
  id: string;
  conversationId: string;
  messageId: string;
  ref: string;
  isOurs: boolean;
  at: Date;
};

async function saveFile(org: DemoOrganisation, place: Place, line: Line): Promise<void> {
  const orgId = org.id;
  const { id, conversationId, messageId, ref, isOurs, at } = place;
  const facts = line.content ? await keep(orgId, id, line.content) : { state: "expired" };
  const kind = line.type === "text" || line.type === "location" ? "document" : line.type;
  const owner = isOurs ? { uploadedBy: userIdOf("advisor", org) } : {};
  const row = {
    orgId,
    id,
    fileId: id,
    conversationId,
    messageId,
    kind,
    providerRef: ref,
    fileName: line.fileName ?? null,
    createdAt: at,
    endedAt: at,
  };
  await prisma().media.createMany({ data: [{ ...row, ...owner, ...facts }], skipDuplicates: true });
}

async function keep(orgId: string, id: string, content: Buffer) {
  const written = await writeFile(fileKey(orgId, id), once(content), { maxBytes: content.length });
  if (written.kind !== "written") throw new Error("a demo file could not be written");
  const { bytes, sha256, head } = written;
  return { state: "stored", ...(await describeFile(head, bytes)), bytes, sha256 };
}

async function* once(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}
