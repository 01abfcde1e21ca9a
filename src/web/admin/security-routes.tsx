import { Hono } from 'hono'
import {
  findSecurityEventsInput,
  readSecurityPage,
  securityEventKey,
} from '../../clinic/accounts/find-security-events.ts'
import { calendarDate } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { frameOf } from '../frame.ts'
import { readKey } from '../page-key.ts'
import { readFields } from '../read-form.ts'
import { SecurityPage } from './security-page.tsx'

export const security = new Hono<AppEnv>()

const { accountId, kind } = findSecurityEventsInput.shape
const fields = { accountId, kind, from: calendarDate.optional(), to: calendarDate.optional() }
const eventsAPage = 50
const day = 24 * 60 * 60 * 1000

/** Fields that cannot be read are left out of the search, and the page says what is wrong with them. */
security.get('/', async (c) => {
  const written = (name: string) => c.req.query(name) ?? ''
  const { values, faults } = readFields(written, fields)
  const from = values.from ? new Date(values.from) : undefined
  const to = values.to ? new Date(new Date(values.to).getTime() + day) : undefined
  const isBackwards = from !== undefined && to !== undefined && from >= to
  const { events, next, alarms } = await readSecurityPage(c.var.clinic, {
    accountId: values.accountId,
    kind: values.kind,
    from,
    to: isBackwards ? undefined : to,
    limit: eventsAPage,
    after: readKey(written('after'), securityEventKey),
  })
  const filters = {
    account_id: written('account_id'),
    kind: written('kind'),
    from: written('from'),
    to: written('to'),
  }
  return c.html(
    <SecurityPage
      frame={frameOf(c)}
      {...{ events, next, alarms, filters }}
      faults={isBackwards ? { ...faults, to: 'not_after_opening' } : faults}
    />,
  )
})
