import { form } from './form-id.ts'
import { locations } from './locations-id.ts'
import { shell } from './shell-id.ts'

export const admin = { form, locations, shell }
