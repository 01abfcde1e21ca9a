import type { SentInvitation } from '../../clinic/patients/find-links.ts'
import { formatDate } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'

interface OpenInvitationsProps {
  copy: Copy
  invitations: SentInvitation[]
  /** Where they are withdrawn. */
  withdraw: string
}

/** Who is invited to a patient's record and has not accepted yet. */
export function OpenInvitations({ copy, invitations, withdraw }: OpenInvitationsProps) {
  const words = copy.invitations
  if (invitations.length === 0) return null
  return (
    <form method="post" action={withdraw}>
      <p>{words.open}</p>
      <ul>
        {invitations.map(({ email, expiresAt }) => (
          <li>
            <bdi>{email}</bdi>
            {` · ${words.until(formatDate(expiresAt.toISOString().slice(0, 10), copy.language))}`}
          </li>
        ))}
      </ul>
      <button class="quiet" type="submit">
        {words.withdraw}
      </button>
    </form>
  )
}
