import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface LinkPageProps {
  frame: Frame
  token: string
  isExpired?: boolean
}

/** Opening a link uses nothing up: mail programs open links as well. The button does. */
export function LinkPage({ frame, token, isExpired = false }: LinkPageProps) {
  const { copy } = frame
  const words = copy.signInLink
  return (
    <Layout frame={frame} title={words.title}>
      <section class="card narrow">
        <h1>{words.title}</h1>
        {isExpired ? (
          <Refusal title={words.expiredTitle} reason={words.expired}>
            <a href={paths.signIn()}>{words.withCode}</a>
          </Refusal>
        ) : (
          <form method="post" action={paths.signInLink()}>
            <p>{words.intro}</p>
            <input type="hidden" name="token" value={token} />
            <button type="submit">{words.submit}</button>
          </form>
        )}
      </section>
    </Layout>
  )
}
