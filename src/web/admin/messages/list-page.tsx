import { type MessageKind, patientMessageKinds, staffMessageKinds } from '../../../clinic/messages/content.ts'
import type { MessageTexts } from '../../../clinic/messages/find-texts.ts'
import type { Copy } from '../../../i18n/en.ts'
import { previewChannels } from '../../../messages/preview.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'

/** Every kind of message, and which of their texts the clinic changed. */
export function MessagesPage({ frame, texts }: { frame: Frame; texts: MessageTexts }) {
  const words = frame.copy.messageTexts
  return (
    <AdminLayout frame={frame} title={words.title} page="messageTexts" sub={words.intro}>
      <Kinds copy={frame.copy} texts={texts} title={words.forPatients} kinds={patientMessageKinds} />
      <Kinds copy={frame.copy} texts={texts} title={words.forStaff} kinds={staffMessageKinds} />
    </AdminLayout>
  )
}

interface KindsProps {
  copy: Copy
  texts: MessageTexts
  title: string
  kinds: readonly MessageKind[]
}

function Kinds({ copy, texts: { own, graceSeconds }, title, kinds }: KindsProps) {
  const words = copy.messageTexts
  const stateOf = (kind: MessageKind) => {
    const changed = own.filter((one) => one.kind === kind).map(({ channel }) => channel)
    const names = previewChannels.filter((one) => changed.includes(one)).map((one) => words.channels[one])
    return names.length > 0 ? words.changed(names) : words.original
  }
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      <ul class="kinds">
        {kinds.map((kind) => (
          <li>
            <a href={paths.messageText(kind)}>{words.kinds[kind].title}</a>
            <p class="hint">{words.kinds[kind].sent(words.after(graceSeconds))}</p>
            <p class="hint">{stateOf(kind)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
