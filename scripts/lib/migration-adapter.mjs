// The PostgreSQL adapter as the schema engine needs it; each override names the fault it repairs.
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";

const OID_INTERNAL_CHAR = 18;
const OID_TEXT = 25;

/** Catalog queries return PostgreSQL's internal "char", which the adapter cannot map. */
function mapInternalChar(queryable) {
  const performIO = queryable.performIO.bind(queryable);
  const queryRaw = queryable.queryRaw.bind(queryable);
  const charColumns = new WeakMap();
  queryable.performIO = async (query) => {
    const result = await performIO(query);
    const columns = [];
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== OID_INTERNAL_CHAR) continue;
      field.dataTypeID = OID_TEXT;
      columns.push(index);
    }
    charColumns.set(result.rows, columns);
    return result;
  };
  queryable.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(result.rows) ?? [])
      result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return queryable;
}

/**
 * Upstream splits a script at every semicolon: function bodies break, and a failing migration stays
 * half-applied. One simple-protocol call is one implicit transaction: all of it or nothing.
 */
function runScriptsWhole(adapter) {
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

function prepare(adapter) {
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (level) => mapInternalChar(await startTransaction(level));
  return runScriptsWhole(mapInternalChar(adapter));
}

export class MigrationAdapterFactory extends PrismaPg {
  #options;
  #shadows = new Set();

  constructor(options) {
    super(options);
    this.#options = options;
  }

  async connect() {
    return prepare(await super.connect());
  }

  /** Upstream drops the shadow database before it closes its own pool, so the drop fails and it leaks. */
  async connectToShadowDb() {
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const main = await this.connect();
    await main.executeScript(`CREATE DATABASE "${name}"`);
    const shadow = prepare(await new PrismaPg({ ...this.#options, database: name }).connect());
    const closePool = shadow.dispose.bind(shadow);
    let disposed;
    const dispose = async () => {
      this.#shadows.delete(shadow);
      await closePool();
      await main.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await main.dispose();
    };
    shadow.dispose = () => {
      disposed ??= dispose();
      return disposed;
    };
    this.#shadows.add(shadow);
    return shadow;
  }

  async disposeShadows() {
    await Promise.allSettled([...this.#shadows].map((shadow) => shadow.dispose()));
  }
}
