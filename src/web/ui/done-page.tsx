import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from './layout.tsx'

/** Shown after someone closed their account or erased their data. They may no longer be signed in. */
export function DonePage({ frame, words }: { frame: Frame; words: { doneTitle: string; done: string } }) {
  return (
    <Layout frame={frame} title={words.doneTitle}>
      <section class="card message">
        <h1>{words.doneTitle}</h1>
        <p>{words.done}</p>
        <a class="button" href={paths.booking()}>
          {frame.copy.problems.toBooking}
        </a>
      </section>
    </Layout>
  )
}
