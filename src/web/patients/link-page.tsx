import type { PatientLink } from '../../clinic/accounts/links.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'

interface RemoveLinkPageProps {
  frame: Frame
  link: PatientLink
  /** Whether the visitor's own account books for the person. */
  isOwn: boolean
  /** Where the link back leads. */
  returnTo: string
}

/** Asks before an account stops acting for a person. */
export function RemoveLinkPage({ frame, link, isOwn, returnTo }: RemoveLinkPageProps) {
  const words = frame.copy.links
  const title = isOwn ? words.stopOwn : words.stopOther
  return (
    <Layout frame={frame} title={title}>
      <form
        class="card narrow confirmation"
        method="post"
        action={paths.linkRemoval(link.patientId, link.accountId)}
      >
        <h1>{title}</h1>
        <dl>
          {!isOwn && (
            <>
              <dt>{words.account}</dt>
              <dd>
                <bdi>{link.accountName}</bdi>
              </dd>
            </>
          )}
          <dt>{words.person}</dt>
          <dd>
            <bdi>{link.patientName}</bdi>
          </dd>
        </dl>
        <p>{isOwn ? words.afterOwn : words.afterOther}</p>
        <button class="danger" type="submit">
          {words.confirm}
        </button>
        <a class="more" href={returnTo}>
          {words.back}
        </a>
      </form>
    </Layout>
  )
}
