import { type Context, Hono } from 'hono'
import { type Figures, readFigures } from '../../../clinic/day/read-figures.ts'
import { calendarDate, id } from '../../../clinic/shapes.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { frameOf } from '../../frame.ts'
import { figuresCsv } from './csv.ts'
import { FiguresPage } from './figures-page.tsx'

/** The figures of a week. */
export const figures = new Hono<AppEnv>()

figures.get('/figures', async (c) => {
  const { read, chosen } = await readChosen(c)
  return c.html(<FiguresPage frame={frameOf(c)} figures={read} chosen={chosen} />)
})

figures.get('/figures.csv', async (c) => {
  const { read } = await readChosen(c)
  return c.body(figuresCsv(read), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="figures-${read.monday}.csv"`,
  })
})

interface Chosen {
  location: string
  doctor: string
}

/** What cannot be read counts as not chosen. */
async function readChosen(c: Context<AppEnv>): Promise<{ read: Figures; chosen: Chosen }> {
  const locationId = id.safeParse(c.req.query('location')).data
  const doctorId = id.safeParse(c.req.query('doctor')).data
  const on = calendarDate.safeParse(c.req.query('on')).data
  const read = await readFigures(c.var.clinic, { on, locationId, doctorId })
  return { read, chosen: { location: String(locationId ?? ''), doctor: String(doctorId ?? '') } }
}
