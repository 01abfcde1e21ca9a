import type { Copy } from '../en.ts'
import { book } from './book-id.ts'
import { dayNotes } from './day-notes-id.ts'
import { move } from './move-id.ts'
import { shell } from './shell-id.ts'
import { walkIns } from './walk-ins-id.ts'

export const desk: Copy['desk'] = { book, dayNotes, move, shell, walkIns }
