import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { changeClinicSettings, changeClinicSettingsInput } from '../clinic/settings/change.ts'
import { type ClinicSettings, findClinicSettings } from '../clinic/settings/find.ts'
import { closed } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseInvalid } from './refuse-invalid.ts'
import type { SettingsJson } from './settings-answers.ts'

export const settingsBody = closed({ settings: inSnakeCase(changeClinicSettingsInput) })

export const settingsApi = new Hono<AppEnv>()

settingsApi.get('/', conditionalGet, async (c) => showSettings(c, await findClinicSettings(c.var.clinic)))
settingsApi.patch(
  '/',
  requireVersion,
  requireJson,
  zValidator('json', settingsBody, refuseInvalid),
  async (c) => {
    const changed = await changeClinicSettings(c.var.clinic, {
      version: readIfMatch(c),
      ...c.req.valid('json').settings,
    })
    return changed.ok ? showSettings(c, changed.settings) : problem(c, changed.refusal)
  },
)
settingsApi.all('/', allowOnly('GET, HEAD, PATCH'))

function showSettings(c: Context<AppEnv>, { version, ...settings }: ClinicSettings): Response {
  c.header('ETag', `"${version}"`)
  const json: SettingsJson = snakeKeys(settings)
  return c.json({ settings: json })
}
