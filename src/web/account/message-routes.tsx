import { Hono } from 'hono'
import { chooseMessages, findOwnChoices } from '../../clinic/messages/choices.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { readChoices } from '../messages/choices-form.tsx'
import { paths } from '../paths.ts'
import { readForm } from '../read-form.ts'
import { OwnMessagesPage } from './own-messages-page.tsx'

export const ownMessages = new Hono<AppEnv>()

ownMessages.get('/', async (c) => {
  const choices = await findOwnChoices(c.var.clinic)
  const isSaved = c.req.query('saved') === '1'
  return c.html(<OwnMessagesPage frame={frameOf(c)} formKey={newFormKey()} {...{ choices, isSaved }} />)
})

ownMessages.post('/', async (c) => {
  await chooseMessages(c.var.clinic, readChoices(await readForm(c)))
  return c.redirect(paths.ownMessages({ saved: '1' }), 303)
})
