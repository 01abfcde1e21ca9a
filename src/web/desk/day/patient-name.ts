import { html } from 'hono/html'
import { initialed } from '../hidden-name.tsx'

/** A name that can be hidden: its initials stand there instead. */
export function nameOf(name: string) {
  return html`<bdi data-i="${initialed(name)}">${name}</bdi>`
}
