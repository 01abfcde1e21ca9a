import type { Copy } from '../en.ts'
import { appointment } from './appointment-id.ts'
import { blocks } from './blocks-id.ts'
import { book } from './book-id.ts'
import { day } from './day-id.ts'
import { dayNotes } from './day-notes-id.ts'
import { figures } from './figures-id.ts'
import { keys } from './keys-id.ts'
import { mine } from './mine-id.ts'
import { move } from './move-id.ts'
import { reasons } from './reasons-id.ts'
import { script } from './script-id.ts'
import { shell } from './shell-id.ts'
import { stranded } from './stranded-id.ts'
import { walkIns } from './walk-ins-id.ts'

export const desk: Copy['desk'] = {
  appointment,
  blocks,
  book,
  day,
  dayNotes,
  figures,
  keys,
  mine,
  move,
  reasons,
  script,
  shell,
  stranded,
  walkIns,
}
