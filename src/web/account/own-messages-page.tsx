import type { MessageChoices } from '../../clinic/messages/choices.ts'
import type { Frame } from '../frame.ts'
import { ChoicesForm } from '../messages/choices-form.tsx'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'

interface OwnMessagesPageProps {
  frame: Frame
  choices: MessageChoices
  isSaved: boolean
  formKey: string
}

/** What the account that is signed in gets. */
export function OwnMessagesPage({ frame, ...form }: OwnMessagesPageProps) {
  const { title, staffTitle } = frame.copy.messages
  return (
    <Layout frame={frame} title={form.choices.staffWants === null ? title : staffTitle}>
      <ChoicesForm copy={frame.copy} action={paths.ownMessages()} {...form} />
      <a class="more" href={paths.account()}>
        {frame.copy.account.title}
      </a>
    </Layout>
  )
}
