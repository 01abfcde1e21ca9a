import { raw } from 'hono/html'

/** The path of each symbol, in a box of 24 by 24. */
const icons = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  warn: 'M12 4 3 20h18zM12 10v4m0 3v.01',
  people: 'M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M3 20c0-8 12-8 12 0M16 5a3 3 0 0 1 0 6M18 14c2 1 3 3 3 6',
  edit: 'M4 20l1-5L16 4l4 4L9 19z',
  plus: 'M12 5v14M5 12h14',
  find: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12m4.5 10.5L20 20',
  down: 'M12 4v11m-5-4 5 5 5-5M5 20h14',
  check: 'M5 13l4 4L19 7',
  off: 'M6 6l12 12M18 6 6 18',
}

export type AdminIconName = keyof typeof icons

const sprite = Object.entries(icons)
  .map(([name, path]) => `<path id="i-${name}" d="${path}"/>`)
  .join('')

/** Once on each page. */
export function AdminIcons() {
  return (
    <svg aria-hidden="true" hidden>
      <defs>{raw(sprite)}</defs>
    </svg>
  )
}

export function AdminIcon({ name }: { name: AdminIconName }) {
  return (
    <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  )
}
