import { Hono } from 'hono'
import { NotFound } from '../../clinic/errors.ts'
import { findTicket, readTicket } from '../../clinic/walk-ins/ticket.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { limitRequests } from '../../http/rate-limits.ts'
import { message } from '../errors.tsx'
import { frameOf } from '../frame.ts'
import { TicketPage } from './ticket-page.tsx'

/** Where walk-ins follow the queue. It reads no cookie but the language's: whoever has the address may look. */
export const tickets = new Hono<AppEnv>()

tickets.use(limitRequests((c) => message(c, 'tooMany', 429)))

tickets.get('/:token', async (c) => {
  const { clinic } = c.var
  const id = await readTicket(clinic.secrets, c.req.param('token'))
  const ticket = id === null ? null : await findTicket(clinic, id)
  if (!ticket) throw new NotFound('walk-in')
  // Browsers load the page again by themselves, without a script.
  if (ticket.state === 'waiting') c.header('Refresh', '60')
  return c.html(<TicketPage frame={frameOf(c)} ticket={ticket} />)
})
