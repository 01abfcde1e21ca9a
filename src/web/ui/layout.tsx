import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { LanguageLinks } from './language-links.tsx'
import { PhoneLink } from './phone-link.tsx'
import { enhanceScript } from './script.ts'
import { style } from './style.ts'

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='9' fill='%230b6652'/%3E%3Cpath d='M16 8v8l5 4' fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E"

interface LayoutProps {
  frame: Frame
  title: string
  inOneLanguage?: boolean
}

export function Layout({ frame, title, inOneLanguage = false, children }: PropsWithChildren<LayoutProps>) {
  const { copy } = frame
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={copy.language} dir={copy.dir}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${title} · ${copy.brand}`}</title>
          <link rel="icon" href={icon} />
          <style>{raw(style)}</style>
          <script type="module" src={enhanceScript.path} />
        </head>
        <body>
          <a class="skip" href="#content">
            {copy.skipToContent}
          </a>
          <header class="top">
            <div>
              <a class="brand" href={homeOf(frame)}>
                <Mark />
                {copy.brand}
              </a>
              <div id="account">
                <Account frame={frame} />
              </div>
            </div>
          </header>
          <main id="content">{children}</main>
          <Foot {...frame} inOneLanguage={inOneLanguage} />
        </body>
      </html>
    </>
  )
}

/** Where the clinic's name leads. */
export function homeOf({ isStaff, isDesk }: Frame): string {
  if (isDesk) return paths.desk()
  return isStaff ? paths.deskMine() : paths.booking()
}

/** The visitor's links, or the link to sign in. An account without a name can only go to the welcome page. */
export function Account({ frame: { copy, visitor, isAdmin, isStaff, isDesk } }: { frame: Frame }) {
  if (visitor === null) return <a href={paths.signIn()}>{copy.signIn.link}</a>
  return (
    <form class="signed-in" method="post" action={paths.signOut()}>
      {isStaff && <a href={paths.patients()}>{copy.patients.link}</a>}
      {isDesk && <a href={paths.messages()}>{copy.messageList.link}</a>}
      {isAdmin && <a href={paths.health()}>{copy.health.link}</a>}
      {visitor && (
        <a href={paths.appointments()}>
          <bdi>{visitor}</bdi>
        </a>
      )}
      {visitor && <a href={paths.account()}>{copy.account.link}</a>}
      <button class="link" type="submit">
        {copy.signIn.signOut}
      </button>
    </form>
  )
}

function Foot({ inOneLanguage, ...frame }: Frame & { inOneLanguage: boolean }) {
  return (
    <footer class="foot">
      {inOneLanguage || <LanguageLinks {...frame} />}
      <PhoneLink phone={frame.phone} />
    </footer>
  )
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M16 8v8l5 4" />
    </svg>
  )
}
