import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/context";
import { closePool, pool } from "@/lib/db/pool";
import { indexWords } from "@/lib/inbox/index-words";
import { listConversations } from "@/lib/inbox/list-conversations";
import { newId } from "@/lib/shared/ids";
import { givenConversation, givenWords } from "../factories/conversations";
import { testContext } from "../factories/ledger";
import { member } from "../factories/message-garage";
import { givenOrganisation } from "../factories/organisation";

afterAll(closePool);

let orgId: string;
let advisor: Ctx;
const found = async (search: string, reader = advisor, garage = orgId) =>
  (await listConversations(reader, garage, { search })).conversations.map(({ customer }) => customer).sort();

beforeAll(async () => {
  ({ orgId } = await givenOrganisation(testContext(new Date())));
  advisor = member(orgId);
  await givenConversation(orgId, {
    name: "Zoë O’Brien",
    phone: "+447700900123",
    says: ["Are my brakes done?", "It’s the red Fiésta 🚗, plate QX19 ZZA"],
  });
  await givenConversation(orgId, {
    name: "Peter Oldroyd",
    phone: "+447700900456",
    says: ["Braking makes a noise", "The car will be there at nine"],
    doneAt: new Date(),
  });
  await givenConversation(orgId, {
    phone: "+441134960777",
    says: ['50% off_er \\ it\'s a "deal"', "Bjørn: Ærø, ŒUVRE İzmir ılık Þór Đặng"],
  });
  const customerId = newId();
  await pool().query(
    `INSERT INTO customer (org_id, id, name, phone) VALUES ($1, $2, 'Mr Oldroyd-Łuczak', '07700 900456'),
       ($1, gen_random_uuid(), 'Łukasz Straßmeier', '0113 496 0777'), ($1, gen_random_uuid(), 'Ann Twin', '07700 900123'),
       ($1, gen_random_uuid(), 'Bea Twin', '+447700900123')`,
    [orgId, customerId],
  );
  await pool().query(
    `INSERT INTO vehicle (org_id, id, customer_id, registration, description) VALUES ($1, $2, $3, 'FD13KWM', 'Golf')`,
    [orgId, newId(), customerId],
  );
});

const ZOE = "Zoë O’Brien";
const PETER = "Peter Oldroyd";
const NAMELESS = "+441134960777";

describe("a search finds", () => {
  test.each([
    ["words, as PostgreSQL’s English has them", "brake", [PETER, ZOE]],
    ["a word as it is written, though English leaves others beside it out", "the noise", [PETER]],
    ["the beginning of the last word while it is typed", "brak", [PETER, ZOE]],
    ["several words of one conversation, wherever they stand", "red brakes", [ZOE]],
    ["none where one of them is missing", "red noise", []],
    ["words without their accents and capitals", "FIESTA", [ZOE]],
    ["letters that Unicode does not take apart", "bjorn aero oeuvre izmir ilik thor dang", [NAMELESS]],
    ["the same, as they are written", "BJØRN Ærø œuvre İZMIR ılık þór đặng", [NAMELESS]],
    ["names of the garage’s records", "mr luczak", [PETER]],
    ["the same, while they are typed", "łukasz strassm", [NAMELESS]],
    ["none by a name whose number several have", "twin", []],
    ["names", "peter", [PETER]],
    ["names with accents and signs", "zoe obr", []],
    ["parts of names", "zoe o’br", [ZOE]],
    ["names and words together", "oldroyd noise", [PETER]],
    ["numbers as they are read out", "07700 900123", [ZOE]],
    ["how numbers begin", "+44 7700", [PETER, ZOE]],
    ["how they begin at home, while they are typed", "0113 496", [NAMELESS]],
    ["numbers with the way to dial from abroad", "0044 7700 900 456", [PETER]],
    ["their last digits", "900456", [PETER]],
    ["registrations through whose vehicle it is", "FD13KWM", [PETER]],
    ["registrations with spaces, in small letters", "fd13 kwm", [PETER]],
    ["registrations that are still typed", "FD13", [PETER]],
    ["registrations in messages, without their space too", "QX19ZZA", [ZOE]],
  ])("%s: %s", async (_, search, customers) => {
    expect(await found(search)).toEqual([...customers].sort());
  });
});

