import { utimes } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { prisma } from "@/lib/db/prisma";
import type { MediaProviders } from "@/lib/inbox/fetch-media";
import { fetchMediaAgain } from "@/lib/inbox/fetch-media-again";
import { openMedia } from "@/lib/inbox/open-media";
import { removeOldMedia } from "@/lib/inbox/remove-old-media";
import { newId } from "@/lib/shared/ids";
import { ogg, pdf, png, polyglot, svg } from "../factories/files";
import { runJobs } from "../factories/jobs";
import { mediaMessages } from "../factories/media-messages";
import { member } from "../factories/message-garage";

const media = mediaMessages();
const DAY_MS = 24 * 3_600_000;

describe("a file that a customer sends", () => {
  test("is fetched by a job of the message's own transaction, and stands in the thread with its size", async () => {
    const picture = png(40, 30);
    const sent = await media.given(picture, { filename: "../../etc/pass\u202ewd.png" });
    expect(await media.of(sent)).toMatchObject([{ id: null, kind: "image", state: "waiting" }]);
    await runJobs();
    const [file] = await media.of(sent);
    expect(file).toMatchObject({
      kind: "image",
      state: "stored",
      mime: "image/png",
      bytes: picture.length,
      width: 40,
      height: 30,
      fileName: "passwd.png",
    });
    expect(await media.opened(sent.orgId, file?.id)).toMatchObject({ content: picture, isShown: true });
    expect(await media.control().count({ provider: "meta", type: "download" })).toBe(1);
  });

  test.each([
    ["a voice note", ogg(), "audio", "audio/ogg; codecs=opus", { kind: "audio", mime: "audio/ogg" }, true],
    ["a PDF", pdf(), "document", "application/pdf", { kind: "document", mime: "application/pdf" }, false],
    [
      "a page with a picture's first bytes",
      polyglot(),
      "image",
      "image/jpeg",
      { kind: "image", mime: "image/jpeg" },
      true,
    ],
    ["an SVG that says it is a PNG", svg(), "image", "image/png", { kind: "document" }, false],
    [
      "HTML that says it is a PDF",
      Buffer.from("<!doctype html><script>1</script>"),
      "document",
      "application/pdf",
      { kind: "document", mime: "application/octet-stream" },
      false,
    ],
    [
      "a program that says it is a picture",
      Buffer.from(`MZ${"\0".repeat(60)}`),
      "image",
      "image/jpeg",
      { kind: "document" },
      false,
    ],
  ] as const)("%s is what its bytes are", async (_what, content, type, mime, facts, isShown) => {
    const sent = await media.given(content, { type, mime });
    await media.fetching(sent);
    const [file] = await media.of(sent);
    expect(file).toMatchObject({ state: "stored", ...facts });
    expect(await media.opened(sent.orgId, file?.id)).toMatchObject({ content, isShown });
  });

  test("is fetched from Twilio with its password, and from where Twilio leads without", async () => {
    const control = media.control();
    const garage = await media.garage();
    const sid = await control.keepSms({
      line: garage.slug,
      customer: "+447700900555",
      direction: "inbound",
      status: "received",
      at: new Date().toISOString(),
      text: "Look",
      pictures: ["sample"],
    });
    const base = process.env.TWILIO_API_BASE;
    const list = await fetch(
      `${base}/2010-04-01/Accounts/${process.env.TWILIO_ACCOUNT_SID}/Messages/${sid}/Media.json`,
      {
        headers: {
          authorization: `Basic ${btoa(`${process.env.TWILIO_ACCOUNT_SID}:${process.env.TWILIO_AUTH_TOKEN}`)}`,
        },
      },
    );
    const { media_list: listed } = (await list.json()) as { media_list: { uri: string }[] };
    const url = `https://api.twilio.com${listed[0]?.uri.replace(".json", "")}`;
    const sent = await media.received(garage, {
      type: "image",
      parts: { media: [{ url, mimeType: "image/png" }] },
      channel: "sms",
    });
    await media.fetching(sent);
    expect(await media.of(sent)).toMatchObject([
      { state: "stored", mime: "image/png", width: 96, height: 72 },
    ]);

    await control.behave({
      provider: "twilio",
      on: "media",
      effect: { kind: "http", status: 307, headers: { location: "http://127.0.0.1:1/secret" } },
    });
    const second = await media.received(garage, {
      type: "image",
      parts: { media: [{ url, mimeType: "image/png" }] },
      channel: "sms",
    });
    await media.fetching(second);
    expect((await media.of(second)).at(-1)).toMatchObject({ state: "failed", problem: "address" });
  });
});

