import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import type { Mail } from '../../src/channels/mail.ts'
import { readSettings } from '../../src/env.ts'
import type { AppEnv } from '../../src/http/app-env.ts'
import { en } from '../../src/i18n/en.ts'
import production, { Public as PublicAlone } from '../../src/index.ts'
import { Layout } from '../../src/web/ui/layout.tsx'
import { createEdgeCache } from './edge-cache.ts'

// The Worker of `npm start`: the app with a page that shows the mailbox, and a stand-in for Cloudflare's cache in front of
// the public pages. Never deployed.

const settings = readSettings(env)
const cache = createEdgeCache()
const local = new Hono<AppEnv>()

local.get('/local/mailbox', async (c) => {
  const answer = await fetch(settings.RESEND_URL ?? '')
  return c.html(<MailboxPage mails={await answer.json()} />)
})
local.all('*', (c) => production.fetch(c.req.raw, c.env, c.executionCtx))

export default { ...production, fetch: local.fetch }

export { Purger } from '../../src/index.ts'

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

function MailboxPage({ mails }: { mails: Mail[] }) {
  const frame = {
    copy: en,
    visitor: null,
    isAdmin: false,
    here: '/local/mailbox',
    phone: settings.CLINIC_PHONE,
  }
  return (
    <Layout frame={frame} title="Local mailbox">
      <h1>Local mailbox</h1>
      {mails.length === 0 && <p class="empty">No mail has been sent since the stack started.</p>}
      {mails.map(({ to, subject, text }) => (
        <article class="card mail">
          <h2>{subject}</h2>
          <p class="hint">{to}</p>
          <p>{text}</p>
        </article>
      ))}
    </Layout>
  )
}
