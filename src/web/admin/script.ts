import enhance from '../ui/enhance.client.js'
import { type Script, scriptOf } from '../ui/script.ts'
import form from './client/form.client.js'

/** On every admin page: what every page has, and the forms in a scope of their own. */
export const adminScript: Script = await scriptOf('admin', `${enhance}\n{${form}}`)
