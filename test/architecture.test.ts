import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, expect, it } from 'vitest'
import rules from '../.dependency-cruiser.mjs'

const gone: string[] = []
afterAll(() => Promise.all(gone.map((directory) => rm(directory, { recursive: true }))))

/** The broken rules, as `rule: from → to`. */
async function brokenRules(options: ICruiseOptions = {}): Promise<string[]> {
  const { forbidden, options: settings } = rules as { forbidden: never[]; options: ICruiseOptions }
  const { output } = await cruise(['src', 'drizzle'], {
    ...settings,
    ...options,
    validate: true,
    ruleSet: { forbidden },
  })
  return (output as ICruiseResult).summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
  )
}

it('all arrows point one way', async () => {
  expect(await brokenRules()).toEqual([])
})

it.each([
  ['doors-do-not-import-doors', 'src/api/a.ts', 'src/web/b.ts'],
  ['doors-do-not-import-doors', 'src/fhir/a.ts', 'src/api/b.ts'],
  ['doors-do-not-import-doors', 'src/web/a.ts', 'src/live/b.ts'],
  ['shared-code-imports-no-door', 'src/http/a.ts', 'src/api/b.ts'],
  ['shared-code-imports-no-door', 'src/http/a.ts', 'src/fhir/b.ts'],
  ['shared-code-imports-no-door', 'src/observability/a.ts', 'src/web/b.ts'],
  ['shared-code-imports-no-door', 'src/channels/a.ts', 'src/jobs/b.ts'],
  ['channels-know-no-http', 'src/channels/a.ts', 'src/http/b.ts'],
  ['channels-know-no-http', 'src/channels/a.ts', 'hono'],
  ['clinic-knows-no-door', 'src/clinic/a.ts', 'src/web/b.ts'],
  ['clinic-knows-no-door', 'src/clinic/a.ts', 'src/env.ts'],
  ['clinic-knows-no-http', 'src/clinic/a.ts', 'hono'],
  ['only-db-knows-neon', 'src/clinic/a.ts', '@neondatabase/serverless'],
  ['tables-import-only-tables', 'drizzle/schema/a.ts', 'src/clinic/b.ts'],
  ['only-the-clinic-reads-tables', 'src/api/a.ts', 'drizzle/schema/b.ts'],
  ['words-know-only-the-clinic', 'src/i18n/a.ts', 'src/web/b.ts'],
  ['nothing-local-is-shipped', 'src/a.ts', 'scripts/b.ts'],
  ['doors-derive-their-shapes', 'src/api/a.ts', 'zod'],
  ['doors-derive-their-shapes', 'src/web/a.ts', 'zod'],
  ['no-vague-names', 'src/a.ts', 'src/clinic/utils.ts'],
  ['no-vague-names', 'src/a.ts', 'src/clinic/index.ts'],
  [
    'doctors-resources-patients-locations-settings-import-only-what-is-below',
    'src/clinic/doctors/a.ts',
    'src/clinic/appointments/b.ts',
  ],
  [
    'doctors-resources-patients-locations-settings-import-only-what-is-below',
    'src/clinic/doctors/a.ts',
    'src/clinic/patients/b.ts',
  ],
  ['availability-import-only-what-is-below', 'src/clinic/availability/a.ts', 'src/clinic/appointments/b.ts'],
])('%s is broken when %s imports %s', async (rule, from, to) => {
  const directory = await mkdtemp(join(tmpdir(), 'alobooking-arrows-'))
  gone.push(directory)
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  await mkdir(join(directory, 'drizzle/schema'), { recursive: true })
  await mkdir(join(directory, 'src'), { recursive: true })
  await symlink(resolve('node_modules'), join(directory, 'node_modules'))
  const isFile = to.endsWith('.ts')
  if (isFile) await write(to, 'export const b = 1')
  const specifier = isFile ? `${'../'.repeat(from.split('/').length - 1) || './'}${to}` : to
  await write(from, `export * from '${specifier}'`)
  const broken = await brokenRules({ baseDir: directory })
  expect(broken.map((line) => line.split(':')[0])).toContain(rule)
})
