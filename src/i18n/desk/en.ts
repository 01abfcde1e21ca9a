import { appointment } from './appointment-en.ts'
import { blocks } from './blocks-en.ts'
import { book } from './book-en.ts'
import { day } from './day-en.ts'
import { dayNotes } from './day-notes-en.ts'
import { figures } from './figures-en.ts'
import { keys } from './keys-en.ts'
import { mine } from './mine-en.ts'
import { move } from './move-en.ts'
import { reasons } from './reasons-en.ts'
import { script } from './script-en.ts'
import { shell } from './shell-en.ts'
import { stranded } from './stranded-en.ts'
import { walkIns } from './walk-ins-en.ts'

/** The words of the desk pages; each part has a file of its own per language. */
export const desk = {
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
