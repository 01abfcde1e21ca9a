import { env } from 'cloudflare:workers'
import { createApp } from './app.tsx'
import { readSettings } from './env.ts'

export default createApp(readSettings(env))
