import { raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { LanguageLinks } from '../ui/language-links.tsx'
import { DeskParts } from './desk-parts.tsx'
import { Icon, Icons } from './icons.tsx'
import { initialsOf } from './initials.ts'
import { deskScript } from './script.ts'
import { deskStyle } from './style.ts'

type DeskTab = 'day' | 'list' | 'patients' | 'stranded' | 'figures' | 'mine'

interface DeskPlace {
  id: number
  name: string
}

interface DeskLayoutProps {
  frame: Frame
  /** Names no patient while names are hidden. */
  title: string
  tab?: DeskTab
  /** The location that is shown, and those that the visitor may choose; null on pages that belong to none. */
  place?: { shown: DeskPlace; all: DeskPlace[] } | null
  /** How many appointments wait to be worked through. */
  strandedCount?: number
  /** What stands for "Live" in the header. */
  live?: Child
  /** Whether the page has the button that hides names everywhere. */
  hasNamesButton?: boolean
  /** The local dates that are shown, and today's, so that the script knows which changes concern the page. */
  days?: { from: string; to: string; today: string } | undefined
}

/** Around every page of the front desk and of the doctors. */
export function DeskLayout({
  frame,
  title,
  tab,
  place = null,
  strandedCount = 0,
  live,
  hasNamesButton = false,
  days,
  children,
}: PropsWithChildren<DeskLayoutProps>) {
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
          <link rel="stylesheet" href={deskStyle.path} />
          <script type="module" src={deskScript.path} />
        </head>
        <body
          class={frame.hidesNames ? 'hides-names' : undefined}
          data-location={place?.shown.id}
          data-from={days?.from}
          data-to={days?.to}
          data-today={days?.today}
          data-feed={place ? paths.deskLive(place.shown.id) : undefined}
        >
          <Icons />
          <a class="skip" href="#content">
            {copy.skipToContent}
          </a>
          <header class="top">
            <a class="mark" href={frame.isDesk ? paths.desk() : paths.deskMine()}>
              <Icon name="late" />
              <span>{copy.brand}</span>
            </a>
            {place && <PlaceMenu {...place} />}
            <Tabs frame={frame} tab={tab} strandedCount={strandedCount} />
            {live}
            <Who frame={frame} />
          </header>
          <DeskParts copy={copy} />
          <main id="content">
            {frame.hidesNames && !hasNamesButton && <ShowNames copy={copy} />}
            {children}
          </main>
        </body>
      </html>
    </>
  )
}

/** To look who it is on this page, without a script and only until it is left. */
function ShowNames({ copy }: { copy: Copy }) {
  return (
    <label class="show-names">
      <input type="checkbox" autocomplete="off" />
      <span>{copy.desk.shell.showNames}</span>
    </label>
  )
}

function PlaceMenu({ shown, all }: { shown: DeskPlace; all: DeskPlace[] }) {
  if (all.length < 2) return <span class="place">{shown.name}</span>
  return (
    <details class="menu start">
      <summary class="btn">
        {shown.name} <Icon name="down" />
      </summary>
      <ul>
        {all.map(({ id, name }) => (
          <li>
            <a
              href={paths.desk({ location: String(id) })}
              aria-current={id === shown.id ? 'true' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Tabs({
  frame: { copy, isDesk },
  tab,
  strandedCount,
}: {
  frame: Frame
  tab: DeskTab | undefined
  strandedCount: number
}) {
  const words = copy.desk.shell
  const tabs: { name: DeskTab; href: string; label: Child; isForDesk?: true }[] = [
    { name: 'mine', href: paths.deskMine(), label: words.mine },
    { name: 'day', href: paths.desk({ view: 'grid' }), label: words.day },
    { name: 'list', href: paths.desk({ view: 'list' }), label: words.list },
    { name: 'patients', href: paths.patients(), label: copy.patients.link },
    {
      name: 'stranded',
      href: paths.stranded(),
      label: (
        <>
          {words.stranded} {strandedCount > 0 && <span class="count">{strandedCount}</span>}
        </>
      ),
      isForDesk: true,
    },
    { name: 'figures', href: paths.figures(), label: words.figures },
  ]
  const shown = tabs.filter(({ name, isForDesk }) => (isDesk ? name !== 'mine' : !isForDesk))
  return (
    <nav class="tabs" aria-label={words.nav}>
      {shown.map(({ name, href, label }) => (
        <a href={href} aria-current={name === tab ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  )
}

function Who({ frame }: { frame: Frame }) {
  const { copy, visitor, isDesk, isAdmin } = frame
  const name = visitor ?? ''
  return (
    <details class="menu">
      <summary class="who-am">
        <span class="ini" aria-hidden="true">
          {initialsOf(name)}
        </span>
        <bdi>{name}</bdi>
      </summary>
      <div>
        <ul>
          {isDesk && (
            <li>
              <a href={paths.messages()}>{copy.messageList.link}</a>
            </li>
          )}
          {isAdmin && (
            <li>
              <a href={paths.health()}>{copy.health.link}</a>
            </li>
          )}
          <li>
            <a href={paths.deskKeys()}>{copy.desk.shell.keys}</a>
          </li>
          <li>
            <a href={paths.account()}>{copy.account.link}</a>
          </li>
          <li>
            <form method="post" action={paths.signOut()}>
              <button class="link" type="submit">
                {copy.signIn.signOut}
              </button>
            </form>
          </li>
        </ul>
        <LanguageLinks {...frame} />
      </div>
    </details>
  )
}
