import type { AccountPageContent } from '../../clinic/accounts/read-account-page.ts'
import type { Frame } from '../frame.ts'
import { PasskeysSection } from '../passkeys/passkeys-section.tsx'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { PeopleSection } from './people-section.tsx'
import { SessionsSection } from './sessions-section.tsx'

interface AccountPageProps {
  frame: Frame
  content: AccountPageContent
  now: Date
  isPatient: boolean
}

/** Who is signed in, and one section for each thing they can manage. */
export function AccountPage({ frame, content, now, isPatient }: AccountPageProps) {
  const { copy } = frame
  const words = copy.account
  const { name, email, links, passkeys, sessions } = content
  return (
    <Layout frame={frame} title={words.title}>
      <div class="account">
        <section class="card confirmation">
          <h1>{words.title}</h1>
          <dl>
            <dt>{words.name}</dt>
            <dd>
              <bdi>{name}</bdi>
            </dd>
            <dt>{words.email}</dt>
            <dd>{email}</dd>
          </dl>
          <a class="more" href={paths.newEmail()}>
            {copy.emailChange.title}
          </a>
          <a class="more" href={paths.ownMessages()}>
            {isPatient ? copy.messages.title : copy.messages.staffTitle}
          </a>
          {isPatient && (
            <>
              <a class="more" href={paths.family()}>
                {copy.family.title}
              </a>
              <a class="more" href={paths.ownRecords()}>
                {copy.record.ownTitle}
              </a>
              <a class="more" href={paths.ownData()}>
                {copy.personalData.title}
              </a>
            </>
          )}
        </section>
        <PeopleSection copy={copy} links={links} />
        <PasskeysSection copy={copy} passkeys={passkeys} now={now} />
        <SessionsSection copy={copy} sessions={sessions} now={now} />
        <a class="more" href={paths.closing()}>
          {copy.closing.title}
        </a>
        {isPatient && (
          <a class="more" href={paths.ownErasure()}>
            {copy.erasure.ownTitle}
          </a>
        )}
      </div>
    </Layout>
  )
}
