import { raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { languages } from '../../i18n/languages.ts'
import type { Frame } from '../frame.ts'
import { changedPath, paths } from '../paths.ts'
import { homeOf } from '../ui/layout.tsx'
import { AdminIcon, AdminIcons } from './icons.tsx'
import { type MenuPage, menuOf } from './menu.ts'
import { adminScript } from './script.ts'
import { adminStyle } from './style.ts'

interface AdminLayoutProps {
  frame: Frame
  title: string
  /** As the menu calls it. */
  page?: MenuPage
  /** The list that the page belongs to. */
  crumb?: { href: string; label: string }
  /** What stands under the heading. */
  sub?: Child
  /** Beside the heading. One filled button in a view. */
  actions?: Child
}

/** Around every page on which admins set up the clinic: a heading, what needs them, filters, content, the save bar. */
export function AdminLayout({
  frame,
  title,
  page,
  crumb,
  sub,
  actions,
  children,
}: PropsWithChildren<AdminLayoutProps>) {
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
          <link rel="stylesheet" href={adminStyle.path} />
          <script type="module" src={adminScript.path} />
        </head>
        <body>
          <AdminIcons />
          <a class="vh skip" href="#content">
            {copy.skipToContent}
          </a>
          <Top frame={frame} />
          <Menu frame={frame} page={page} />
          <main id="content">
            <div class="head">
              <div>
                {crumb && (
                  <p class="crumb">
                    <a href={crumb.href}>{crumb.label}</a>
                  </p>
                )}
                <h1>
                  <bdi>{title}</bdi>
                </h1>
                {sub && <div class="row soft">{sub}</div>}
              </div>
              {actions && <div class="row">{actions}</div>}
            </div>
            {children}
          </main>
        </body>
      </html>
    </>
  )
}

/** The links to the other languages. */
function LanguageItems({ copy, here }: Frame) {
  return (
    <>
      {Object.entries(languages).map(([code, { language, name }]) => (
        <li>
          <a
            href={changedPath(here, { lang: code })}
            lang={language}
            hreflang={language}
            aria-current={language === copy.language ? 'true' : undefined}
          >
            {name}
          </a>
        </li>
      ))}
    </>
  )
}

function Top({ frame }: { frame: Frame }) {
  const { copy, visitor } = frame
  const words = copy.admin.shell
  return (
    <header class="top">
      <a class="mark" href={homeOf(frame)}>
        <svg class="logo i" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 6v6l4 3" />
        </svg>
        {copy.brand}
      </a>
      <a href={homeOf(frame)}>{words.frontDesk}</a>
      <a href={paths.booking()}>{words.patientsPage}</a>
      <a href={paths.account()}>
        <bdi>{visitor || copy.account.link}</bdi>
      </a>
      <nav class="languages" aria-label={copy.languages}>
        <ul>
          <LanguageItems {...frame} />
        </ul>
      </nav>
      <SignOut label={copy.signIn.signOut} />
      <button class="menu-button" type="button" popovertarget="menu">
        <AdminIcon name="menu" /> {words.menu}
      </button>
    </header>
  )
}

function SignOut({ label }: { label: string }) {
  return (
    <form method="post" action={paths.signOut()}>
      <button class="link" type="submit">
        {label}
      </button>
    </form>
  )
}

function Menu({ frame, page }: { frame: Frame; page: MenuPage | undefined }) {
  const { copy } = frame
  const words = copy.admin.shell
  return (
    <nav class="side" id="menu" popover="auto" aria-label={words.nav}>
      {menuOf(frame.isAdmin).map(([group, pages]) => (
        <>
          <h2 id={`menu-${group}`}>{words.groups[group]}</h2>
          <ul aria-labelledby={`menu-${group}`}>
            {pages.map(([name, href]) => (
              <li>
                <a href={href} aria-current={name === page ? 'page' : undefined}>
                  {words.pages[name]}
                </a>
              </li>
            ))}
          </ul>
        </>
      ))}
      <ul class="elsewhere">
        <LanguageItems {...frame} />
        <li>
          <a href={homeOf(frame)}>{words.frontDesk}</a>
        </li>
        <li>
          <a href={paths.booking()}>{words.patientsPage}</a>
        </li>
        <li>
          <a href={paths.account()}>{copy.account.link}</a>
        </li>
        <li>
          <SignOut label={copy.signIn.signOut} />
        </li>
      </ul>
    </nav>
  )
}
