// @ts-check
import { startAsking } from './asking.client.js'
import { startDragging } from './drag.client.js'
import { letTabIn } from './entries.client.js'
import { startKeys } from './keys.client.js'
import { startLive } from './live.client.js'
import { startMinutes } from './minutes.client.js'
import { startPanel } from './panel.client.js'
import { startPrinting } from './print.client.js'
import { prepare } from './refresh.client.js'
import { startSending } from './send.client.js'
import { startToasts } from './toast.client.js'

// The desk's pages work without this script. It adds keys, a panel beside the day, dragging and live updates.

prepare(document)
letTabIn()
startToasts()
startPanel()
startSending()
startAsking()
startKeys()
startDragging()
startMinutes()
startPrinting()
startLive()
