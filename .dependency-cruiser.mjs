// The arrows of the design: doors → clinic → schema, and inside the clinic downwards only.

const doors = '^src/(web|api|fhir|live|jobs|providers)/'
/** What doors share. */
const shared = '^src/(http|messages|observability|channels|database)/'
/** From the top down; a noun imports only nouns on lower lines. */
const nouns = [
  ['health', 'messages', 'retention'],
  ['waitlist', 'walk-ins', 'day-notes'],
  ['series'],
  ['appointments'],
  ['availability'],
  ['doctors', 'resources', 'patients', 'locations', 'settings'],
  ['accounts'],
]

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid(
      'no-circle',
      'Modules that import each other cannot be read one at a time.',
      {},
      { circular: true },
    ),
    forbid(
      'doors-do-not-import-doors',
      'What two doors share belongs to the clinic or to src/http.',
      { path: doors },
      { path: doors, pathNot: '^src/$1/' },
    ),
    forbid(
      'shared-code-imports-no-door',
      'A door hands its own way to answer to shared code as a parameter.',
      { path: shared },
      { path: [doors, '^src/(edge/|app[.]tsx$|index[.]ts$)'] },
    ),
    forbid(
      'channels-know-no-http',
      'A channel sends messages; it answers no requests.',
      { path: '^src/channels/' },
      { path: ['^src/http/', 'node_modules/(@hono/|hono)'] },
    ),
    forbid(
      'clinic-knows-no-door',
      'The clinic does not depend on who calls it.',
      { path: '^src/clinic/' },
      { path: '^src/', pathNot: ['^src/clinic/', '^src/(database|channels)/'] },
    ),
    forbid(
      'clinic-knows-no-http',
      'No Hono, no JSX, no Request in the clinic.',
      { path: '^src/clinic/' },
      { path: ['node_modules/(@hono/|hono)', '\\.tsx$'] },
    ),
    forbid(
      'only-db-knows-neon',
      'One file knows which driver we use.',
      { path: '^src/', pathNot: '^src/database/connect[.]ts$' },
      { path: ['node_modules/@neondatabase/', 'drizzle-orm/neon'] },
    ),
    forbid(
      'tables-import-only-tables',
      '',
      { path: '^drizzle/' },
      { path: '.', pathNot: ['^drizzle/', 'node_modules/drizzle-orm/'] },
    ),
    forbid(
      'only-the-clinic-reads-tables',
      '',
      { path: '^src/', pathNot: '^src/clinic/' },
      { path: '^drizzle/' },
    ),
    forbid(
      'words-know-only-the-clinic',
      'Copy and formatters stand beside the pages, not on them.',
      { path: '^src/i18n/' },
      { path: '^src/', pathNot: ['^src/i18n/', '^src/clinic/'] },
    ),
    forbid(
      'nothing-local-is-shipped',
      'Scripts, tests and development packages stay here.',
      { path: '^(src|drizzle)/' },
      { path: ['^scripts/', '^test/'] },
    ),
    forbid(
      'no-development-package-is-shipped',
      '',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    ),
    forbid(
      'the-description-is-not-shipped',
      'The Worker serves src/api/openapi.json, which is made from it beforehand.',
      { path: '^src/', pathNot: '^src/api/(description/|[a-z-]*answers[.]ts$)' },
      {
        path: '^src/api/(description/|[a-z-]*answers[.]ts$)',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'doors-derive-their-shapes',
      'Lengths and formats are those of the verb’s input.',
      { path: doors, pathNot: '^src/api/(description/|[a-z-]*answers[.]ts$)' },
      { path: 'node_modules/zod/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'no-vague-names',
      'Name a file by its verb or its page; no barrels.',
      {},
      {
        path: ['/(lib|utils?|helpers?|common|services?|managers?)(/|[.])', '^src/.+/index[.]'],
        pathNot: 'node_modules',
      },
    ),
    ...nouns.map((line, level) => {
      const above = nouns
        .slice(0, level + 1)
        .flat()
        .join('|')
      return forbid(
        `${line.join('-')}-import-only-what-is-below`,
        'What flows upwards goes through an event.',
        { path: `^src/clinic/(${line.join('|')})/` },
        { path: `^src/clinic/(${above})/`, pathNot: '^src/clinic/$1/' },
      )
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    exclude: { path: ['\\.css$'] },
  },
}
