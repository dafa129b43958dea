import slugify from "@sindresorhus/slugify";
import { pool, type Queryable } from "@/lib/db/pool";

const MAX_SLUG = 40;

export type NewGarage = {
  readonly orgId: string;
  readonly garageName: string;
  readonly ownerId: string;
  readonly memberId: string;
  readonly at: Date;
};

/** Made from the name and the id, so that names may repeat. */
function slugOf({ garageName, orgId }: NewGarage): string {
  const words = slugify(garageName, { decamelize: false }).slice(0, MAX_SLUG).replace(/-$/, "");
  return `${words || "garage"}-${orgId.slice(-6)}`;
}

/** Stores an organisation, and which user made and owns it. */
export async function insertGarage(tx: Queryable, garage: NewGarage): Promise<void> {
  const { orgId, garageName, ownerId, memberId, at } = garage;
  await tx.query(
    "INSERT INTO organization (id, name, slug, created_at, founded_by) VALUES ($1, $2, $3, $4, $5)",
    [orgId, garageName, slugOf(garage), at, ownerId],
  );
  await tx.query(
    `INSERT INTO member (id, organization_id, user_id, role, created_at) VALUES ($1, $2, $3, 'owner', $4)`,
    [memberId, orgId, ownerId, at],
  );
}

/** Whether a user has ever made a garage of their own, whether they are still in it or not. */
export async function hasFounded(tx: Queryable, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query("SELECT FROM organization WHERE founded_by = $1 LIMIT 1", [userId]);
  return rowCount !== 0;
}

export type FoundGarage = {
  readonly slug: string;
  readonly name: string;
  readonly owners: readonly string[];
};

/** The garages that contain these words in their name, their slug or a member's address, the latest first; at most 20. */
export async function searchGarages(words: string): Promise<FoundGarage[]> {
  const { rows } = await pool().query<FoundGarage>(
    `SELECT o.slug, o.name, ARRAY(
       SELECT u.email FROM member AS m JOIN "user" AS u ON u.id = m.user_id
       WHERE m.organization_id = o.id AND m.role = 'owner' ORDER BY u.email) AS owners
     FROM organization AS o
     WHERE position(lower($1) IN lower(o.name)) > 0 OR position(lower($1) IN o.slug) > 0
       OR EXISTS (SELECT FROM member AS m JOIN "user" AS u ON u.id = m.user_id
                  WHERE m.organization_id = o.id AND position(lower($1) IN lower(u.email)) > 0)
     ORDER BY o.created_at DESC, o.id LIMIT 20`,
    [words],
  );
  return rows;
}
