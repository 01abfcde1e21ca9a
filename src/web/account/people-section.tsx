import type { OwnLinks, PatientLink } from '../../clinic/accounts/links.ts'
import { formatDate } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

interface PeopleSectionProps {
  copy: Copy
  links: OwnLinks
}

/** Whom the visitor books for, and who books for them; each link can be removed. */
export function PeopleSection({ copy, links: { dependants, helpers } }: PeopleSectionProps) {
  const words = copy.links
  return (
    <>
      {dependants.length > 0 && (
        <section class="passkeys" aria-labelledby="people-title">
          <h2 id="people-title">{words.dependants}</h2>
          <ul>
            {dependants.map((link) => (
              <LinkItem copy={copy} link={link} name={link.patientName} />
            ))}
          </ul>
        </section>
      )}
      {helpers.length > 0 && (
        <section class="passkeys" aria-labelledby="helpers-title">
          <h2 id="helpers-title">{words.helpers}</h2>
          <ul>
            {helpers.map((link) => (
              <LinkItem copy={copy} link={link} name={link.accountName} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function LinkItem({ copy, link, name }: { copy: Copy; link: PatientLink; name: string }) {
  const words = copy.links
  const { patientId, accountId, endsOn } = link
  return (
    <li class="card passkey">
      <p>
        <b>
          <bdi>{name}</bdi>
        </b>
      </p>
      {endsOn && <p class="hint">{words.until(formatDate(endsOn, copy.language))}</p>}
      <p class="passkey-links">
        <a class="more" href={paths.linkRemoval(patientId, accountId)} aria-label={words.removeOne(name)}>
          {words.remove}
        </a>
      </p>
    </li>
  )
}
