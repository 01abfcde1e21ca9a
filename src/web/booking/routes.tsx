import { type Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import { isDesk } from '../../clinic/accounts/guard.ts'
import { findAppointment } from '../../clinic/appointments/find.ts'
import { readBookingPage } from '../../clinic/appointments/read-booking-page.ts'
import { type Person, personOf } from '../../clinic/context.ts'
import { isUnreachable } from '../../database/connect.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { reportFailure } from '../../observability/failures.ts'
import { browserCookie, holdingCookie } from '../cookies.ts'
import { frameOf } from '../frame.ts'
import { limitSearches } from '../limit-searches.ts'
import { paths } from '../paths.ts'
import { Account } from '../ui/layout.tsx'
import { BookingPage } from './booking-page.tsx'
import { ConfirmationPage } from './confirmation-page.tsx'
import { HoldBanner } from './hold-banner.tsx'
import { insertPrivateParts } from './private-parts.tsx'
import { publicPath, readQuery } from './public-booking.tsx'
import { SignedInPart } from './signed-in-part.tsx'

type AppContext = Context<AppEnv>

export const booking = new Hono<AppEnv>()

booking.get('/', limitSearches, async (c) => {
  const person = personOf(c.var.clinic.actor)
  if (person?.kind === 'doctor') return c.redirect(paths.deskBooking(sameSearch(c)))
  if (c.req.query('visit_type_id') && !c.var.clinic.browser) await browserCookie.write(c, crypto.randomUUID())
  if (!person) return showPublic(c)
  return showSignedIn(c, person)
})

booking.get('/confirmation/:id', async (c) => {
  const appointment = await findAppointment(c.var.clinic, idIn(c, 'appointment'))
  return c.html(<ConfirmationPage frame={frameOf(c)} appointment={appointment} />)
})

/** What was searched for here, at the desk. */
function sameSearch(c: AppContext): Record<string, string> {
  const names = ['visit_type_id', 'doctor_id', 'location_id']
  return Object.fromEntries(names.map((name) => [name, c.req.query(name) ?? '']))
}

/** The cached page, with a banner for visitors who hold a slot. */
async function showPublic(c: AppContext): Promise<Response> {
  // For any other cache on the way.
  c.header('Vary', 'Accept-Language, Cookie')
  const page = await c.var.askPublic(publicPath(c, c.var.language))
  const notice = await banner(c)
  // An answer that sets a cookie is for one browser only.
  const isTheirs = notice || page.headers.has('Set-Cookie')
  if (isTheirs && page.ok) return insertPrivateParts(page, notice ? { notice } : {})
  await etag()(c, async () => {
    c.res = page
  })
  return c.res
}

/**
 * Signed-in visitors bypass the cache, so that a time they just booked is not offered again. Their own appointments need a
 * trip anyway, and the whole page takes only that one. While the database is away, they get the cached page.
 */
async function showSignedIn(c: AppContext, person: Person) {
  const { clinic, copy, language } = c.var
  const { wish, finder, faults } = readQuery(c)
  const frame = frameOf(c)
  const content = await readBookingPage(clinic, person, wish).catch((error) => {
    if (!isUnreachable(error)) throw error
    reportFailure(error)
  })
  const page = content
    ? await c.html(<BookingPage frame={frame} content={content} finder={finder} finderFaults={faults} />)
    : await c.var.askPublic(publicPath(c, language))
  if (!page.ok) return page
  const isForDesk = isDesk(clinic.actor)
  const theirs = content ? (
    <SignedInPart copy={copy} coming={content.coming} finder={finder} isDesk={isForDesk} />
  ) : (
    <p class="empty card">{copy.booking.appointmentsUnavailable}</p>
  )
  const notice = await banner(c)
  // The front desk sees its appointments first, not a form.
  const above = isForDesk ? (
    <>
      {notice}
      {theirs}
    </>
  ) : (
    notice
  )
  return insertPrivateParts(page, {
    account: <Account frame={frame} />,
    ...(above && { notice: above }),
    ...(!isForDesk && { 'signed-in': theirs }),
  })
}

async function banner(c: AppContext) {
  const holding = await holdingCookie.read(c)
  return holding && <HoldBanner copy={c.var.copy} holding={holding} />
}
