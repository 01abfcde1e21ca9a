import { type Context, Hono } from 'hono'
import { NotFound } from '../../../clinic/errors.ts'
import { changeMessageTexts, changeMessageTextsInput } from '../../../clinic/messages/change-texts.ts'
import { type MessageKind, type MessageLanguage, messageKinds } from '../../../clinic/messages/content.ts'
import { findMessageTexts, type MessageTexts } from '../../../clinic/messages/find-texts.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { limit } from '../../../http/rate-limits.ts'
import { fieldsWithSamples, inDark, previewMail, previewMessage } from '../../../messages/preview.ts'
import { templatesOf } from '../../../messages/whatsapp.ts'
import { message } from '../../errors.tsx'
import { newFormKey } from '../../form-key.tsx'
import { frameOf } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { readForm, type Written } from '../../read-form.ts'
import { EditorPage, TemplatesPage, type Tested } from './editor-page.tsx'
import { MessagesPage } from './list-page.tsx'
import {
  type Both,
  type EditedText,
  forBoth,
  readTexts,
  savedTexts,
  seenIn,
  typedTexts,
  type WrittenChannel,
} from './read-texts.ts'

/** The texts of messages, at `/admin/messages`. */
export const messageTexts = new Hono<AppEnv>()

messageTexts.get('/', async (c) =>
  c.html(<MessagesPage frame={frameOf(c)} texts={await findMessageTexts(c.var.clinic)} />),
)

messageTexts.get('/:kind', async (c) => {
  const kind = kindIn(c)
  const found = await findMessageTexts(c.var.clinic)
  if (c.req.query('channel') === 'whatsapp') {
    const templates = templatesOf(c.var.site.siteUrl).filter((template) => template.kind === kind)
    return c.html(
      <TemplatesPage
        frame={frameOf(c)}
        {...{ kind, templates, channel: 'whatsapp', graceSeconds: found.graceSeconds }}
      />,
    )
  }
  const channel = channelIn(c.req.query('channel'))
  const texts = savedTexts(found, kind, channel)
  return showEditor(c, found, { kind, channel, texts, state: c.req.query('saved') ? 'saved' : 'as_saved' })
})

messageTexts.post('/:kind', async (c) => {
  const kind = kindIn(c)
  const form = await readForm(c)
  const channel = channelIn(form('channel'))
  const typed = typedTexts(form)
  const goesBack = form('do') === 'original'
  const read = readTexts(typed, kind, channel)
  if (!read.ok && !goesBack) return again(c, { kind, channel, typed, faults: read.faults })
  const texts = goesBack ? { en: null, id: null } : read.texts
  const changed = await changeMessageTexts(c.var.clinic, { kind, channel, texts, seen: seenIn(form) })
  if (changed.ok) return c.redirect(paths.messageText(kind, { channel, saved: 'yes' }), 303)
  c.set('refusal', changed.refusal)
  return again(c, { kind, channel, typed, faults: changed.refusal === 'stale' ? null : changed.faults })
})

interface Again {
  kind: MessageKind
  channel: WrittenChannel
  typed: ReturnType<typeof typedTexts>
  /** Null when someone else changed the texts. */
  faults: Both<EditedText['faults']> | null
}

/** The form with what was typed, and what is wrong with it. */
async function again(c: Context<AppEnv>, { kind, channel, typed, faults }: Again) {
  const found = await findMessageTexts(c.var.clinic)
  const saved = savedTexts(found, kind, channel)
  const texts = forBoth((language) => ({
    ...saved[language],
    text: typed[language],
    faults: faults?.[language] ?? [],
  }))
  const state = faults ? 'invalid_text' : 'stale'
  return showEditor(c, found, { kind, channel, texts, state }, faults ? 422 : 412)
}

type Shown = Pick<Parameters<typeof EditorPage>[0], 'kind' | 'channel' | 'texts' | 'state' | 'tested'>

function showEditor(
  c: Context<AppEnv>,
  found: MessageTexts,
  shown: Shown,
  status: 200 | 412 | 422 | 502 = 200,
) {
  const { site, copy } = c.var
  c.set('frames', 'preview')
  return c.html(
    <EditorPage
      frame={frameOf(c)}
      formKey={newFormKey()}
      fields={fieldsWithSamples(shown.kind, languageIn(copy.language), site)}
      {...found}
      {...shown}
    />,
    status,
  )
}

messageTexts.get('/:kind/preview', (c) => preview(c, (name) => c.req.query(name) ?? '', null))

/** Shows what is typed, and keeps nothing of it. */
messageTexts.post('/:kind/preview', async (c) => {
  const form = await readForm(c)
  return preview(c, form, typedTexts(form))
})

async function preview(c: Context<AppEnv>, asked: Written, typed: ReturnType<typeof typedTexts> | null) {
  const kind = kindIn(c)
  const channel = channelIn(asked('channel'))
  const found = await findMessageTexts(c.var.clinic)
  const language = languageIn(asked('preview'))
  const ownText = typed?.[language] ?? savedTexts(found, kind, channel)[language].text
  const forChild = asked('child') === 'yes'
  const { namesVisitType } = found
  const shown = previewMessage({ kind, channel, language, ownText, namesVisitType, forChild }, c.var.site)
  c.set('frames', 'framed')
  if (shown.channel !== 'email') return c.text(shown.channel === 'sms' ? shown.text : '')
  const { subject, text, html = '' } = shown
  if (asked('plain') === 'yes') return c.text(`${subject}\n\n${text}`)
  return c.html(asked('dark') === 'yes' ? inDark(html) : html)
}

messageTexts.use(
  '/:kind/test',
  limit('SIGN_IN_LIMIT', (c) => message(c, 'tooMany', 429)),
)
messageTexts.post('/:kind/test', async (c) => {
  const kind = kindIn(c)
  const found = await findMessageTexts(c.var.clinic)
  const texts = savedTexts(found, kind, 'email')
  const tested = await sendTest(c, kind, found, texts)
  const shown = { kind, channel: 'email', texts, state: 'as_saved', tested } as const
  return showEditor(c, found, shown, 'reason' in tested ? 502 : 200)
})

/** Sends the saved texts in both languages to whoever asks. */
async function sendTest(
  c: Context<AppEnv>,
  kind: MessageKind,
  { ownEmail: to, namesVisitType }: MessageTexts,
  texts: Both<EditedText>,
): Promise<Tested> {
  const { email, site, clinic } = c.var
  for (const language of ['en', 'id'] as const) {
    const ownText = texts[language].text
    const mail = previewMail({ kind, language, to, ownText, namesVisitType }, site)
    const sent = await email.send(mail, crypto.randomUUID())
    if (sent.outcome !== 'accepted') return { reason: sent.reason }
  }
  return { to, at: clinic.now }
}

function kindIn(c: Context<AppEnv>): MessageKind {
  const kind = messageKinds.find((one) => one === c.req.param('kind'))
  if (!kind) throw new NotFound('message')
  return kind
}

const channelIn = (written: string | undefined): WrittenChannel =>
  changeMessageTextsInput.shape.channel.safeParse(written).data ?? 'email'

const languageIn = (written: string): MessageLanguage => (written.startsWith('id') ? 'id' : 'en')
