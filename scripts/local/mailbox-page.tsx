import { en } from '../../src/i18n/en.ts'
import { languageCodes } from '../../src/i18n/languages.ts'
import { Layout } from '../../src/web/ui/layout.tsx'
import type { ReceivedMail, ReceivedSms, ReceivedTemplate } from './received.ts'

interface Received {
  mails: ReceivedMail[]
  templates: ReceivedTemplate[]
  texts: ReceivedSms[]
  phone: string
}

/** What has left the stack since it started; newest first. */
export function MailboxPage({ mails, templates, texts, phone }: Received) {
  const frame = {
    copy: en,
    languages: languageCodes,
    visitor: null,
    isAdmin: false,
    here: '/local/mailbox',
    phone,
  }
  return (
    <Layout frame={frame} title="Local mailbox">
      <h1>Local mailbox</h1>
      <h2>Mail</h2>
      {mails.length === 0 && <p class="empty">No mail has been sent since the stack started.</p>}
      {mails.map((mail, index) => (
        <MailCard mail={mail} number={mails.length - index} />
      ))}
      {templates.length > 0 && <h2>WhatsApp</h2>}
      {templates.map((template) => (
        <TemplateCard {...template} />
      ))}
      {texts.length > 0 && <h2>SMS</h2>}
      {texts.map(({ to, text }) => (
        <article class="card mail">
          <p class="hint">{to}</p>
          <p>{text}</p>
        </article>
      ))}
    </Layout>
  )
}

function MailCard({ mail, number }: { mail: ReceivedMail; number: number }) {
  const { subject, to, html, text, attachments = [], headers = {} } = mail
  return (
    <article class="card mail">
      <h3>{subject}</h3>
      <p class="hint">{to}</p>
      {Object.entries(headers).map(([name, value]) => (
        <p class="hint">
          {name}: {value}
        </p>
      ))}
      {html !== undefined && (
        // Nothing in it may run or reach the page around it.
        <iframe
          title={`${subject}, as a mail program shows it`}
          sandbox="allow-popups"
          srcdoc={html}
          loading="lazy"
          style="border: 1px solid; width: 100%; height: 32rem; background: #fff"
        />
      )}
      {html === undefined ? (
        <p>{text}</p>
      ) : (
        <details>
          <summary>As plain text</summary>
          <p>{text}</p>
        </details>
      )}
      {attachments.map(({ filename, content_type }, index) => (
        <p>
          <a href={`/local/mailbox/${number}/attachments/${index}`}>{filename}</a>{' '}
          <span class="hint">{content_type}</span>
        </p>
      ))}
    </article>
  )
}

function TemplateCard({ to, template }: ReceivedTemplate) {
  const textsOf = (type: string) =>
    template.components
      .filter((component) => component.type === type)
      .flatMap(({ parameters }) => parameters.map(({ text }) => text))
  return (
    <article class="card mail">
      <h3>
        {template.name} ({template.language.code})
      </h3>
      <p class="hint">+{to}</p>
      <ol>
        {textsOf('body').map((text) => (
          <li>{text}</li>
        ))}
      </ol>
      {textsOf('button').map((text) => (
        <p class="hint">Button: …{text}</p>
      ))}
    </article>
  )
}
