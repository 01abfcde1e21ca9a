import { book } from './book-en.ts'
import { shell } from './shell-en.ts'

/** The words of the desk pages; each part has a file of its own per language. */
export const desk = { shell, book }
