// The arrows of the house: who may import whom. Each rule is a test in tests/architecture, and each is held there
// against a house that breaks it. Types count as imports: an arrow that only a type follows still points somewhere.

const PRODUCT = "^(app|components|lib)/|^(instrumentation|proxy)\\.ts$";
const HOUSE = "^(app|components|lib|prisma|scripts|tests)/";
const TEST = "\\.test\\.tsx?$";
const CORE = "^lib/.+/core/";
const STORE = "^lib/.+/store/";

/** A package, by whichever of its files it was resolved to. */
const packages = (...names) => `(^|/)node_modules/(${names.join("|")})/`;

export default {
  forbidden: [
    {
      name: "app-calls-verbs",
      comment: "pages, routes and components call verbs: of core, store and db they see types at most",
      severity: "error",
      from: { path: "^(app|components)/", pathNot: TEST },
      to: { path: [CORE, STORE, "^lib/db/"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "credits-stand-alone",
      comment:
        "credits know who acts, the queue, the database and what is shared: no channel, no billing, no job, no framework",
      severity: "error",
      from: { path: "^lib/credits/", pathNot: TEST },
      to: {
        path: [
          HOUSE,
          packages("next", "react", "stripe", "ai", "better-auth", "graphile-worker", "nodemailer"),
        ],
        pathNot: ["^lib/(credits|queue|db|shared)/", "^lib/auth/(context|permissions)\\.ts$"],
      },
    },
    {
      name: "core-is-pure",
      comment: "core imports core, money and dates, and nothing that does I/O",
      severity: "error",
      from: { path: CORE, pathNot: TEST },
      to: { pathNot: [CORE, "^lib/shared/(money|london-time)\\.ts$", packages("date-fns", "@date-fns/tz")] },
    },
    {
      name: "database-behind-stores",
      comment: "only stores and lib/db import the database's drivers and clients",
      severity: "error",
      from: { path: PRODUCT, pathNot: [STORE, "^lib/db/", TEST] },
      to: { path: [packages("pg", "@prisma"), "^prisma/generated/", "^lib/db/prisma\\.ts$"] },
    },
    {
      name: "shared-stands-alone",
      comment: "lib/shared imports nothing else of the house",
      severity: "error",
      from: { path: "^lib/shared/", pathNot: TEST },
      to: { path: HOUSE, pathNot: "^lib/shared/" },
    },
    {
      name: "db-stands-on-shared",
      comment: "lib/db imports lib/shared and the generated client, and nothing else of the house",
      severity: "error",
      from: { path: "^lib/db/", pathNot: TEST },
      to: { path: HOUSE, pathNot: "^lib/(db|shared)/|^prisma/generated/" },
    },
    {
      name: "audit-stands-low",
      comment: "lib/audit knows who acts and the database, so that every feature may write its acts there",
      severity: "error",
      from: { path: "^lib/audit/", pathNot: TEST },
      to: { path: HOUSE, pathNot: "^lib/(audit|db|shared)/|^lib/auth/(context|permissions)\\.ts$" },
    },
    {
      name: "queue-stands-on-db",
      comment:
        "lib/queue imports lib/db and lib/shared, so that every feature may add jobs in its own transaction",
      severity: "error",
      from: { path: "^lib/queue/", pathNot: TEST },
      to: { path: HOUSE, pathNot: "^lib/(queue|db|shared)/" },
    },
    {
      name: "files-know-no-owner",
      comment:
        "lib/files imports lib/shared alone: whose file it is, and what it is, is its feature's to know",
      severity: "error",
      from: { path: "^lib/files/", pathNot: TEST },
      to: { path: HOUSE, pathNot: "^lib/(files|shared)/" },
    },
    {
      name: "folder-behind-files",
      comment:
        "only lib/files opens, writes and removes files: every other path could lead out of the folder",
      severity: "error",
      from: { path: "^(app|components|lib)/(?!files/)", pathNot: ["^lib/shared/env\\.ts$", CORE, TEST] },
      to: { path: "^(node:)?fs(/promises)?$" },
    },
    {
      name: "channels-call-features",
      comment: "channels call features, never back: of lib, jobs alone import a channel, and hand it in",
      severity: "error",
      from: { path: "^lib/(?!channels/|jobs/)", pathNot: TEST },
      to: { path: "^lib/channels/" },
    },
    {
      name: "jobs-on-top",
      comment: "nothing else in lib imports the worker's room",
      severity: "error",
      from: { path: "^lib/(?!jobs/)", pathNot: TEST },
      to: { path: "^lib/jobs/" },
    },
    {
      name: "billing-knows-no-feature",
      comment: "billing imports no other feature",
      severity: "error",
      from: { path: "^lib/billing/", pathNot: TEST },
      to: { path: "^lib/(inbox|calls|diagnostics|garage|ai|support)/" },
    },
    {
      name: "features-apart",
      comment:
        "calls and diagnostics may import the inbox, which knows neither; none of them knows billing or support",
      severity: "error",
      from: { path: "^lib/(calls|diagnostics|inbox)/", pathNot: TEST },
      to: { path: "^lib/(calls|diagnostics|billing|support)/", pathNot: "^lib/$1/" },
    },
    {
      name: "lines-over-features",
      comment:
        "lines ask the garage, the inbox and the calls about a number; of lib, channels alone import them",
      severity: "error",
      from: { path: "^lib/(?!lines/|channels/|jobs/)", pathNot: TEST },
      to: { path: "^lib/lines/" },
    },
    {
      name: "ground-stands-low",
      comment:
        "garage, ai and notify serve the features: they import who acts, the audit, the database and what is shared",
      severity: "error",
      from: { path: "^lib/(garage|ai|notify)/", pathNot: TEST },
      to: { path: "^lib/", pathNot: ["^lib/($1|audit|db|shared)/", "^lib/auth/(context|permissions)\\.ts$"] },
    },
    {
      name: "mail-stands-low",
      comment:
        "mail knows who acts, who owns a garage and where people are reached, the audit, the queue, the database and what is shared: no feature",
      severity: "error",
      from: { path: "^lib/mail/", pathNot: TEST },
      to: {
        path: HOUSE,
        pathNot: [
          "^lib/(mail|audit|queue|db|shared)/",
          "^lib/auth/(context|permissions|owners|people)\\.ts$",
        ],
      },
    },
    {
      name: "letters-by-the-worker",
      comment:
        "features queue letters; only the worker writes and sends them: no page carries what that takes",
      severity: "error",
      from: {
        path: PRODUCT,
        pathNot: [
          "^lib/mail/(send-mail|send-personal-mail|deliver-letter|smtp|render-letter|letter-frame)\\.tsx?$",
          "^lib/jobs/",
          TEST,
        ],
      },
      to: {
        path: [
          "^lib/mail/(send-mail|send-personal-mail|deliver-letter|smtp|render-letter|letter-frame)\\.tsx?$",
          packages("nodemailer", "react-email", "@react-email"),
        ],
      },
    },
    {
      name: "store-of-its-room",
      comment: "a store is used by its own room only",
      severity: "error",
      from: { path: "^lib/([^/]+)/", pathNot: TEST },
      to: { path: STORE, pathNot: "^lib/$1/" },
    },
    {
      name: "lib-below-app",
      comment: "nothing in lib imports pages or components",
      severity: "error",
      from: { path: "^lib/", pathNot: TEST },
      to: { path: "^(app|components)/" },
    },
    {
      name: "scripts-on-demand",
      comment:
        "a script that comes later may not come: onDemand says so in its place, and only what is part of a page's first look goes without",
      severity: "error",
      from: { path: "^(app|components)/", pathNot: ["^components/billing/choose-plan\\.tsx$", TEST] },
      to: { path: "(^|/)node_modules/next/dynamic" },
    },
    {
      name: "product-without-tools",
      comment: "the product imports neither tests nor scripts",
      severity: "error",
      from: { path: PRODUCT, pathNot: TEST },
      to: { path: "^(tests|scripts)/" },
    },
    {
      name: "library-behind-auth",
      comment:
        "only lib/auth knows the sign-in library: what it offers over HTTP is offered by routes of our own, or not",
      severity: "error",
      from: { path: PRODUCT, pathNot: ["^lib/auth/", TEST] },
      to: { path: ["^lib/auth/(auth|access-control)\\.ts$", packages("better-auth")] },
    },
    {
      name: "no-circles",
      comment: "no import leads back to where it came from",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "imports-lead-somewhere",
      comment: "every import can be followed, so that no arrow escapes these rules",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: ["(^|/)node_modules/", "^prisma/generated/"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
