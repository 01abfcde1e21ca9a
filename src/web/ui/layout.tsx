import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { style } from './style.ts'

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='9' fill='%230b6652'/%3E%3Cpath d='M16 8v8l5 4' fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E"

interface LayoutProps {
  copy: Copy
  title: string
  /** The name of who is signed in; undefined where the page does not know. */
  visitor?: string | null | undefined
}

export function Layout({ copy, title, visitor, children }: PropsWithChildren<LayoutProps>) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={copy.language} dir="ltr">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${title} · ${copy.brand}`}</title>
          <link rel="icon" href={icon} />
          <style>{raw(style)}</style>
        </head>
        <body>
          <a class="skip" href="#content">
            {copy.skipToContent}
          </a>
          <header class="top">
            <div>
              <a class="brand" href={paths.booking()}>
                <Mark />
                {copy.brand}
              </a>
              {visitor !== undefined && <SignedIn copy={copy} visitor={visitor} />}
            </div>
          </header>
          <main id="content">{children}</main>
        </body>
      </html>
    </>
  )
}

function SignedIn({ copy, visitor }: { copy: Copy; visitor: string | null }) {
  if (visitor === null) return <a href={paths.signIn()}>{copy.signIn.link}</a>
  return (
    <form class="signed-in" method="post" action={paths.signOut()}>
      <span>{visitor}</span>
      <button class="link" type="submit">
        {copy.signIn.signOut}
      </button>
    </form>
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
