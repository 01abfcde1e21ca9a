import { form } from './form-id.ts'
import { history } from './history-id.ts'
import { locations } from './locations-id.ts'
import { resources } from './resources-id.ts'
import { shell } from './shell-id.ts'
import { visitTypes } from './visit-types-id.ts'
import { why } from './why-id.ts'

export const admin = { form, history, locations, resources, shell, visitTypes, why }
