import { formatDate } from '../../i18n/dates.ts'
import { paths } from '../paths.ts'
import type { PatientSectionProps } from './patient-section.ts'

/** For the front desk: the accounts that act for the patient. */
export function AccountsSection({ frame, content: { links }, isDesk }: PatientSectionProps) {
  const { copy } = frame
  const words = copy.links
  if (!isDesk || links.length === 0) return null
  return (
    <section class="passkeys" aria-labelledby="accounts-title">
      <h2 id="accounts-title">{words.accounts}</h2>
      <ul>
        {links.map(({ accountId, accountName, accountEmail, patientId, relation, endsOn }) => (
          <li class="card passkey">
            <p>
              <b>
                <bdi>{accountName}</bdi>
              </b>
            </p>
            <p class="hint">
              <bdi>{accountEmail}</bdi>
              {' · '}
              {relation === 'self' ? words.own : words.booksFor}
            </p>
            {endsOn && <p class="hint">{words.until(formatDate(endsOn, copy.language))}</p>}
            <p class="passkey-links">
              {relation === 'dependant' && (
                <a
                  class="more"
                  href={paths.linkRemoval(patientId, accountId)}
                  aria-label={words.removeOne(accountName)}
                >
                  {words.remove}
                </a>
              )}
              <a class="more" href={paths.restoredEmail(accountId)}>
                {words.restore}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
