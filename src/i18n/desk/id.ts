import type { Copy } from '../en.ts'
import { book } from './book-id.ts'
import { shell } from './shell-id.ts'

export const desk: Copy['desk'] = { shell, book }
