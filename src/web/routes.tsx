import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { NotFound } from '../clinic/errors.ts'
import { isUnreachable } from '../db.ts'
import type { AppEnv } from '../door.ts'
import { reportFailure } from '../failures.ts'
import { en } from '../i18n/en.ts'
import { booking } from './booking/routes.tsx'
import { paths } from './paths.ts'
import { MessagePage } from './ui/message-page.tsx'

export const web = new Hono<AppEnv>()

const { notFound, tooLarge, unavailable, internal } = en.problems

web.use(
  bodyLimit({
    maxSize: 16 * 1024,
    onError: (c) => c.html(<MessagePage copy={en} words={tooLarge} />, 413),
  }),
)
web.get('/', (c) => c.redirect(paths.booking()))
web.route('/booking', booking)
web.all('*', (c) => c.html(<MessagePage copy={en} words={notFound} />, 404))

web.onError((error, c) => {
  if (error instanceof NotFound) return c.html(<MessagePage copy={en} words={notFound} />, 404)
  reportFailure(c, error)
  const requestId = c.get('requestId')
  if (!isUnreachable(error))
    return c.html(<MessagePage copy={en} words={internal} requestId={requestId} />, 500)
  c.header('Retry-After', '5')
  return c.html(<MessagePage copy={en} words={unavailable} requestId={requestId} />, 503)
})
