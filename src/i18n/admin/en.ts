import { form } from './form-en.ts'
import { history } from './history-en.ts'
import { locations } from './locations-en.ts'
import { resources } from './resources-en.ts'
import { shell } from './shell-en.ts'
import { visitTypes } from './visit-types-en.ts'
import { why } from './why-en.ts'

/** The words of the admin pages; each part has a file of its own per language. */
export const admin = { form, history, locations, resources, shell, visitTypes, why }
