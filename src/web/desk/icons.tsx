import { raw } from 'hono/html'

const circle = '<circle cx="8" cy="8" r="6"/>'

/** The insides of each symbol, in a box of 16 by 16. */
const icons = {
  booked: circle,
  arrived: `${circle}<circle cx="8" cy="8" r="2" fill="currentColor"/>`,
  with_doctor: '<path d="M5 3l8 5-8 5z" fill="currentColor"/>',
  fulfilled: '<path d="M3 8.5 6.5 12 13 4.5"/>',
  noshow: '<path d="M4 4l8 8M12 4l-8 8"/>',
  cancelled: `${circle}<path d="M4 12l8-8"/>`,
  pending: '<path d="M4 2h8L8 8l4 6H4l4-6z"/>',
  late: `${circle}<path d="M8 5v3.3l2 1.2"/>`,
  note: '<path d="M4 2h8v12H4zM6 6h4M6 9h4"/>',
  language: '<path d="M2.5 3h11v8H8l-3 2.5V11H2.5z"/>',
  find: '<circle cx="7" cy="7" r="4.5"/><path d="m10 10 4 4"/>',
  plus: '<path d="M8 3v10M3 8h10"/>',
  previous: '<path d="M10 3 5 8l5 5"/>',
  next: '<path d="m6 3 5 5-5 5"/>',
  warning: '<path d="M8 2 15 14H1zM8 6v4M8 12v.1"/>',
  print: '<path d="M4 6V2h8v4M4 12H2V6h12v6h-2M4 9h8v5H4z"/>',
  hide: '<path d="M1.5 8q6.5-8 13 0-6.5 8-13 0zM3 13 13 3"/>',
  down: '<path d="m4 6 4 4 4-4"/>',
}

export type IconName = keyof typeof icons

/** Once on each page, so that a symbol is drawn a thousand times by name. */
const sprite = Object.entries(icons)
  .map(([name, inside]) => `<symbol id="i-${name}" viewBox="0 0 16 16">${inside}</symbol>`)
  .join('')

export function Icons() {
  return (
    <svg aria-hidden="true" hidden>
      {raw(sprite)}
    </svg>
  )
}

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="i" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  )
}
