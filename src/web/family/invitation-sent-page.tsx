import type { Frame } from '../frame.ts'
import { Layout } from '../ui/layout.tsx'

interface InvitationSentPageProps {
  frame: Frame
  email: string
  code: string
  back: string
}

/** The only page that shows the code. */
export function InvitationSentPage({ frame, email, code, back }: InvitationSentPageProps) {
  const words = frame.copy.invitations
  return (
    <Layout frame={frame} title={words.sentTitle}>
      <section class="card confirmation">
        <h1>{words.sentTitle}</h1>
        <p>
          {words.sentTo} <bdi>{email}</bdi>
        </p>
        <dl>
          <dt>{words.code}</dt>
          <dd>
            <strong class="code">{code}</strong>
          </dd>
        </dl>
        <p>{words.codeHint}</p>
        <a class="more" href={back}>
          {words.done}
        </a>
      </section>
    </Layout>
  )
}
