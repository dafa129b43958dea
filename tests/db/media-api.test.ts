import { beforeEach, describe, expect, test } from "vitest";
import { POST as postFile } from "@/app/api/messages/conversations/[id]/media/route";
import { POST as postReply } from "@/app/api/messages/conversations/[id]/reply/route";
import { GET as getFile } from "@/app/api/messages/media/[id]/route";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { pdf, png, polyglot, svg } from "../factories/files";
import { runJobs } from "../factories/jobs";
import { mediaMessages } from "../factories/media-messages";
import { givenSession } from "../factories/session";

const media = mediaMessages();

/** A member of a garage, by the cookie of their browser. */
async function member(organizationId: string, role = "advisor"): Promise<string> {
  const { userId, cookie } = await givenSession({ activeOrganizationId: organizationId });
  await prisma().member.create({
    data: { id: newId(), organizationId, userId, role, createdAt: new Date() },
  });
  return cookie;
}

const at = (id: string) => ({ params: Promise.resolve({ id }) });
const get = (id: string, headers: Record<string, string>, query = "") =>
  getFile(new Request(`http://127.0.0.1/api/messages/media/${id}${query}`, { headers }), at(id));

/** A customer's file, fetched, and an advisor who looks at it. */
async function given(content: Buffer, part: Parameters<typeof media.given>[1] = {}) {
  const sent = await media.given(content, part);
  await media.fetching(sent);
  const [file] = await media.of(sent);
  return { ...sent, id: file?.id ?? "", cookie: await member(sent.orgId) };
}

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe("GET /api/messages/media/:id", () => {
  test("answers a file whole, or the range that is asked for, or that nothing has changed", async () => {
    const picture = png(40, 30);
    const all = picture.length;
    const { id, cookie } = await given(picture);
    const whole = await get(id, { cookie });
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": String(all),
      "content-disposition": "inline; filename=\"Picture.png\"; filename*=UTF-8''Picture.png",
      "accept-ranges": "bytes",
    });
    expect(await bytesOf(whole)).toEqual(picture);
    for (const [range, status, content, span] of [
      ["bytes=0-3", 206, picture.subarray(0, 4), `bytes 0-3/${all}`],
      ["bytes=10-", 206, picture.subarray(10), `bytes 10-${all - 1}/${all}`],
      ["bytes=-5", 206, picture.subarray(-5), `bytes ${all - 5}-${all - 1}/${all}`],
      [`bytes=5-${all + 5}`, 206, picture.subarray(5), `bytes 5-${all - 1}/${all}`],
      [`bytes=${all}-`, 416, Buffer.alloc(0), `bytes */${all}`],
      ["bytes=0-1,3-4", 200, picture, null],
      ["bytes=4-3", 200, picture, null],
      ["lines=1-2", 200, picture, null],
    ] as const) {
      const answer = await get(id, { cookie, range });
      expect([range, answer.status, answer.headers.get("content-range")]).toEqual([range, status, span]);
      expect(await bytesOf(answer)).toEqual(content);
    }
    const again = await get(id, { cookie, "if-none-match": whole.headers.get("etag") ?? "" });
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);
    expect((await get(id, { cookie }, "?download")).headers.get("content-disposition")).toMatch(
      /^attachment/,
    );
  });

  test.each([
    ["an SVG that says it is a picture", svg(), {}, "application/octet-stream", "attachment"],
    ["a page that begins like a JPEG", polyglot(), {}, "image/jpeg", "inline"],
    [
      "a PDF with a hostile name",
      pdf(),
      { type: "document", mime: "application/pdf", filename: 'a";x=\r\n/../"ü\u202e.pdf' },
      "application/pdf",
      "attachment",
    ],
  ] as const)("%s is served as what it is", async (_what, content, part, servedAs, how) => {
    const { id, cookie } = await given(content, part);
    const { headers } = await get(id, { cookie });
    const disposition = headers.get("content-disposition") ?? "";
    expect([headers.get("content-type"), disposition.split(";")[0]]).toEqual([servedAs, how]);
    expect(disposition).not.toMatch(/[\r\n/\u202e]|\.\./);
  });

  test("is another garage's: not found; without a session: 401; removed: 410, and says so", async () => {
    const { id, orgId, cookie } = await given(png());
    const stranger = await member((await media.garage()).orgId);
    expect((await get(id, { cookie: stranger })).status).toBe(404);
    expect((await get(id, {})).status).toBe(401);
    expect((await get(id, { cookie: await member(orgId, "technician") })).status).toBe(403);
    await prisma().media.updateMany({ where: { orgId, id }, data: { state: "removed" } });
    const gone = await get(id, { cookie });
    expect([gone.status, await gone.json()]).toMatchObject([
      410,
      { error: { code: "gone", message: "This file was removed because of its age." } },
    ]);
  });
});