describe("whatever is typed is no error", () => {
  test.each([
    ["quotes", `"deal`, [NAMELESS]],
    ["an apostrophe", "o'brien", [ZOE]],
    ["words alone that English leaves out", "it's", []],
    ["operators", "deal & !brakes | (", []],
    ["a pattern's signs", "50%", [NAMELESS]],
    ["an emoji alone", "🚗", []],
    ["half an emoji", "\ud83d", []],
    ["a zero", "brakes\0", [PETER, ZOE]],
    ["spaces alone: no search", "   ", [NAMELESS, ZOE]],
    ["ten thousand letters", "a".repeat(10_000), []],
    ["ten thousand words", "brakes ".repeat(10_000), [PETER, ZOE]],
    ["a telephone number without an end", "0".repeat(10_000), []],
    ["another script", "тормоза", []],
  ])("%s", async (_, search, customers) => {
    expect(await found(search)).toEqual([...customers].sort());
  });
});

it("nothing of another garage is found", async () => {
  const other = await givenOrganisation(testContext(new Date()));
  expect(await found("brakes", member(other.orgId), other.orgId)).toEqual([]);
  await expect(found("brakes", member(other.orgId))).rejects.toMatchObject({ code: "not_found" });
});

it("notes and changed words are found; canned words are not", async () => {
  const { orgId: garage } = await givenOrganisation(testContext(new Date()));
  const reader = member(garage);
  const id = await givenConversation(garage, { name: "Ann", says: ["Hello"] });
  await pool().query(
    `INSERT INTO conversation_event (org_id, id, conversation_id, kind, user_id, at, body) VALUES ($1, $2, $3, 'note', $2, now(), 'Prefers mornings')`,
    [garage, newId(), id],
  );
  await pool().query(
    `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, type, body, status, source_key, at, received_at)
     VALUES ($1, $2, $3, 'sms', 'outbound', 'canned', 'text', 'Our team will reply shortly', 'sent', 'canned:1', now(), now())`,
    [garage, newId(), id],
  );
  expect(await found("morning", reader, garage)).toEqual(["Ann"]);
  expect(await found("shortly", reader, garage)).toEqual([]);
  const message = await givenWords(garage, id, "Tyres please");
  expect(await found("tyre", reader, garage)).toEqual(["Ann"]);
  await pool().query(`UPDATE message SET body = 'Exhaust please' WHERE org_id = $1 AND id = $2`, [
    garage,
    message,
  ]);
  expect(await found("exhaust", reader, garage)).toEqual(["Ann"]);
});

it("the worker keeps the words of every garage, in as many batches as it takes", async () => {
  const { orgId: garage } = await givenOrganisation(testContext(new Date()));
  const id = await givenConversation(garage, { name: "Bea" });
  await pool().query(
    `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, provider_id, type, body, at, received_at)
     SELECT $1, gen_random_uuid(), $2, 'sms', 'inbound', 'customer', 'many.' || n, 'text', 'word' || n, now(), now()
     FROM generate_series(1, 2500) AS n`,
    [garage, id],
  );
  await indexWords(systemContext("test"));
  const { rows } = await pool().query(`SELECT count(*)::int AS left FROM message_unindexed`);
  expect(rows).toEqual([{ left: 0 }]);
  expect(await found("word2500", member(garage), garage)).toEqual(["Bea"]);
});

it("a word that stands in many conversations brings the first of the list, page after page, as a rare one does", async () => {
  const { orgId: garage } = await givenOrganisation(testContext(new Date()));
  const reader = member(garage);
  const MANY = 2_600;
  await pool().query(
    `WITH made AS (
       INSERT INTO contact (org_id, id, channel, external_id, phone, created_at)
       SELECT $1, gen_random_uuid(), 'sms', n::text, '+4477009' || lpad(n::text, 5, '0'), now() FROM generate_series(1, ${MANY}) AS n RETURNING id
     ), begun AS (
       INSERT INTO conversation (org_id, id, contact_id, channel, identity, last_message_at, last_inbound_at, created_at)
       SELECT $1, gen_random_uuid(), id, 'sms', '1', now() - random() * interval '9 days', now(), now() FROM made RETURNING id, last_message_at
     )
     INSERT INTO conversation_word SELECT $1, id, 'car' FROM begun`,
    [garage],
  );
  const listed = (await listConversations(reader, garage, { limit: 100 })).conversations.map(({ id }) => id);
  for (const search of ["car", "ca", "07700 9", "+447"]) {
    const first = await listConversations(reader, garage, { search });
    const next = await listConversations(reader, garage, { search, cursor: first.nextCursor ?? "" });
    const both = [...first.conversations, ...next.conversations].map(({ id }) => id);
    expect([search, both]).toEqual([search, listed]);
  }
});
