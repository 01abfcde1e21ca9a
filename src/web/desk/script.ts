import { type Script, scriptOf } from '../ui/script.ts'
import book from './book.client.js'
import asking from './client/asking.client.js'
import dom from './client/dom.client.js'
import drag from './client/drag.client.js'
import entries from './client/entries.client.js'
import keepFocus from './client/keep-focus.client.js'
import keys from './client/keys.client.js'
import live from './client/live.client.js'
import minutes from './client/minutes.client.js'
import morph from './client/morph.client.js'
import panel from './client/panel.client.js'
import press from './client/press.client.js'
import print from './client/print.client.js'
import refresh from './client/refresh.client.js'
import send from './client/send.client.js'
import start from './client/start.client.js'
import toast from './client/toast.client.js'

/**
 * Modules without their imports and exports, in one scope; a name that two of them use is a syntax error. Booking has a scope
 * of its own. Its form opens beside the day, so it must be there before anyone types.
 */
const parts = [
  dom,
  morph,
  entries,
  keepFocus,
  toast,
  refresh,
  panel,
  send,
  press,
  asking,
  drag,
  keys,
  minutes,
  print,
  live,
]
const text = [...parts, start, `{${book}}`]
  .map((module) => module.replace(/^import [^']*'.*'\n/gm, '').replace(/^export /gm, ''))
  .join('\n')

/** On every desk page. */
export const deskScript: Script = await scriptOf('desk', text)
