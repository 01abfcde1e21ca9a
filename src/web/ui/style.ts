import { inlineStyle } from '../../http/inline-style.ts'
import own from './style.css'

export const { style, styleHash } = await inlineStyle(own)
