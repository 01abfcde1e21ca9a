import type { Copy } from '../../i18n/en.ts'
import { Icon } from './icons.tsx'

/** What the script shows: the bar of a lost connection, what is said aloud, the panel, and its words. */
export function DeskParts({ copy }: { copy: Copy }) {
  const { lostHint, close, connection, ...words } = copy.desk.script
  const data = Object.fromEntries(
    Object.entries(words).map(([name, text]) => [
      `data-${name.replace(/[A-Z]/g, '-$&').toLowerCase()}`,
      text,
    ]),
  )
  return (
    <>
      <aside id="stale" class="stale" aria-label={connection}>
        <Icon name="warning" />
        <b class="text" />
        <span>{lostHint}</span>
      </aside>
      <p id="voice" class="vh" role="status" />
      <dialog id="panel">
        <button class="btn close" type="button">
          {close} <kbd>Esc</kbd>
        </button>
        <div class="inside" />
      </dialog>
      <div id="desk-words" hidden {...data} />
    </>
  )
}
