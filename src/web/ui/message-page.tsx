import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { Layout } from './layout.tsx'

interface MessagePageProps {
  copy: Copy
  words: { title: string; next: string }
  /** Printed below, to be read out to whoever looks into it. */
  requestId?: string
}

export function MessagePage({ copy, words, requestId }: MessagePageProps) {
  return (
    <Layout copy={copy} title={words.title}>
      <section class="card message">
        <h1>{words.title}</h1>
        <p>{words.next}</p>
        {requestId && (
          <p>
            <code>{requestId}</code>
          </p>
        )}
        <a class="button" href={paths.booking()}>
          {copy.problems.toBooking}
        </a>
      </section>
    </Layout>
  )
}
