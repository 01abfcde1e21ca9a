import { Hono } from 'hono'
import { keepStranded, reopenStranded } from '../../clinic/day/keep-stranded.ts'
import { readStrandedPage } from '../../clinic/day/read-stranded-page.ts'
import { id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readForm } from '../read-form.ts'
import { deskReturn } from './desk-return.ts'
import { StrandedPage } from './stranded/stranded-page.tsx'

/** The appointments that lie in time that is no longer open. Moving them is of the move page. */
export const stranded = new Hono<AppEnv>()

stranded.get('/', async (c) => {
  const locationId = id.safeParse(c.req.query('location')).data
  const content = await readStrandedPage(c.var.clinic, locationId)
  return c.html(<StrandedPage frame={frameOf(c)} content={content} formKey={newFormKey()} />)
})

stranded.post('/:id/stay', async (c) => {
  const form = await readForm(c)
  await keepStranded(c.var.clinic, idIn(c, 'appointment'))
  return c.redirect(deskReturn(form('return_to'), paths.stranded()), 303)
})

stranded.post('/:id/reopening', async (c) => {
  const form = await readForm(c)
  await reopenStranded(c.var.clinic, idIn(c, 'appointment'))
  return c.redirect(deskReturn(form('return_to'), paths.stranded()), 303)
})
