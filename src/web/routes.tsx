import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { Forbidden, NotFound, NotSignedIn } from '../clinic/errors.ts'
import { StillRunning } from '../clinic/once.ts'
import { isUnreachable } from '../db.ts'
import type { AppEnv } from '../door.ts'
import { reportFailure } from '../failures.ts'
import { en } from '../i18n/en.ts'
import { limitRequests } from '../limits.ts'
import { appointments } from './appointments/routes.tsx'
import { booking } from './booking/routes.tsx'
import { dependants } from './dependants/routes.tsx'
import { readFormKey } from './form-key.tsx'
import { paths } from './paths.ts'
import { signIn } from './sign-in/routes.tsx'
import { MessagePage } from './ui/message-page.tsx'
import { readVisitor, refuseOtherOrigins, requireComplete } from './visitor.ts'

export const web = new Hono<AppEnv>()

const words = en.problems
const tooMany = (c: Context<AppEnv>) => c.html(<MessagePage copy={en} words={words.tooMany} />, 429)

web.use(csrf())
web.use(refuseOtherOrigins)
web.use(
  bodyLimit({
    maxSize: 16 * 1024,
    onError: (c) => c.html(<MessagePage copy={en} words={words.tooLarge} />, 413),
  }),
)
web.use(readVisitor)
web.use(limitRequests(tooMany))
web.use(requireComplete)
web.use(readFormKey)

web.get('/', (c) => c.redirect(paths.booking()))
web.route('/appointments', appointments)
web.route('/booking', booking)
web.route('/dependants', dependants)
web.route('/', signIn)
web.all('*', (c) => c.html(<MessagePage copy={en} words={words.notFound} />, 404))

web.onError((error, c) => {
  if (error instanceof NotFound) return c.html(<MessagePage copy={en} words={words.notFound} />, 404)
  if (error instanceof NotSignedIn) return c.redirect(paths.signIn(c.req.path), 303)
  if (error instanceof Forbidden) return c.html(<MessagePage copy={en} words={words.forbidden} />, 403)
  if (error instanceof HTTPException && error.status === 403) {
    return c.html(<MessagePage copy={en} words={words.crossSite} />, 403)
  }
  if (error instanceof HTTPException && error.status === 400) {
    return c.html(<MessagePage copy={en} words={words.noForm} />, 400)
  }
  if (error instanceof StillRunning) {
    c.header('Retry-After', '1')
    return c.html(<MessagePage copy={en} words={words.unavailable} />, 503)
  }
  reportFailure(c, error)
  const requestId = c.get('requestId')
  if (!isUnreachable(error))
    return c.html(<MessagePage copy={en} words={words.internal} requestId={requestId} />, 500)
  c.header('Retry-After', '5')
  return c.html(<MessagePage copy={en} words={words.unavailable} requestId={requestId} />, 503)
})
