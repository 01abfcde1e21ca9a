import { html } from 'hono/html'
import { initialsOf } from '../initials.ts'

/** A name that can be hidden: its initials stand there instead. */
export function nameOf(name: string) {
  return html`<bdi data-i="${dotted(initialsOf(name))}">${name}</bdi>`
}

/** `RA` as `R. A.`. */
const dotted = (initials: string) =>
  Array.from(initials)
    .map((letter) => `${letter}.`)
    .join(' ')
