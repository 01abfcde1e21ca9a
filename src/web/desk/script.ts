import { type Script, scriptOf } from '../ui/script.ts'
import book from './book.client.js'
import desk from './desk.client.js'

/** On every desk page. */
export const deskScript: Script = await scriptOf('desk', desk)

/** On the pages that book. */
export const bookScript: Script = await scriptOf('book', book)
