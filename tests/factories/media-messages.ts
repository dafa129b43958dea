import { existsSync, readdirSync } from "node:fs";
import { beforeEach } from "vitest";
import { fetchTwilioMedia } from "@/lib/channels/sms/fetch-media";
import { fetchMetaMedia } from "@/lib/channels/whatsapp/fetch-media";
import type { InboundMessage, Json } from "@/lib/inbox/core/message";
import { fetchMedia, type MediaProviders } from "@/lib/inbox/fetch-media";
import { getConversation } from "@/lib/inbox/get-conversation";
import { openMedia } from "@/lib/inbox/open-media";
import { givenMediaFolder } from "./files";
import { testContext } from "./ledger";
import { accept, givenGarage, member, startedSandbox } from "./message-garage";
import { givenMessage } from "./messages";

type Garage = Awaited<ReturnType<typeof givenGarage>>;
type Sent = { readonly orgId: string; readonly messageId: string; readonly conversationId: string };
type Part = { type?: InboundMessage["type"]; mime?: string; filename?: string };

/** Customers' messages with files, for the tests of one file: a folder and providers of its own. */
export function mediaMessages() {
  const folder = givenMediaFolder();
  const sandbox = startedSandbox();
  // Made once the providers have started: the log reads the environment.
  let ctx = {} as ReturnType<typeof testContext>;
  beforeEach(() => {
    ctx = testContext(new Date());
  });
  const meta: MediaProviders = { whatsapp: fetchMetaMedia, sms: fetchTwilioMedia };
  const garage = () => givenGarage(sandbox.current(), ctx, 0);

  /** A customer's message with a file that Meta has. */
  async function given(content: Buffer, { type = "image", mime = "image/png", ...part }: Part = {}) {
    const to = await garage();
    const { control } = sandbox.current();
    const { id, sha256 } = await control.addMedia({ base64: content.toString("base64"), mime });
    return received(to, { type, parts: { media: [{ id, mimeType: mime, sha256, ...part }] } });
  }

  async function received(
    to: Garage,
    message: { type: InboundMessage["type"]; parts: Json; channel?: "sms" },
  ) {
    const { channel = "whatsapp", ...rest } = message;
    const accepted = await accept(
      ctx,
      to.profile,
      givenMessage(channel, { identity: to.identity, body: "Picture", wantsAnswer: false, ...rest }),
    );
    if (accepted?.kind !== "accepted") throw new Error("not accepted");
    const { messageId, conversationId } = accepted;
    return { garage: to, orgId: to.orgId, messageId, conversationId };
  }

  const of = async ({ orgId, conversationId }: Omit<Sent, "messageId">) => {
    const { messages } = await getConversation(member(orgId), orgId, conversationId);
    return messages.flatMap(({ media }) => media);
  };

  const fetching = ({ orgId, messageId }: Omit<Sent, "conversationId">, providers = meta, attempt = 1) =>
    fetchMedia(ctx, providers, { orgId, messageId, attempt });

  const opened = async (orgId: string, id: string | null | undefined) => {
    const { file, ...rest } = await openMedia(member(orgId), orgId, id ?? "");
    const chunks: Buffer[] = [];
    for await (const chunk of file.stream()) chunks.push(chunk as Buffer);
    return { content: Buffer.concat(chunks), ...rest };
  };

  /** Files of an organisation in the folder, whole or not. */
  const filesOf = (orgId: string): string[] =>
    existsSync(`${folder}/${orgId}`) ? readdirSync(`${folder}/${orgId}`) : [];

  const control = () => sandbox.current().control;
  return { ctx: () => ctx, control, garage, meta, given, received, of, fetching, opened, filesOf };
}
