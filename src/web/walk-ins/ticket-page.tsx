import type { WalkInTicket } from '../../clinic/walk-ins/ticket.ts'
import { formatTime } from '../../i18n/dates.ts'
import type { Frame } from '../frame.ts'
import { Layout } from '../ui/layout.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'

/** What a patient who waits without an appointment sees, without any name. */
export function TicketPage({ frame, ticket }: { frame: Frame; ticket: WalkInTicket }) {
  const { copy } = frame
  const words = copy.desk.walkIns.page
  const time = ticket.expectedLocal && formatTime(ticket.expectedLocal, copy.language)
  return (
    <Layout frame={frame} title={words.title(ticket.number)}>
      <section class="card message">
        <p>{ticket.location}</p>
        <h1>{words.title(ticket.number)}</h1>
        {ticket.state === 'waiting' && (
          <>
            <p>
              <strong>{ticket.ahead ? words.ahead(ticket.ahead) : words.yourTurn}</strong>
            </p>
            <p>{time ? words.expected(time) : words.unknown}</p>
            {time && <p class="hint">{words.expectedHint}</p>}
          </>
        )}
        {ticket.state === 'booked' && (
          <>
            <p>
              <strong>{words.booked(time ?? '')}</strong>
            </p>
            <p>{words.bookedHint}</p>
          </>
        )}
        {ticket.state === 'left' && <p>{words.left}</p>}
        {ticket.state === 'over' && <p>{words.over}</p>}
        <p class="hint">{words.updated(formatTime(ticket.nowLocal, copy.language))}</p>
        <a class="button" href={frame.here}>
          {words.refresh}
        </a>
        <p>
          {copy.problems.orCall} <PhoneLink phone={frame.phone} />
        </p>
      </section>
    </Layout>
  )
}
