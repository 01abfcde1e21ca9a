import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import { readSettings } from '../../src/env.ts'
import type { AppEnv } from '../../src/http/app-env.ts'
import production, { Public as PublicAlone } from '../../src/index.ts'
import { createEdgeCache } from './edge-cache.ts'
import { MailboxPage } from './mailbox-page.tsx'
import type { ReceivedMail, ReceivedSms, ReceivedTemplate } from './received.ts'

// The Worker of `npm start`: the app with a page that shows the mailbox, and a stand-in for Cloudflare's cache in front of
// the public pages. Never deployed.

const settings = readSettings(env)
const cache = createEdgeCache()
const local = new Hono<AppEnv>()

local.get('/local/mailbox', async (c) => {
  const { RESEND_URL, WHATSAPP_URL, TWILIO_URL, CLINIC_PHONE: phone } = settings
  const [mails, templates, texts] = await Promise.all([
    received<ReceivedMail>(RESEND_URL),
    received<ReceivedTemplate>(WHATSAPP_URL),
    received<ReceivedSms>(TWILIO_URL),
  ])
  return c.html(<MailboxPage mails={mails} templates={templates} texts={texts} phone={phone} />)
})
local.get('/local/mailbox/:number/attachments/:index', async (c) => {
  const mails = await received<ReceivedMail>(settings.RESEND_URL)
  const mail = mails.at(-Number(c.req.param('number')))
  const file = mail?.attachments?.[Number(c.req.param('index'))]
  if (!file) return c.notFound()
  const bytes = Uint8Array.from(atob(file.content), (char) => char.charCodeAt(0))
  return c.body(bytes, 200, {
    'Content-Type': file.content_type,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
  })
})
local.all('*', (c) => production.fetch(c.req.raw, c.env, c.executionCtx))

export default { ...production, fetch: local.fetch }

export { DeskFeed, Purger } from '../../src/index.ts'

export class Public extends PublicAlone {
  override fetch(request: Request): Promise<Response> {
    const makePage = async () => super.fetch(request)
    return cache.fetch(request, makePage, (refreshing) => this.ctx.waitUntil(refreshing))
  }

  override async purgeTags(tags: string[]): Promise<boolean> {
    cache.purge(tags)
    return true
  }
}

/** What a stand-in has been sent, newest first. */
async function received<T>(standIn: string | undefined): Promise<T[]> {
  return standIn ? (await fetch(standIn)).json() : []
}
