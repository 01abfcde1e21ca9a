import type { MessageChoices } from '../../clinic/messages/choices.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { ChoicesForm } from './choices-form.tsx'

interface PreferencesPageProps {
  frame: Frame
  token: string
  choices: MessageChoices
  isSaved: boolean
}

/** What the recipient of a message gets. The clinic's own people choose that when they are signed in. */
export function PreferencesPage({ frame, token, choices, isSaved }: PreferencesPageProps) {
  const words = frame.copy.messages
  if (choices.staffWants !== null && choices.language === null)
    return (
      <Layout frame={frame} title={words.staffTitle}>
        <section class="card message">
          <h1>{words.staffTitle}</h1>
          <p>{words.atAccount}</p>
          <a class="button" href={paths.ownMessages()}>
            {frame.copy.signIn.link}
          </a>
        </section>
      </Layout>
    )
  return (
    <Layout frame={frame} title={words.title}>
      <ChoicesForm
        copy={frame.copy}
        action={paths.messagePreferences(token)}
        choices={choices}
        isSaved={isSaved}
      />
    </Layout>
  )
}
