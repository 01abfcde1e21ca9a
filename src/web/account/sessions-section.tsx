import type { Session } from '../../clinic/accounts/read-account-page.ts'
import { formatAgo, formatInstant } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

interface SessionsSectionProps {
  copy: Copy
  /** At least the one in which the page is shown. */
  sessions: Session[]
  now: Date
}

/** Where the visitor is signed in; each session can be ended, and all at once. */
export function SessionsSection({ copy, sessions, now }: SessionsSectionProps) {
  const words = copy.account.sessions
  return (
    <section class="sessions" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{words.title}</h2>
      <p class="hint">{words.intro}</p>
      <ul>
        {sessions.map((session) => (
          <SessionItem copy={copy} session={session} now={now} />
        ))}
      </ul>
      <form class="everywhere" method="post" action={paths.signOutEverywhere()}>
        <button class="danger" type="submit" aria-describedby="everywhere-hint">
          {words.everywhere}
        </button>
        <p class="hint" id="everywhere-hint">
          {words.everywhereHint}
        </p>
      </form>
    </section>
  )
}

/** `last_seen_at` is up to five minutes behind, so a session last seen a little earlier may still be in use. */
const stillHere = 10 * 60_000

function SessionItem({ copy, session, now }: { copy: Copy; session: Session; now: Date }) {
  const words = copy.account.sessions
  const { id, place, lastSeenAt, isCurrent } = session
  const device = session.device ?? words.unknownDevice
  const isHere = isCurrent || now.getTime() - lastSeenAt.getTime() < stillHere
  return (
    <li class="card session">
      <p class="device">
        <b>{device}</b>
        {isCurrent && <span class="mark-current">{words.thisDevice}</span>}
      </p>
      <p class="hint">
        {place && `${place} · `}
        <time datetime={lastSeenAt.toISOString()} title={formatInstant(lastSeenAt, copy.language)}>
          {isHere ? words.activeNow : words.lastActive(formatAgo(lastSeenAt, now, copy.language))}
        </time>
      </p>
      <form class="sign-out" method="post" action={isCurrent ? paths.signOut() : paths.signOutDevice(id)}>
        <button class="quiet" type="submit" aria-label={words.signOutDevice(device)}>
          {copy.signIn.signOut}
        </button>
      </form>
    </li>
  )
}
