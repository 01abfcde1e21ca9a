import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'

/** Shown for a link that has expired, was changed, or leads to what its recipient may no longer see. It never says which. */
export function GonePage({ frame }: { frame: Frame }) {
  const { messageLink, problems } = frame.copy
  const words = messageLink.gone
  return (
    <Layout frame={frame} title={words.title}>
      <section class="card message">
        <h1>{words.title}</h1>
        <p>{words.next}</p>
        <p>
          {problems.orCall} <PhoneLink phone={frame.phone} />
        </p>
        <a class="button" href={paths.appointments()}>
          {words.signIn}
        </a>
      </section>
    </Layout>
  )
}
