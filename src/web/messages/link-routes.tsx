import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import { NotFound } from '../../clinic/errors.ts'
import {
  choiceOf,
  chooseLinkedMessages,
  findLinkedChoices,
  type MessageChoice,
} from '../../clinic/messages/choices.ts'
import type { MessageLanguage } from '../../clinic/messages/content.ts'
import { findLinkedAppointment } from '../../clinic/messages/find-linked-appointment.ts'
import { type MessageLink, readLink } from '../../clinic/messages/links.ts'
import { type ResponseRefusal, respondToAppointment } from '../../clinic/messages/respond.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { limitRequests } from '../../http/rate-limits.ts'
import { languages } from '../../i18n/languages.ts'
import { pageCalendar } from '../../messages/calendar.ts'
import { answerError, message } from '../errors.tsx'
import { frameOf } from '../frame.ts'
import { isLanguage } from '../language.ts'
import { paths } from '../paths.ts'
import { readForm } from '../read-form.ts'
import { readChoices } from './choices-form.tsx'
import { GonePage } from './gone-page.tsx'
import { LinkedPage } from './linked-page.tsx'
import { PreferencesPage } from './preferences-page.tsx'
import { StopPage } from './stop-page.tsx'

/** The pages that messages link to. They read no cookie but the language's: the link alone says what may be seen and done. */
export const messageLinks = new Hono<AppEnv>()

messageLinks.use(bodyLimit({ maxSize: 16 * 1024, onError: (c) => message(c, 'tooLarge', 413) }))
// Mail providers unsubscribe many people from few addresses, so whoever has a link is counted by its recipient.
messageLinks.use(async (c, next) => {
  const [, , first = '', second = ''] = c.req.path.split('/')
  const { secrets, now } = c.var.clinic
  const link =
    first === 'preferences'
      ? await readLink(secrets, 'preferences', second, now)
      : await readLink(secrets, 'appointment', first, now)
  if (link) c.set('countedBy', { key: `link:${link.recipient}`, wider: null })
  return next()
})
messageLinks.use(limitRequests((c) => message(c, 'tooMany', 429)))

messageLinks.get('/preferences/:token', async (c) => {
  const choices = await findLinkedChoices(c.var.clinic, await linkIn(c, 'preferences'))
  speak(c, choices.spoken)
  const isSaved = c.req.query('saved') === '1'
  return c.html(<PreferencesPage frame={frameOf(c)} token={tokenIn(c)} {...{ choices, isSaved }} />)
})

messageLinks.post('/preferences/:token', async (c) => {
  const link = await linkIn(c, 'preferences')
  const { wanted, language } = readChoices(await readForm(c))
  await chooseLinkedMessages(c.var.clinic, link, { wanted, language })
  return c.redirect(paths.messagePreferences(tokenIn(c), { saved: '1' }), 303)
})

messageLinks.get('/preferences/:token/unsubscribe', async (c) => {
  const { spoken } = await findLinkedChoices(c.var.clinic, await linkIn(c, 'preferences'))
  speak(c, spoken)
  return showStop(c, choiceIn(c), false)
})

// Mail programs post `List-Unsubscribe=One-Click` here for their users, without cookies, and follow no redirect (RFC 8058).
messageLinks.post('/preferences/:token/unsubscribe', async (c) => {
  const link = await linkIn(c, 'preferences')
  const choice = choiceIn(c)
  await chooseLinkedMessages(c.var.clinic, link, { wanted: { [choice]: false } })
  return showStop(c, choice, true)
})

messageLinks.get('/:token', async (c) => showLinked(c, await linkIn(c, 'appointment')))

messageLinks.get('/:token/calendar.ics', async (c) => {
  const { clinic, site } = c.var
  const linked = await findLinkedAppointment(clinic, await linkIn(c, 'appointment'))
  const { appointment, ownPatientId, hasAccount, namesVisitType } = linked
  if (appointment.status === 'pending') throw new NotFound('appointment')
  speak(c, linked.language)
  const page = hasAccount ? paths.appointment(appointment.id) : paths.messageLink(tokenIn(c))
  const file = pageCalendar(appointment, {
    ...site,
    copy: c.var.copy,
    url: new URL(page, c.req.url).href,
    reader: { kind: 'patient', patientIds: ownPatientId === null ? [] : [ownPatientId] },
    namesVisitType,
    now: clinic.now,
  })
  return c.body(file.content, 200, {
    'Content-Type': file.contentType,
    'Content-Disposition': `attachment; filename="${file.filename}"`,
  })
})

messageLinks.post('/:token/answer', async (c) => {
  const link = await linkIn(c, 'appointment')
  const startAt = new Date((await readForm(c))('start_at'))
  if (Number.isNaN(startAt.getTime())) throw new HTTPException(400)
  const responded = await respondToAppointment(c.var.clinic, link, { startAt })
  if (responded.ok) return c.redirect(paths.messageLink(tokenIn(c)), 303)
  c.set('refusal', responded.refusal)
  return showLinked(c, link, responded.refusal)
})

messageLinks.onError((error, c) => {
  if (!(error instanceof NotFound)) return answerError(error, c)
  c.set('refusal', 'not_found')
  return c.html(<GonePage frame={frameOf(c)} />, 410)
})

async function showLinked(c: Context<AppEnv>, link: MessageLink, refusal?: ResponseRefusal) {
  const { clinic } = c.var
  const linked = await findLinkedAppointment(clinic, link)
  speak(c, linked.language)
  const page = <LinkedPage frame={frameOf(c)} token={tokenIn(c)} now={clinic.now} {...{ linked, refusal }} />
  return c.html(page, refusal ? 409 : 200)
}

function showStop(c: Context<AppEnv>, choice: MessageChoice, isDone: boolean) {
  const kind = c.req.query('kind') ?? ''
  return c.html(<StopPage frame={frameOf(c)} token={tokenIn(c)} {...{ kind, choice, isDone }} />)
}

const tokenIn = (c: Context<AppEnv>): string => c.req.param('token') ?? ''

/** @throws NotFound when the link was changed, is for something else, or has expired. */
async function linkIn(c: Context<AppEnv>, purpose: MessageLink['purpose']): Promise<MessageLink> {
  const { secrets, now } = c.var.clinic
  const link = await readLink(secrets, purpose, tokenIn(c), now)
  if (!link) throw new NotFound('appointment')
  return link
}

/** @throws NotFound for a kind that nobody chooses. */
function choiceIn(c: Context<AppEnv>): MessageChoice {
  const choice = choiceOf(c.req.query('kind') ?? '')
  if (!choice) throw new NotFound('appointment')
  return choice
}

/** In the recipient's language, if they have one, unless the visitor has chosen another. */
function speak(c: Context<AppEnv>, language: MessageLanguage | null): void {
  const chosen = c.req.query('lang') ?? getCookie(c, 'lang')
  if (language && !isLanguage(chosen)) c.set('copy', languages[language])
}
