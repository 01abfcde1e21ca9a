import { toBase64Url } from '../../clinic/sign.ts'
import tokens from '../ui/tokens.css'
import bar from './styles/bar.css'
import base from './styles/base.css'
import book from './styles/book.css'
import contrast from './styles/contrast.css'
import controls from './styles/controls.css'
import day from './styles/day.css'
import entry from './styles/entry.css'
import figures from './styles/figures.css'
import forms from './styles/forms.css'
import grid from './styles/grid.css'
import label from './styles/label.css'
import list from './styles/list.css'
import mine from './styles/mine.css'
import moving from './styles/moving.css'
import narrow from './styles/narrow.css'
import panels from './styles/panels.css'
import print from './styles/print.css'
import says from './styles/says.css'
import script from './styles/script.css'
import shell from './styles/shell.css'
import touch from './styles/touch.css'

const text = [
  tokens,
  base,
  controls,
  shell,
  bar,
  panels,
  grid,
  slotClasses(),
  entry,
  says,
  list,
  label,
  forms,
  moving,
  figures,
  mine,
  book,
  script,
  day,
  narrow,
  touch,
  contrast,
  print,
].join('\n')

const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))

/** The sheet of all desk pages. It is too long to stand in each of them, so browsers load it once. */
export const deskStyle = {
  path: `/assets/desk-${toBase64Url(new Uint8Array(digest)).slice(0, 12)}.css`,
  text,
}

/** Where an entry starts and how long it is, in tracks of five minutes: the security policy allows no style attributes. */
function slotClasses(): string {
  // The longest day has twenty-five hours.
  const tracks = Array.from({ length: 25 * 12 }, (_, index) => index + 1)
  const hours = tracks.filter((n) => n % 12 === 0).map((n) => `.t${n}{--tracks:${n}}`)
  const slots = tracks.map((n) => `.r${n}{grid-row-start:${n}}.n${n}{grid-row-end:span ${n}}`)
  return [...hours, ...slots].join('')
}
