import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { homeOf, Layout } from './layout.tsx'
import { PhoneLink } from './phone-link.tsx'

interface MessagePageProps {
  frame: Frame
  words: { title: string; next: string }
  /** Shown as a reference number for support. */
  requestId: string
}

export function MessagePage({ frame, words, requestId }: MessagePageProps) {
  const { problems } = frame.copy
  return (
    <Layout frame={frame} title={words.title}>
      <section class="card message">
        <h1>{words.title}</h1>
        <p>{words.next}</p>
        {!frame.isStaff && (
          <p>
            {problems.orCall} <PhoneLink phone={frame.phone} />
          </p>
        )}
        <p class="hint">
          {problems.number} <code>{requestId}</code>
        </p>
        <a class="button" href={frame.isStaff ? homeOf(frame) : paths.booking()}>
          {frame.isStaff ? problems.toDay : problems.toBooking}
        </a>
      </section>
    </Layout>
  )
}
