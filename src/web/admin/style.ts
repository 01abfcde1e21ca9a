import { toBase64Url } from '../../clinic/sign.ts'
import tokens from '../ui/tokens.css'
import base from './styles/base.css'
import contrast from './styles/contrast.css'
import controls from './styles/controls.css'
import fields from './styles/fields.css'
import notes from './styles/notes.css'
import parts from './styles/parts.css'
import print from './styles/print.css'
import reports from './styles/reports.css'
import save from './styles/save.css'
import shell from './styles/shell.css'
import tables from './styles/tables.css'
import time from './styles/time.css'

const text = [
  tokens,
  base,
  shell,
  controls,
  fields,
  notes,
  tables,
  save,
  parts,
  reports,
  time,
  contrast,
  print,
].join('\n')

const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))

/** The sheet of all admin pages; browsers load it once. */
export const adminStyle = {
  path: `/assets/admin-${toBase64Url(new Uint8Array(digest)).slice(0, 12)}.css`,
  text,
}
