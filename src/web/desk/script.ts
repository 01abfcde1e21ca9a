import { type Script, scriptOf } from '../ui/script.ts'
import desk from './desk.client.js'

/** On every desk page. */
export const deskScript: Script = await scriptOf('desk', desk)
