import { Hono } from 'hono'
import { readOwnDay } from '../../../clinic/day/read-own-day.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { newFormKey } from '../../form-key.tsx'
import { frameOf } from '../../frame.ts'
import { timesOf } from '../day/times.ts'
import { readView } from '../day/view.ts'
import { MinePage } from './mine-page.tsx'

/** Where doctors land after signing in. */
export const mine = new Hono<AppEnv>()

mine.get('/', async (c) => {
  const { clinic, copy } = c.var
  const view = readView(c)
  const days = view.days === 1 ? 1 : 7
  const day = await readOwnDay(clinic, { on: view.on, days })
  const props = {
    frame: frameOf(c),
    words: copy.desk.day,
    times: timesOf(day, copy.language),
    formKey: newFormKey(),
    isDesk: false,
  }
  return c.html(<MinePage {...props} day={day} days={days} view={view} />)
})
