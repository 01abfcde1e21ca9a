import { inlineStyle } from '../../http/inline-style.ts'
import own from './reference.css'

export const { style, styleHash: referenceStyleHash } = await inlineStyle(own)