describe("a file that staff send", () => {
  let there: Awaited<ReturnType<typeof given>>;
  beforeEach(async () => {
    there = await given(png());
    const { control } = media;
    const { garage, conversationId: id, orgId } = there;
    const { contactId } = await prisma().conversation.findFirstOrThrow({ where: { orgId, id } });
    const { waId } = await prisma().contact.findFirstOrThrow({ where: { orgId, id: contactId } });
    await control().openWindow({ line: garage.slug, from: `+${waId}` });
  });

  const origin = "http://127.0.0.1:3000";
  const upload = (content: Buffer, name: string, headers: Record<string, string> = {}) => {
    const own = { cookie: there.cookie, origin, "x-organisation": there.orgId, ...headers };
    const url = `${origin}/api/messages/conversations/${there.conversationId}/media?name=${encodeURIComponent(name)}`;
    const body = new Uint8Array(content);
    const length = { "content-length": String(body.length) };
    return postFile(
      new Request(url, { method: "POST", body, headers: { ...own, ...length } }),
      at(there.conversationId),
    );
  };
  const reply = (body: object) =>
    postReply(
      new Request(`${origin}/api/messages/conversations/${there.conversationId}/reply`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { cookie: there.cookie, origin, "content-type": "application/json" },
      }),
      at(there.conversationId),
    );
  const ours = () =>
    prisma().message.findMany({
      where: { orgId: there.orgId, direction: "outbound" },
      orderBy: { at: "asc" },
    });

  test("goes to the customer once, however often the reply is posted", async () => {
    const picture = png(64, 48);
    const taken = await upload(picture, "../brakes.png");
    expect(taken.status).toBe(201);
    const { mediaId } = (await taken.json()) as { mediaId: string };
    const wish = { body: "Your front pads", mediaId, key: "brakes-once" };
    expect((await reply(wish)).status).toBe(202);
    expect(await (await reply(wish)).json()).toEqual({ kind: "repeated" });
    expect((await reply({ ...wish, key: "brakes-twice" })).status).toBe(409);
    await runJobs();
    expect(await ours()).toMatchObject([{ type: "image", body: "Your front pads", status: "sent" }]);
    const sends = await media.control().requests({ provider: "meta", type: "send" });
    expect(sends.map(({ body }) => body)).toMatchObject([
      { type: "image", image: { caption: "Your front pads" } },
    ]);
    const { content } = await media.opened(there.orgId, mediaId);
    expect(content).toEqual(picture);
  });

  test("is handed over again where Meta is away, and never sent twice; what failed can be sent again", async () => {
    const { mediaId } = (await (await upload(pdf(), "estimate.pdf")).json()) as { mediaId: string };
    const { control } = media;
    await control().behave({ provider: "meta", on: "upload", effect: { kind: "http", status: 500 } });
    await control().behave({ provider: "meta", on: "send", effect: { kind: "error", code: 131053 } });
    await reply({ body: "", mediaId, key: "estimate-1" });
    await runJobs();
    expect(await ours()).toMatchObject([{ status: "queued", type: "document", body: "estimate.pdf" }]);
    await prisma().$executeRawUnsafe("UPDATE graphile_worker._private_jobs SET run_at = now()");
    await runJobs();
    expect(await ours()).toMatchObject([{ status: "failed", errorCode: 131053 }]);
    expect((await reply({ body: "", mediaId, key: "estimate-2" })).status).toBe(202);
    await runJobs();
    expect((await ours()).map(({ status }) => status)).toEqual(["failed", "sent"]);
    expect(await control().count({ provider: "meta", type: "upload" })).toBe(3);
    expect(await control().count({ provider: "meta", type: "send" })).toBe(2);
  });

  test("is refused beyond what a garage may upload within a day, and taken again a day later", async () => {
    const { mediaId } = (await (await upload(pdf(), "estimate.pdf")).json()) as { mediaId: string };
    const add = (hoursAgo: number) => prisma().$executeRaw`
      INSERT INTO media (org_id, id, file_id, conversation_id, kind, state, uploaded_by, bytes, created_at, ended_at)
      SELECT org_id, made.id, made.id, conversation_id, kind, 'removed', uploaded_by, 1073741824,
        created_at - ${hoursAgo} * interval '1 hour', created_at
      FROM media, LATERAL (SELECT gen_random_uuid() AS id, media.id AS of) AS made WHERE made.of = ${mediaId}::uuid`;
    await add(23);
    await add(25);
    expect((await upload(pdf(), "estimate.pdf")).status).toBe(201);
    await add(1);
    const refused = await upload(pdf(), "estimate.pdf");
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { error: { message: expect.stringMatching(/^Your garage has uploaded 2 GB of files within a day/) } },
    ]);
  });

  test.each([
    ["an SVG", svg(), "logo.png", 415],
    ["a program", Buffer.from(`MZ${"\0".repeat(90)}`), "invoice.pdf", 415],
    ["a picture above 5 MB", png(4, 3, 5 * 1024 * 1024), "big.png", 413],
    ["nothing", Buffer.alloc(0), "empty.pdf", 400],
  ] as const)(
    "is refused where it is %s, whatever it is called, and not kept",
    async (_what, content, name, status) => {
      const before = media.filesOf(there.orgId);
      const answer = await upload(content, name);
      expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([status, ["error"]]);
      expect(media.filesOf(there.orgId)).toEqual(before);
    },
  );

  test("needs the permission, the garage, our own page and an open window", async () => {
    const refusals = [
      [{ cookie: "" }, 401],
      [{ cookie: await member(there.orgId, "technician") }, 403],
      [{ origin: "https://evil.example" }, 403],
      [{ "x-organisation": newId() }, 409],
    ] as const;
    for (const [headers, status] of refusals)
      expect((await upload(png(), "a.png", headers)).status).toBe(status);
    const { orgId, conversationId: id } = there;
    await prisma().conversation.updateMany({ where: { orgId, id }, data: { windowEndsAt: new Date(0) } });
    expect((await upload(png(), "a.png")).status).toBe(409);
  });
});