describe("whatever happens to the worker", () => {
  test("a file that two runs fetch at once is stored once, and whole", async () => {
    const picture = png(64, 64);
    const sent = await media.given(picture);
    await Promise.all([media.fetching(sent), media.fetching(sent), media.fetching(sent)]);
    const [file, ...others] = await media.of(sent);
    expect(others).toEqual([]);
    expect((await media.opened(sent.orgId, file?.id)).content).toEqual(picture);
    expect(media.filesOf(sent.orgId)).toHaveLength(1);
  });

  test("a run that was killed in the middle leaves a part that the next does not mind, and that is removed in time", async () => {
    const sent = await media.given(png());
    let reached = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const stalled: MediaProviders = {
      ...media.meta,
      whatsapp: async () => ({ kind: "found", body: stuckAfter(Buffer.from("half"), reached) }),
    };
    void media.fetching(sent, stalled); // never ends: its process is as good as killed
    await started;
    await expect
      .poll(() => media.filesOf(sent.orgId).filter((name) => name.endsWith(".part")))
      .toHaveLength(1);
    await media.fetching(sent);
    expect(await media.of(sent)).toMatchObject([{ state: "stored" }]);
    expect(media.filesOf(sent.orgId)).toHaveLength(2);
    await removeOldMedia(media.ctx());
    const [part = ""] = media.filesOf(sent.orgId).filter((name) => name.endsWith(".part"));
    const long = new Date(Date.now() - 2 * DAY_MS);
    await utimes(`${process.env.MEDIA_DIR}/${sent.orgId}/${part}`, long, long);
    await removeOldMedia(media.ctx());
    expect(media.filesOf(sent.orgId)).toHaveLength(1);
  });

  test("what waits without a job is fetched again", async () => {
    const sent = await media.given(png());
    await media.fetching(sent, { ...media.meta, whatsapp: async () => ({ kind: "unreachable" }) });
    await prisma().$executeRawUnsafe(`SELECT graphile_worker.remove_job('fetch-media:${sent.messageId}')`);
    await removeOldMedia(media.ctx());
    await runJobs();
    expect(await media.of(sent)).toMatchObject([{ state: "stored" }]);
  });
});

test("after eighteen months the file is removed, and its line says so", async () => {
  const sent = await media.given(png());
  await media.fetching(sent);
  const [file] = await media.of(sent);
  media.ctx().travel(new Date(media.ctx().now().getTime() + 540 * DAY_MS));
  await removeOldMedia(media.ctx());
  expect(await media.of(sent)).toMatchObject([{ state: "stored" }]);
  media.ctx().travel(new Date(media.ctx().now().getTime() + 12 * DAY_MS));
  await removeOldMedia(media.ctx());
  expect(await media.of(sent)).toMatchObject([{ state: "removed", id: file?.id }]);
  expect(media.filesOf(sent.orgId)).toEqual([]);
  await expect(media.opened(sent.orgId, file?.id)).rejects.toMatchObject({ status: 410 });
});

test("another organisation's file is not found, nor fetched again", async () => {
  const sent = await media.given(png());
  await media.fetching(sent);
  const [file] = await media.of(sent);
  const id = file?.id ?? "";
  const { orgId } = await media.garage();
  await expect(openMedia(member(orgId), orgId, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(openMedia(member(orgId), sent.orgId, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(fetchMediaAgain(member(orgId), orgId, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(openMedia(member(sent.orgId), sent.orgId, newId())).rejects.toMatchObject({
    code: "not_found",
  });
});

async function* stuckAfter(content: Buffer, reached: () => void): AsyncGenerator<Uint8Array> {
  yield content;
  reached();
  await new Promise(() => undefined);
}
