import type { PropsWithChildren } from 'hono/jsx'
import type { ChannelName } from '../../../channels/channel.ts'
import type { MessageKind } from '../../../clinic/messages/content.ts'
import { formatInstant } from '../../../i18n/dates.ts'
import { isForPatients, previewChannels } from '../../../messages/preview.ts'
import type { RegisteredTemplate } from '../../../messages/whatsapp.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import { EditorForm, type EditorFormProps, formId } from './editor-form.tsx'

interface HeadProps {
  frame: Frame
  kind: MessageKind
  channel: ChannelName
  graceSeconds: number
}

/** The frame of the editor: what the message is, and its channels. */
function EditorFrame({ frame, kind, channel, graceSeconds, children }: PropsWithChildren<HeadProps>) {
  const words = frame.copy.messageTexts
  const { title, sent } = words.kinds[kind]
  return (
    <AdminLayout
      frame={frame}
      title={`${title}: ${words.channels[channel]}`}
      page="messageTexts"
      crumb={{ href: paths.messageTexts(), label: words.title }}
      sub={sent(words.after(graceSeconds))}
    >
      <nav class="tabs" aria-label={words.channel}>
        {previewChannels.map((each) => (
          <a
            href={paths.messageText(kind, { channel: each })}
            aria-current={each === channel ? 'page' : undefined}
          >
            {words.channels[each]}
          </a>
        ))}
      </nav>
      {children}
    </AdminLayout>
  )
}

/** What became of a test. */
export type Tested = { to: string; at: Date } | { reason: string }

interface EditorPageProps extends Omit<HeadProps, 'channel'>, Omit<EditorFormProps, 'copy'> {
  ownEmail: string
  tested?: Tested | undefined
}

/** Edits the texts of one kind in both languages, beside a preview of the real message. */
export function EditorPage(props: EditorPageProps) {
  const { frame, kind, channel, ownEmail, tested } = props
  return (
    <EditorFrame {...props}>
      <p class="link">
        <a href="#preview-title">{frame.copy.messageTexts.seePreview}</a>
      </p>
      <div class="editor">
        <EditorForm {...props} copy={frame.copy} />
        <div class="stack">
          <Preview frame={frame} kind={kind} channel={channel} />
          {channel === 'email' && <Test frame={frame} kind={kind} ownEmail={ownEmail} tested={tested} />}
        </div>
      </div>
    </EditorFrame>
  )
}

/** Its controls belong to the form of the texts, so the frame shows what is typed, even before it is saved. */
function Preview({ frame, kind, channel }: Pick<EditorPageProps, 'frame' | 'kind' | 'channel'>) {
  const { copy } = frame
  const words = copy.messageTexts
  const shown = copy.language.startsWith('id') ? 'id' : 'en'
  const looks = [
    ...(channel === 'email' ? (['plain', 'dark'] as const) : []),
    ...(isForPatients(kind) ? (['child'] as const) : []),
  ]
  return (
    <section class="card" aria-labelledby="preview-title">
      <h2 id="preview-title">{words.preview}</h2>
      <fieldset class="looks">
        <legend class="vh">{words.previewLanguage}</legend>
        {(['en', 'id'] as const).map((language) => (
          <label class="check">
            <input type="radio" name="preview" value={language} form={formId} checked={language === shown} />
            {words.languages[language]}
          </label>
        ))}
        {looks.map((look) => (
          <label class="check">
            <input type="checkbox" name={look} value="yes" form={formId} />
            {words.looks[look]}
          </label>
        ))}
      </fieldset>
      <button
        class="btn"
        type="submit"
        form={formId}
        formaction={paths.messagePreview(kind)}
        formtarget="preview"
        formnovalidate
      >
        {words.update}
      </button>
      <iframe
        class="phone"
        name="preview"
        title={words.preview}
        sandbox=""
        src={paths.messagePreview(kind, { channel, preview: shown })}
      />
    </section>
  )
}

function Test({
  frame,
  kind,
  ownEmail,
  tested,
}: Pick<EditorPageProps, 'frame' | 'kind' | 'ownEmail' | 'tested'>) {
  const words = frame.copy.messageTexts
  return (
    <form class="card" id="test" method="post" action={paths.messageTest(kind)}>
      <h2>{words.test}</h2>
      <p class="hint">{words.testHint(ownEmail)}</p>
      {tested && (
        <p class={'to' in tested ? 'note good' : 'note bad'} role="status">
          {'to' in tested
            ? words.sentTo(tested.to, formatInstant(tested.at, frame.copy.language))
            : words.notSent(tested.reason)}
        </p>
      )}
      <button class="btn" type="submit">
        {words.test}
      </button>
    </form>
  )
}

interface TemplatesPageProps extends HeadProps {
  templates: RegisteredTemplate[]
}

/** What the clinic registers with WhatsApp, which approves every text. */
export function TemplatesPage({ templates, ...head }: TemplatesPageProps) {
  const words = head.frame.copy.messageTexts
  return (
    <EditorFrame {...head}>
      <p class="card">{words.registered}</p>
      {templates.map(({ name, category, language, body, buttons }) => (
        <section class="card" aria-label={words.languages[language]}>
          <h2>{words.languages[language]}</h2>
          <dl class="facts">
            <div>
              <dt>{words.template}</dt>
              <dd>
                <code>{name}</code>
              </dd>
            </div>
            <div>
              <dt>{words.category}</dt>
              <dd>
                <code>
                  {category}, {language}
                </code>
              </dd>
            </div>
            <div>
              <dt>{words.text}</dt>
              <dd lang={language}>{body}</dd>
            </div>
            {buttons.map(({ label, url }) => (
              <div>
                <dt>{words.button}</dt>
                <dd>
                  <span lang={language}>{label}</span>: <code>{url}</code>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </EditorFrame>
  )
}
