import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import { createApp } from '../../src/app.tsx'
import type { AppEnv } from '../../src/door.ts'
import { readSettings } from '../../src/env.ts'
import { en } from '../../src/i18n/en.ts'
import type { Mail } from '../../src/mail.ts'
import { Layout } from '../../src/web/ui/layout.tsx'

// The Worker of `npm start`: the app itself, with the local mailbox beside it. It is never deployed.

const settings = readSettings(env)
const app = createApp(settings)
const local = new Hono<AppEnv>()

local.get('/local/mailbox', async (c) => {
  const answer = await fetch(settings.RESEND_URL ?? '')
  return c.html(<MailboxPage mails={await answer.json()} />)
})
local.all('*', (c) => app.fetch(c.req.raw, c.env, c.executionCtx))

export default local

function MailboxPage({ mails }: { mails: Mail[] }) {
  return (
    <Layout copy={en} title="Local mailbox">
      <h1>Local mailbox</h1>
      {mails.length === 0 && <p class="empty">No mail was sent since the stack started.</p>}
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
