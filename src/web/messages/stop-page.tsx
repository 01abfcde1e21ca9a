import type { MessageChoice } from '../../clinic/messages/choices.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'

interface StopPageProps {
  frame: Frame
  token: string
  kind: string
  choice: MessageChoice
  /** Whether they have been stopped already. */
  isDone: boolean
}

/** Asks before one kind of message stops, or says that it has. */
export function StopPage({ frame, token, kind, choice, isDone }: StopPageProps) {
  const words = frame.copy.messages
  const title = isDone ? words.stoppedTitle : words.stopTitle
  return (
    <Layout frame={frame} title={title}>
      <section class="card message">
        <h1>{title}</h1>
        <p>{words.stopIntro(words.stopped[choice])}</p>
        <p class="hint">{words.stays}</p>
        {!isDone && (
          <form method="post" action={paths.unsubscribe(token, kind)}>
            <button type="submit">{words.stop}</button>
          </form>
        )}
        <a class="more" href={paths.messagePreferences(token)}>
          {words.all}
        </a>
      </section>
    </Layout>
  )
}
